/** What `netstat` prints. net-tools: netstat.c (2.10), lib/inet.c */
import type { LineTimer, SocketLine } from './lines.ts'

/** `netstat -anto`. Of a listener it shows the accept queue and not its limit. */
export const netstat = (lines: readonly SocketLine[]): string[] => [
  'Active Internet connections (servers and established)',
  row('Proto', 'Recv-Q', 'Send-Q', 'Local Address', 'Foreign Address', 'State', 'Timer'),
  ...lines.map(({ recvQ, sendQ, local, remote, state, timer }) =>
    row('tcp', `${recvQ}`, `${sendQ}`, local, remote, state === 'CLOSED' ? 'CLOSE' : state, timerText(timer)),
  ),
]

const row = (
  proto: string,
  recvQ: string,
  sendQ: string,
  local: string,
  remote: string,
  state: string,
  timer: string,
): string =>
  `${proto.padEnd(5)} ${recvQ.padStart(6)} ${sendQ.padStart(6)} ${local.padEnd(23)} ${remote.padEnd(23)} ${state.padEnd(11)} ${timer}`

/** Seconds left (in hundredths, cut off), how often it has fired, probes of a window or of keepalive unanswered. */
const timerText = (timer?: LineTimer): string => {
  if (timer === undefined) return 'off (0.00/0/0)'
  const seconds = Math.floor(timer.milliseconds / 10) / 100
  return `${timer.kind} (${seconds.toFixed(2)}/${timer.retransmissions}/0)`
}
