/** `SYN-RECV 0 0 10.0.0.2:502 10.0.0.1:50230 users:(…) timer:(on,932ms,0)`. iproute2: misc/ss.c */
import { splitAddressAndPort } from '../readers/endpoint.ts'
import { type SocketRow, type SocketTimer, stateOf } from './sockets.ts'

/** What -a prints first when more than one family is asked for. */
const NETIDS = /^(?:tcp|mptcp|udp|raw|icmp6|sctp|dccp|xdp|nl|ti|[puv]_\w+)$/

/** The row, `not TCP` for what is passed over (details of -i, other families), or what is wrong with it. */
export const ssRow = (raw: string, line: number): SocketRow | 'not TCP' | (string & {}) => {
  // -i puts its details on a line of their own that starts with white space.
  const words = raw.trim().split(/\s+/)
  if (/^\s/.test(raw) && !stateOf(words[0] ?? '')) return 'not TCP'
  const netid = NETIDS.test(words[0] ?? '') ? words.shift() : undefined
  if (netid !== undefined && netid !== 'tcp') return 'not TCP'
  const [word = '', recvQ = '', sendQ = '', here = '', there = '', ...rest] = words
  const state = stateOf(word)
  if (!state) return `«${word}» is no state of TCP`
  if (!/^\d+$/.test(recvQ) || !/^\d+$/.test(sendQ)) return 'Recv-Q and Send-Q are no numbers'
  const local = splitAddressAndPort(here)
  const remote = splitAddressAndPort(there)
  if (!local || !remote) return 'an address has no port'
  const timer = timerOf(rest)
  const lastSent = /(?:^| )lastsnd:(\d+)(?= |$)/.exec(rest.join(' '))
  const process = /users:\(\((?:[^)]|\)(?!\)))*\)\)/.exec(rest.join(' '))?.[0]
  return {
    state,
    recvQ: Number(recvQ),
    sendQ: state === 'LISTEN' ? 0 : Number(sendQ),
    local,
    remote,
    ...(state === 'LISTEN' ? { backlog: Number(sendQ) } : {}),
    ...(timer ? { timer } : {}),
    ...(process ? { process } : {}),
    ...(lastSent ? { lastSent: Number(lastSent[1]) } : {}),
    line,
  }
}

const timerOf = (words: readonly string[]): SocketTimer | undefined => {
  for (const word of words) {
    const found = /^timer:\(([^,]+),([^,]*),(\d+)\)$/.exec(word)
    if (found) return { kind: found[1]!, remaining: milliseconds(found[2]!), retransmissions: Number(found[3]) }
  }
  return undefined
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, sec: 1000, min: 60_000, hour: 3_600_000 }

/** `932ms`, `2.920ms` (which iproute2 means as seconds and milliseconds), `59sec`, `1min30sec`. iproute2: print_ms_timer */
const milliseconds = (text: string): number =>
  [...text.matchAll(/(\d+)(?:\.(\d+))?(min|sec|ms|hour)/g)].reduce(
    (sum, [, whole, fraction, unit]) =>
      sum + (fraction === undefined ? Number(whole) * (UNITS[unit!] ?? 0) : Number(whole) * 1000 + Number(fraction)),
    0,
  )
