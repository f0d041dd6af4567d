/** The listener as a value, and the protocol between it and the objects of its connections: question and answer. */
import type { Counter } from '../counters.ts'
import type { Sysctls } from '../sysctl.ts'

export interface Listener {
  /** B = min(backlog, somaxconn): the accept queue is full when it holds more than B. linux: sk_max_ack_backlog */
  readonly backlog: number
  /** Children not accepted yet, dead ones included. linux: sk_ack_backlog */
  readonly acceptQueue: number
  /** Requests: the SYN queue. linux: accept_queue.qlen */
  readonly requests: number
  /** Requests whose timer has not fired yet. linux: accept_queue.young */
  readonly young: number
  /** Time in which cookies are still honoured; absent while none is out. linux: tcp_synq_no_recent_overflow */
  readonly cookies?: number
  /** The B of the first listen(), where a later one has changed it: the SYN table of old kernels keeps its size. */
  readonly firstBacklog?: number
  /** Sysctls of its host that were changed while it listened. */
  readonly sysctls?: Partial<Sysctls>
  /** The listener is gone. linux: inet_csk_listen_stop */
  readonly closed?: true
  /** What peers' clocks last said, where TIME_WAIT is recycled. linux: tcp_metrics */
  readonly latest?: readonly Latest[]
  /** Challenge ACKs of this second, where they are counted. linux: ipv4.tcp_challenge_count */
  readonly challenges?: ChallengesSent
}

/** `young`, where it is optional: a request asks, and is released if it finds no listener any more. */
export type Question =
  | { readonly ask: 'nothing'; readonly young?: boolean }
  /** A SYN that no listener takes, after TIME_WAIT let it through: is there one? */
  | { readonly ask: 'listens' }
  /** A SYN: may a request be made? */
  | Admission
  /** A valid third ACK: may the request become a child? */
  | { readonly ask: 'promote'; readonly young: boolean }
  /** The two halves of that, where several CPUs ask at a time: is there room, and the place, without a look at the room. linux: inet_csk_reqsk_queue_add */
  | { readonly ask: 'room'; readonly young: boolean }
  | { readonly ask: 'enqueue'; readonly young: boolean }
  /** The request is gone. */
  | { readonly ask: 'release'; readonly young: boolean }
  /** The request's timer fired for the first time. */
  | { readonly ask: 'age' }
  /** The request's timer has fired and found `n` retransmissions: may it send another one? */
  | { readonly ask: 'repeat'; readonly n: number }
  /** An ACK for which nothing is there: is it of a cookie? `valid`: the hash says so; `taken`: a request has the child's place. */
  | { readonly ask: 'redeem'; readonly valid: boolean; readonly young?: boolean; readonly taken?: true }
  /** A challenge ACK is due: may it be sent? */
  | { readonly ask: 'challenge'; readonly young?: boolean }
  /** A connection ends in TIME_WAIT: its peer's clock is to be remembered. */
  | { readonly ask: 'remember'; readonly address: string; readonly clock: number }

export interface Admission {
  readonly ask: 'admit'
  /** TIME_WAIT let the SYN through, so the SYN queue does not count. */
  readonly approved: boolean
  /** The peer's RTT is known from an earlier connection. linux: tcp_peer_is_proven */
  readonly proven?: true
  /** Where it comes from, and what its timestamp says; only where TIME_WAIT is recycled. */
  readonly from?: { readonly address: string; readonly clock?: number }
}

export type Answer =
  | { readonly answer: 'done' }
  | { readonly answer: 'admitted' }
  | { readonly answer: 'dropped'; readonly count: readonly Counter[] }
  | { readonly answer: 'child'; readonly place: number }
  | { readonly answer: 'overflow' }
  | { readonly answer: 'room' }
  | { readonly answer: 'pruned' }
  | { readonly answer: 'cookie'; readonly count: readonly Counter[] }
  | { readonly answer: 'no cookie' }
  /** The host has sent its challenge ACKs for this second. */
  | { readonly answer: 'no challenge' }
  /** There is no listener any more. */
  | { readonly answer: 'gone' }

export interface Answered {
  readonly to: Listener
  readonly answer: Answer
}

export interface ChallengesSent {
  readonly sent: number
  /** What is left of the second. */
  readonly left: number
}

/** What the host of an address last said its clock was, and how long that is remembered. */
export interface Latest {
  readonly address: string
  readonly clock: number
  readonly left: number
}
