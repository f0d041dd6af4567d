/**
 * The listener: two queues and the questions that segments ask of them. linux: struct inet_connection_sock, request_sock_queue
 *
 * A segment for a listening port is handled by its own connection's object; the listener only answers what that object
 * cannot know: is there room, and in which place of the accept queue. What all connections of the host share is kept here, too.
 */
import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { admit } from './admit.ts'
import { challengesElapse, mayChallenge } from './challenges.ts'
import { retriesUnderPressure } from './pressure.ts'
import { isAcceptQueueFull } from './queues.ts'
import { latestElapse, remember } from './recycle.ts'
import type { Answered, Listener, Question } from './types.ts'

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
