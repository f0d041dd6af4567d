/** A socket in each of the states of RFC 9293 §3.3.2, holding what that state needs and nothing else. */
import type { Agreed } from '../options.ts'
import type { Seq } from '../sequence.ts'
import type { StateName, SynchronizedState } from '../states.ts'

/** A countdown; at 0 it must fire before time passes. `n`: how often it has fired since it was last started afresh. */
export interface Timer {
  readonly left: number
  readonly n: number
  /** So many of the n have not doubled it: SYNs under tcp_syn_linear_timeouts, before another crossed them. linux: icsk_backoff */
  readonly alike?: number
}

/** What the process was told, or why the socket is gone. */
export type Ending =
  | 'never opened'
  | 'reset'
  | 'refused'
  | 'timed out'
  | 'unreachable'
  | 'closed'
  | 'aborted'
  | 'crashed'
  | 'TIME_WAIT over'
  | 'FIN_WAIT2 over'
  | 'no room for TIME_WAIT'

export interface Closed {
  readonly state: 'CLOSED'
  readonly because: Ending
  /** What the process is told of a RST, where that is not what Linux tells. */
  readonly error?: 'ECONNREFUSED' | 'ECONNRESET'
}

export interface SynSent {
  readonly state: 'SYN_SENT'
  readonly iss: Seq
  readonly rtx: Timer
  /** What the own clock said when the SYN was sent first; absent: it has no timestamp. linux: retrans_stamp */
  readonly stamp?: number
  readonly inherited?: Inherited
}

/**
 * TS.Recent of the TIME_WAIT whose ports connect() took: a connection that has no timestamps of its own leaves it to its own TIME_WAIT, and
 * judges nothing by it. linux: tcp_twsk_unique, rx_opt.ts_recent
 */
export type Inherited = number

/** Text (and perhaps a FIN after it) that arrived ahead of a gap. */
export interface Held {
  readonly from: Seq
  readonly to: Seq
  readonly fin: boolean
}

/** The transmission control block of a connection past its first SYN. RFC 9293 §3.3.1. */
export interface Tcb {
  readonly state: SynchronizedState
  readonly snd: {
    readonly una: Seq
    readonly nxt: Seq
    /** The number after the last byte that the process wrote; a FIN stands there. linux: write_seq */
    readonly end: Seq
    /** The process wants no more to be sent; the FIN is sent once nxt is past `end`. */
    readonly fin: boolean
    /** The number that an ACK may never fall below: nothing before it was ever acknowledged, in kernels that look. linux: bytes_acked */
    readonly first?: Seq
  }
  readonly rcv: {
    readonly nxt: Seq
    /** Bytes received and not yet read by the process. */
    readonly unread: number
    readonly held: readonly Held[]
  }
  /** What the SYNs have settled, where modelled. */
  readonly options?: Agreed
  readonly inherited?: Inherited
  /** Retransmission timer; present exactly while something sent is unacknowledged. */
  readonly rtx?: Timer
  /** close() came before the SYN was acknowledged: the first number in flight is the SYN's. In SYN_RECV it is so anyway. */
  readonly synOut?: true
  /** A timeout has shrunk the congestion window to one segment, and nothing has been acknowledged since. */
  readonly afterTimeout?: true
  /** Time since the first timeout of this flight, where giving up is a matter of time. linux: retrans_stamp */
  readonly retransmitting?: number
  /** A tail-loss probe was sent, and there is no other until an ACK ends it: see `probeEnds`. */
  readonly probed?: Probed
  /** No process holds it any more: close() was called. linux: SOCK_DEAD */
  readonly orphan?: true
  /** The process wants to receive no more: shutdown(SHUT_RD). linux: RCV_SHUTDOWN */
  readonly rcvShut?: true
  /** What is left of a full socket's FIN_WAIT2 without a process. linux: tcp_reset_keepalive_timer in tcp_close */
  readonly finWait?: number
  /** Where SO_KEEPALIVE is set. linux: sk_timer, icsk_probes_out */
  readonly keepalive?: KeepaliveTimer
  /** A delayed ACK is due: the number that was acknowledged last. */
  readonly ackPending?: Seq
  /** Time until the next ACK to a segment out of window is allowed. linux: last_oow_ack_time */
  readonly quiet?: number
}

/** How long until the connection is probed next, and how many probes have not been answered. */
export interface KeepaliveTimer {
  readonly left: number
  readonly probes: number
}

/** A tail-loss probe. linux: tlp_high_seq, tlp_retrans */
export interface Probed {
  /** SND.NXT when it had been sent. Absent where it is not known what SACK blocks tell: then any ACK that advances ends it. */
  readonly upTo?: Seq
  /** It repeated the last segment; otherwise it was new text. */
  readonly repeats?: true
}

/** What remains of a connection that waits out old segments. linux: inet_timewait_sock; its FIN_WAIT2 is one, too. */
export interface TimeWait {
  readonly state: 'TIME_WAIT'
  readonly substate: 'FIN_WAIT2' | 'TIME_WAIT'
  readonly sndNxt: Seq
  readonly rcvNxt: Seq
  readonly left: number
  /** Time since it was last started. */
  readonly since: number
  /** TS.Recent of the connection, or what it has inherited; absent: there is none. linux: tw_ts_recent */
  readonly recent?: number
  /** Where tcp_tw_reuse is 1: time until connect() may take its ports; absent: it may, or never. linux: tw_entry_stamp */
  readonly young?: number
  /** Time until the next ACK to a segment out of window is allowed. linux: tw_last_oow_ack_time */
  readonly quiet?: number
}

export type Socket = Closed | SynSent | Tcb | TimeWait

export const stateName = (s: Socket): StateName => (s.state === 'TIME_WAIT' ? s.substate : s.state)

export const isClosed = (s: Socket): s is Closed => s.state === 'CLOSED'
export const isTimeWait = (s: Socket): s is TimeWait => s.state === 'TIME_WAIT'
/** The number that was acknowledged last. linux: rcv_wup */
export const lastAcknowledged = (t: Tcb): Seq => t.ackPending ?? t.rcv.nxt

export const isTcb = (s: Socket): s is Tcb => 'snd' in s

export const closed = (because: Ending): Closed => ({ state: 'CLOSED', because })

/** The own FIN has been sent. */
export const finSent = (t: Tcb): boolean => t.snd.fin && t.snd.nxt !== t.snd.end
/** The own FIN has been acknowledged. */
export const finAcked = (t: Tcb): boolean => finSent(t) && t.snd.una === t.snd.nxt
/** The peer's FIN has been received. */
export const finReceived = (t: Tcb): boolean =>
  t.state === 'CLOSE_WAIT' || t.state === 'CLOSING' || t.state === 'LAST_ACK'
