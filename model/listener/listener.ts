/**
 * The listener: two queues and the questions that segments ask of them. linux: struct inet_connection_sock, request_sock_queue
 *
 * A segment for a listening port is handled by its own connection's object; the listener only answers what that object
 * cannot know: is there room, and in which place of the accept queue. What all connections of the host share is kept here, too.
 */
import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import type { Sysctls } from '../sysctl.ts'
import { admit } from './admit.ts'
import { type ChallengesSent, challengesElapse, mayChallenge } from './challenges.ts'
import { retriesUnderPressure } from './pressure.ts'
import { isAcceptQueueFull } from './queues.ts'
import { type Latest, latestElapse, remember } from './recycle.ts'

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

const bounded = (backlog: number, { sysctls: { somaxconn } }: Stack): number =>
  backlog < 0 ? somaxconn : Math.min(backlog, somaxconn)

/** listen(fd, backlog): the passive OPEN. RFC 9293 §3.10.1 · linux: __sys_listen_socket. A negative backlog becomes huge and is clamped. */
export const listen = (backlog: number, stack: Stack): Listener => ({
  backlog: bounded(backlog, stack),
  acceptQueue: 0,
  requests: 0,
  young: 0,
})

/**
 * listen() on a socket that listens: B changes at once, and nothing is evicted. On one that was shut down: its requests
 * are its own again, its cookies are forgotten. linux: __inet_listen_sk
 */
export const relisten = ({ closed, cookies, ...l }: Listener, backlog: number, stack: Stack): Listener => ({
  ...l,
  backlog: bounded(backlog, stack),
  ...(closed || cookies === undefined ? {} : { cookies }),
  ...(stack.dialect.synQueueFull === 'table' ? { firstBacklog: l.firstBacklog ?? l.backlog } : {}),
})

/** An ACK that belongs to no request. One of a cookie makes a child, if there is room. linux: cookie_v4_check, tcp_get_cookie_sock */
const redeem = (l: Listener, valid: boolean, taken: boolean, stack: Stack): Answered => {
  const counted = stack.dialect.cookiesFailed === 'counted always'
  if (l.cookies === undefined) return { to: l, answer: { answer: counted ? 'no cookie' : 'done' } }
  if (!valid) return { to: l, answer: { answer: 'no cookie' } }
  if (isAcceptQueueFull(l, stack))
    return { to: l, answer: { answer: 'dropped', count: ['SyncookiesRecv', 'ListenOverflows', 'ListenDrops'] } }
  if (taken) return { to: l, answer: { answer: 'dropped', count: ['SyncookiesRecv', 'PassiveOpens'] } }
  return { to: change(l, { acceptQueue: 1 }), answer: { answer: 'child', place: l.acceptQueue } }
}

/** `time` passes: in the end no cookie is honoured, no clock remembered, and challenges may be sent again. */
export const listenerElapse = ({ cookies, latest, challenges, ...l }: Listener, time: number): Listener => ({
  ...l,
  ...(cookies !== undefined && cookies > time ? { cookies: cookies - time } : {}),
  ...latestElapse(latest, time),
  ...challengesElapse(challenges, time),
})

/** Answers, and what the listener is afterwards; undefined where no reachable world asks (a request released twice). */
export const answer = (l: Listener, question: Question, stack: Stack): Answered | undefined =>
  l.closed ? answerOfNobody(l, question) : answerOf(l, question, stack)

const answerOf = (l: Listener, question: Question, stack: Stack): Answered | undefined =>
  match(question)
    .returnType<Answered | undefined>()
    .with({ ask: 'nothing' }, { ask: 'listens' }, () => ({ to: l, answer: { answer: 'done' } }))
    .with({ ask: 'admit' }, (q) => admit(l, q, stack))
    .with({ ask: 'redeem' }, ({ valid, taken }) => redeem(l, valid, taken === true, stack))
    .with({ ask: 'promote' }, ({ young }) =>
      isAcceptQueueFull(l, stack) ? overflowing(l, young, stack) : enqueue(l, young),
    )
    .with({ ask: 'room' }, ({ young }) =>
      isAcceptQueueFull(l, stack) ? overflowing(l, young, stack) : { to: l, answer: { answer: 'room' } },
    )
    .with({ ask: 'enqueue' }, ({ young }) => enqueue(l, young))
    .with({ ask: 'release' }, ({ young }) => done(release(l, young)))
    .with({ ask: 'age' }, () => done(change(l, { young: -1 })))
    .with({ ask: 'repeat' }, ({ n }) =>
      n < retriesUnderPressure(l, stack)
        ? { to: l, answer: { answer: 'done' } }
        : { to: change(l, { requests: -1 }), answer: { answer: 'pruned' } },
    )
    .with({ ask: 'challenge' }, () => mayChallenge(l, stack))
    .with({ ask: 'remember' }, ({ address, clock }) => done(remember(l, address, clock, stack)))
    .exhaustive()

/** Only requests and strangers miss the listener. The socket stays as it is: listen() may find its requests again. */
const answerOfNobody = (l: Listener, q: Question): Answered | undefined => {
  if (q.ask === 'age') return gone(release(l, true))
  if (q.ask === 'repeat') return gone(release(l, false))
  return gone('young' in q && q.young !== undefined ? release(l, q.young) : l)
}

const release = (l: Listener, young: boolean): Listener => change(l, { requests: -1, young: young ? -1 : 0 })

/** A child at the tail of the accept queue. linux: inet_csk_complete_hashdance */
const enqueue = (l: Listener, young: boolean): Answered | undefined => {
  const without = release(l, young)
  if (!isPossible(without)) return undefined
  return { to: change(without, { acceptQueue: 1 }), answer: { answer: 'child', place: l.acceptQueue } }
}

/** linux: tcp_check_req (listen_overflow) */
const overflowing = (l: Listener, young: boolean, stack: Stack): Answered | undefined => {
  const without = release(l, young)
  if (!isPossible(without)) return undefined
  const aborted = stack.sysctls.tcp_abort_on_overflow === 1
  return { to: aborted ? without : l, answer: { answer: 'overflow' } }
}

const done = (to: Listener): Answered | undefined => (isPossible(to) ? { to, answer: { answer: 'done' } } : undefined)
const gone = (to: Listener): Answered | undefined => (isPossible(to) ? { to, answer: { answer: 'gone' } } : undefined)
const isPossible = (l: Listener): boolean => l.requests >= 0 && l.young >= 0 && l.young <= l.requests

const change = (l: Listener, by: { requests?: number; young?: number; acceptQueue?: number }): Listener =>
  produce(l, (d) => {
    d.requests += by.requests ?? 0
    d.young += by.young ?? 0
    d.acceptQueue += by.acceptQueue ?? 0
  })

/** accept(): the head of the queue leaves it, whatever its state. linux: inet_csk_accept. Undefined while the queue is empty. */
export const takeHead = (l: Listener): Listener | undefined =>
  l.acceptQueue === 0 ? undefined : change(l, { acceptQueue: -1 })
