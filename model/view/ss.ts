/** What `ss` prints. iproute2: misc/ss.c (6.1.0) */
import type { SocketLine } from './lines.ts'

/** `ss -tano`, and the state columns of `ss -tanoi`. Trailing blanks are left out. */
export const ss = (lines: readonly SocketLine[]): string[] => columns(lines.map(cells))

/** `ss -lnt` */
export const ssListening = (lines: readonly SocketLine[]): string[] =>
  columns(lines.filter(({ state }) => state === 'LISTEN').map(cells))

/** State, Recv-Q, Send-Q, address, port, the peer's address and port, and the timer. */
type Cells = readonly [string, string, string, string, string, string, string, string]

const headings: Cells = ['State', 'Recv-Q', 'Send-Q', 'Local Address:', 'Port', 'Peer Address:', 'Port', 'Process']

/** In LISTEN the second queue is not one: it is the limit of the first. */
const cells = ({ state, recvQ, sendQ, backlog, local, remote, timer }: SocketLine): Cells => [
  names[state],
  `${recvQ}`,
  `${backlog ?? sendQ}`,
  ...apart(local),
  ...apart(remote),
  timer ? ` timer:(${timer.kind},${duration(timer.milliseconds)},${timer.retransmissions})` : '',
]

const names: Readonly<Record<SocketLine['state'], string>> = {
  CLOSED: 'UNCONN',
  LISTEN: 'LISTEN',
  SYN_SENT: 'SYN-SENT',
  SYN_RECV: 'SYN-RECV',
  ESTABLISHED: 'ESTAB',
  FIN_WAIT1: 'FIN-WAIT-1',
  FIN_WAIT2: 'FIN-WAIT-2',
  CLOSE_WAIT: 'CLOSE-WAIT',
  CLOSING: 'CLOSING',
  LAST_ACK: 'LAST-ACK',
  TIME_WAIT: 'TIME-WAIT',
}

/** The address keeps its colon and is set to the right, the port to the left of the column after it. */
const apart = (endpoint: string): [string, string] => {
  const at = endpoint.lastIndexOf(':') + 1
  return [endpoint.slice(0, at), endpoint.slice(at)]
}

/** Every column is as wide as its widest cell. iproute2: render_calc_width */
const columns = (rows: readonly Cells[]): string[] => {
  const all = [headings, ...rows]
  const width = (i: number) => Math.max(...all.map((row) => row[i]!.length))
  return all.map(([state, recvQ, sendQ, local, port, peer, peerPort, rest]) =>
    [
      `${state.padEnd(width(0))} ${recvQ.padEnd(width(1))} ${sendQ.padEnd(width(2))} `,
      `${local.padStart(width(3))}${port.padEnd(width(4))} ${peer.padStart(width(5))}${peerPort.padEnd(width(6))}${rest}`,
    ]
      .join('')
      .trimEnd(),
  )
}

/**
 * `932ms`, `59sec`, `1min30sec`; seconds with a fraction come out as `1.188ms`, which means 1.188 s, and nothing left as
 * nothing. iproute2: print_ms_timer
 */
const duration = (timeout: number): string => {
  const minutes = Math.floor(timeout / 60_000)
  const seconds = minutes > 9 ? 0 : Math.floor(timeout / 1000) % 60
  const rest = minutes > 0 || seconds > 9 ? 0 : timeout % 1000
  return [
    minutes > 0 ? `${minutes}min` : '',
    seconds > 0 ? `${seconds}${rest > 0 ? '.' : 'sec'}` : '',
    rest > 0 ? `${`${rest}`.padStart(3, '0')}ms` : '',
  ].join('')
}
