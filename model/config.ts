/** Everything that does not change while a world runs: the kernels, their settings, and how long things last. */
import type { Dialect } from './profile/index.ts'
import type { Sysctls } from './sysctl.ts'

/** How long things last, in ticks when exploring and in milliseconds when replaying a capture. */
export interface Durations {
  /** First retransmission timeout of SYN, SYN+ACK and (when exploring) data; doubles at each expiry. RFC 6298. */
  readonly initialRto: number
  /** Maximum segment lifetime: a segment is delivered only while its age is below it. RFC 9293 §3.4.2. */
  readonly msl: number
  /** RFC 9293: 2 MSL. Linux: TCP_TIMEWAIT_LEN, 60 s. */
  readonly timeWait: number
  /** tcp_fin_timeout: FIN_WAIT2 without a process. */
  readonly finTimeout: number
  /** tcp_invalid_ratelimit: least time between two ACKs that answer segments out of window; 0 means no limit. */
  readonly invalidRatelimit: number
  /** TCP_RTO_MIN: where given, text is given up after the time that so many retransmissions would take from it; absent: after so many. */
  readonly rtoMin?: number
  /**
   * The connection's retransmission timeout at present, where round trips are measured: FIN_WAIT2 without a process lasts no less
   * than 3.5 of it. Absent: as tcp_fin_timeout says. linux: tcp_fin_time
   */
  readonly rto?: number
  /** How long after its last cookie a listener honours cookies. linux: two periods of 60 s */
  readonly cookieLife?: number
  /** FIN_WAIT2 without a process that lasts no longer is counted in TWKilled; absent: all are in TW. linux: __inet_twsk_schedule */
  readonly shortTimeWait?: number
  /** tcp_tw_reuse_delay: how old a TIME_WAIT is before connect() may take its ports; absent: one initial timeout. linux: tcp_twsk_unique */
  readonly reuseDelay?: number
  /** How long a peer's clock is remembered where TIME_WAIT is recycled; absent: 60 initial timeouts. linux: TCP_PAWS_MSL */
  readonly clockMemory?: number
}

/** What setsockopt() may say on a listening socket, of the connections that come by it. */
export interface ListenerOptions {
  /** TCP_SYNCNT: takes the place of tcp_synack_retries. linux: reqsk_timer_handler */
  readonly synCount?: number
  /** TCP_DEFER_ACCEPT, as the number of SYN+ACKs whose timeouts make up the seconds given (`deferredRetries`). */
  readonly deferAccept?: number
}

/** SO_KEEPALIVE with TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT, or the sysctls tcp_keepalive_time, _intvl and _probes. */
export interface Keepalive {
  /** How long a connection is idle before it is probed. */
  readonly idle: number
  /** Between probes that are not answered. */
  readonly interval: number
  /** After so many that are not answered the connection is reset. */
  readonly probes: number
}

/** What a host says of itself in a SYN, as far as the sysctls tcp_timestamps, tcp_window_scaling and tcp_sack allow. */
export interface Offer {
  /** The most bytes of text in a segment that it wants to receive. RFC 9293 §3.7.1 */
  readonly mss: number
  /** By how many bits its windows are shifted. RFC 7323 §2 */
  readonly windowScale: number
  /** What its clock for timestamps says. It does not run: where it must, another is given. RFC 7323 §4 */
  readonly clock: number
}

/** One host's stack. */
export interface Stack {
  readonly dialect: Dialect
  readonly sysctls: Sysctls
  readonly durations: Durations
  /** Receive window in bytes; constant. */
  readonly window: number
  /** Most bytes of text in one segment. */
  readonly mss: number
  /** In-order text may be acknowledged later (`fireDelayedAck`) instead of at once. */
  readonly delayedAcks: boolean
  /** What SACK blocks tell is known: every ACK has `Options.duplicate`. */
  readonly knowsDuplicates?: true
  readonly listener?: ListenerOptions
  /** TCP_SYNCNT of a socket that connects: takes the place of tcp_syn_retries. */
  readonly synCount?: number
  /** TCP_LINGER2 of the socket: takes the place of tcp_fin_timeout; negative: no FIN_WAIT2 without a process. */
  readonly linger2?: number
  /** SO_KEEPALIVE; absent: not set. */
  readonly keepalive?: Keepalive
  /** TCP_USER_TIMEOUT: how long text may stay unacknowledged, in place of tcp_retries2 and tcp_syn_retries; absent: not set. */
  readonly userTimeout?: number
  /** The host has as many sockets without a process as tcp_max_orphans allows. linux: tcp_too_many_orphans */
  readonly orphansFull?: boolean
  /** The host has as many TIME_WAIT sockets as tcp_max_tw_buckets allows. linux: inet_twsk_alloc */
  readonly timeWaitFull?: boolean
  /** What this host's SYNs offer. Absent: options are not modelled, and segments have none. */
  readonly offers?: Offer
  /** What is counted although only few worlds can tell. */
  readonly counted?: { readonly challenges?: true }
  /** The ACKs of TIME_WAIT are marked as safe from the wire: the assumption under which 2 MSL suffices. */
  readonly finalAckSafe?: boolean
}
