/** What a host said about its sockets at one moment: the rows of netstat and ss. */
import type { Endpoint } from '../capture.ts'

/** Linux's own spelling, whatever the tool writes (`ESTAB`, `SYN-RECV`, `FIN_WAIT_1`). */
export const socketStates = [
  'CLOSE',
  'LISTEN',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
] as const

export type SocketState = (typeof socketStates)[number]

export interface SocketTimer {
  /** `on` (retransmission), `keepalive`, `timewait`, `persist`, `off` … as printed. */
  readonly kind: string
  /** Milliseconds until it fires, as far as the tool tells (ss rounds to seconds or minutes). */
  readonly remaining: number
  readonly retransmissions: number
}

export interface SocketRow {
  readonly state: SocketState
  /**
   * In LISTEN the number of connections in the accept queue; otherwise the unread bytes, plus one for an
   * unseen FIN. linux: tcp_diag_get_info, get_tcp4_sock
   */
  readonly recvQ: number
  /** Bytes not acknowledged; in LISTEN see `backlog`. */
  readonly sendQ: number
  readonly local: Endpoint
  readonly remote: Endpoint
  /** Only in LISTEN and only from ss, which prints it as Send-Q; netstat and /proc/net/tcp show 0 there whatever it is. */
  readonly backlog?: number
  readonly timer?: SocketTimer
  /** Milliseconds since it sent its last text, or came to be; only with `ss -i`. linux: tcp_get_info (tcpi_last_data_sent) */
  readonly lastSent?: number
  /** `1234/sshd` or `users:(("sshd",pid=1234,fd=3))`; absent when not asked for or not permitted. */
  readonly process?: string
  /** The line in the file, from 1. */
  readonly line: number
}

export interface SocketListing {
  readonly file: string
  readonly tool: 'netstat' | 'ss' | 'proc'
  readonly rows: readonly SocketRow[]
  /** Whether the tool was asked for processes (-p): then a row without one belongs to none that may be seen. */
  readonly processesShown: boolean
  readonly notes: readonly string[]
}

const SPELLINGS: Readonly<Record<string, SocketState>> = {
  ESTAB: 'ESTABLISHED',
  UNCONN: 'CLOSE',
  CLOSED: 'CLOSE',
  SYN_RCVD: 'SYN_RECV',
  SYN_RECEIVED: 'SYN_RECV',
  FIN_WAIT_1: 'FIN_WAIT1',
  FIN_WAIT_2: 'FIN_WAIT2',
}

/** The state that a tool means by a word. */
export const stateOf = (word: string): SocketState | undefined => {
  const plain = word.toUpperCase().replaceAll('-', '_')
  return SPELLINGS[plain] ?? socketStates.find((state) => state === plain)
}
