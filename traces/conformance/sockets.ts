/** Sockets as the processes of a run hold them: a name stands for one of them, and one of them for one connection, whatever its ports. */
import { deferredRetries, type Keepalive, type ListenerOptions } from '../../model/index.ts'
import type { HostName } from './folder.ts'
import type { Key } from './passages.ts'

/** What setsockopt() has said of a socket. A child of a listener starts with a copy of the listener's. linux: sk_clone_lock */
export interface SocketOptions extends ListenerOptions {
  /** TCP_LINGER2, ms; negative: no FIN_WAIT2 without a process. */
  linger2?: number
  /** TCP_SYNCNT. */
  synCount?: number
  /** TCP_DEFER_ACCEPT, as a number of timeouts. */
  deferAccept?: number
  /** SO_LINGER with no time: close() aborts. */
  abortsOnClose?: boolean
  /** SO_KEEPALIVE. */
  keepalive?: boolean
  /** TCP_KEEPIDLE, TCP_KEEPINTVL (ms) and TCP_KEEPCNT, where they are set. */
  keepaliveTimes?: Partial<Keepalive>
  /** TCP_USER_TIMEOUT, ms. */
  userTimeout?: number
}

/** One connection of a host: the n-th that its ports have had. */
export interface Incarnation {
  readonly key: Key
  readonly n: number
}

export interface OpenSocket {
  readonly host: HostName
  readonly name: string
  options: SocketOptions
  /** Where bind() put it. */
  port?: number
  listens?: boolean
  connection?: Incarnation
}

/** TCP_LINGER2 is cut at two minutes. linux: TCP_FIN_TIMEOUT_MAX */
const LONGEST_LINGER2 = 120

/** Options that decide nothing that is compared. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['SO_REUSEADDR', 'SO_REUSEPORT', 'TCP_NODELAY', 'SO_RCVTIMEO'])

/** 0 unsets it. */
const setUserTimeout = (options: SocketOptions, ms: number): void => {
  if (ms === 0) delete options.userTimeout
  else options.userTimeout = ms
}

/** What the model has no rule for: the reason why the call is not driven, undefined if it is. */
export const setOption = (options: SocketOptions, option: string, value: unknown): string | undefined => {
  const n = Number(value)
  if (option === 'SO_LINGER') {
    const { onoff, linger } = value as { readonly onoff: number; readonly linger: number }
    options.abortsOnClose = onoff !== 0 && linger === 0
  } else if (option === 'TCP_LINGER2') options.linger2 = n < 0 ? -1 : Math.min(n, LONGEST_LINGER2) * 1_000
  else if (option === 'TCP_SYNCNT') options.synCount = n
  else if (option === 'TCP_DEFER_ACCEPT') options.deferAccept = deferredRetries(n)
  else if (option === 'SO_KEEPALIVE') options.keepalive = n !== 0
  else if (option === 'TCP_KEEPIDLE') options.keepaliveTimes = { ...options.keepaliveTimes, idle: n * 1_000 }
  else if (option === 'TCP_KEEPINTVL') options.keepaliveTimes = { ...options.keepaliveTimes, interval: n * 1_000 }
  else if (option === 'TCP_KEEPCNT') options.keepaliveTimes = { ...options.keepaliveTimes, probes: n }
  else if (option === 'TCP_USER_TIMEOUT') setUserTimeout(options, n)
  else if (!WITHOUT_EFFECT.has(option)) return `${option} is not modelled`
  return undefined
}
