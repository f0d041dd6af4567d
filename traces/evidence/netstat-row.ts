/** `tcp  6  0 0.0.0.0:502  0.0.0.0:*  LISTEN  [user inode]  [1234/server]  [off (0.00/0/0)]`. net-tools: netstat.c */
import type { Endpoint } from '../capture.ts'
import { splitAddressAndPort, splitHostAndPort } from '../readers/endpoint.ts'
import { type SocketRow, type SocketTimer, stateOf } from './sockets.ts'

const TIMER = /(?:^|\s)(\S+) \((\d+(?:\.\d+)?)\/(\d+)\/(\d+)(?:\/\d+)?\)\s*$/

/** The row, `not TCP` for what is passed over, or what is wrong with it. */
export const netstatRow = (raw: string, line: number): SocketRow | 'not TCP' | (string & {}) => {
  const [proto = '', recvQ = '', sendQ = '', here = '', there = '', word = '', ...rest] = raw.trim().split(/\s+/)
  if (!/^tcp/i.test(proto)) return 'not TCP'
  if (!/^\d+$/.test(recvQ) || !/^\d+$/.test(sendQ)) return 'Recv-Q and Send-Q are no numbers'
  const local = endpointOf(here)
  const remote = endpointOf(there)
  if (!local || !remote) return 'an address has no port'
  const state = stateOf(word)
  if (!state) return word === '' ? 'the state is missing' : `«${word}» is no state of TCP`
  const timer = timerOf(raw)
  // The program is whatever follows the pid; its name may contain spaces.
  const process = /(?:^| )(\d+\/.*)$/.exec(rest.join(' ').replace(TIMER, '').trim())?.[1]
  return {
    state,
    recvQ: Number(recvQ),
    sendQ: Number(sendQ),
    local,
    remote,
    ...(timer ? { timer } : {}),
    ...(process ? { process } : {}),
    line,
  }
}

/** BSD joins the port with a dot, other systems with a colon. */
const endpointOf = (text: string): Endpoint | undefined => splitAddressAndPort(text) ?? splitHostAndPort(text)

const timerOf = (raw: string): SocketTimer | undefined => {
  const found = TIMER.exec(raw)
  return found
    ? { kind: found[1]!, remaining: Math.round(Number(found[2]) * 1000), retransmissions: Number(found[3]) }
    : undefined
}
