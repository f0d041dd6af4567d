/** A row of /proc/net/tcp or /proc/net/tcp6. linux: get_tcp4_sock, get_openreq4, get_timewait4_sock */
import type { Endpoint } from '../capture.ts'
import { addressText4, addressText6 } from '../readers/address.ts'
import type { SocketRow, SocketState, SocketTimer } from './sockets.ts'

/** linux: include/net/tcp_states.h */
const STATES: Readonly<Record<string, SocketState>> = {
  '01': 'ESTABLISHED',
  '02': 'SYN_SENT',
  '03': 'SYN_RECV',
  '04': 'FIN_WAIT1',
  '05': 'FIN_WAIT2',
  '06': 'TIME_WAIT',
  '07': 'CLOSE',
  '08': 'CLOSE_WAIT',
  '09': 'LAST_ACK',
  '0A': 'LISTEN',
  '0B': 'CLOSING',
  '0C': 'SYN_RECV',
}

const TIMERS: Readonly<Record<string, string>> = { '01': 'on', '02': 'keepalive', '03': 'timewait', '04': 'persist' }

/** Milliseconds in a tick of user space (USER_HZ 100). */
const TICK = 10

const ROW =
  /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) ([0-9A-F]{8,16}):([0-9A-F]{8,16}) ([0-9A-F]{2}):([0-9A-F]{8,16}) ([0-9A-F]{8,16})\b/i

/** The row, or what is wrong with it. */
export const procRow = (raw: string, line: number): SocketRow | (string & {}) => {
  const found = ROW.exec(raw)
  if (!found) return 'no row of /proc/net/tcp'
  const [, here = '', port = '', there = '', remotePort = '', st = '', tx = '', rx = '', tr = '', when = '', n = ''] =
    found
  const state = STATES[st.toUpperCase()]
  if (!state) return `«${st}» is no state of TCP`
  const local = endpointOf(here, port)
  const remote = endpointOf(there, remotePort)
  if (!local || !remote) return 'an address is neither 8 nor 32 hexadecimal digits'
  const timer = timerOf(tr, when, n)
  return {
    state,
    recvQ: Number.parseInt(rx, 16),
    sendQ: state === 'LISTEN' ? 0 : Number.parseInt(tx, 16),
    local,
    remote: state === 'LISTEN' ? { ...remote, port: '*' } : remote,
    ...(timer ? { timer } : {}),
    line,
  }
}

const timerOf = (code: string, when: string, n: string): SocketTimer | undefined => {
  const kind = TIMERS[code]
  if (kind === undefined) return undefined
  return { kind, remaining: Number.parseInt(when, 16) * TICK, retransmissions: Number.parseInt(n, 16) }
}

/** Words of 32 bits in the order of the host; nearly every host is little-endian, and there the bytes of a word are reversed. */
const endpointOf = (address: string, port: string): Endpoint | undefined => {
  if (address.length !== 8 && address.length !== 32) return undefined
  const data = new DataView(new ArrayBuffer(address.length / 2))
  for (let at = 0; at < address.length; at += 8)
    data.setUint32(at / 2, Number.parseInt(address.slice(at, at + 8), 16), true)
  const text = address.length === 8 ? addressText4(data, 0) : addressText6(data, 0)
  return { address: text, port: Number.parseInt(port, 16) }
}
