/**
 * The listener: two queues and the questions that segments ask of them. linux: struct inet_connection_sock, request_sock_queue
 *
 * A segment for a listening port is handled by its own connection's object; the listener only answers what that object
 * cannot know: is there room, and in which place of the accept queue.
 */
import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import { LEAST_RETRIES, synAckRetries } from './request.ts'

export interface Listener {
  /** B = min(backlog, somaxconn): the accept queue is full when it holds more than B. linux: sk_max_ack_backlog */
  readonly backlog: number
  /** Children that nobody has accepted, dead ones included. linux: sk_ack_backlog */
  readonly acceptQueue: number
  /** Requests: the SYN queue. linux: accept_queue.qlen */
  readonly requests: number
  /** Requests whose timer has not fired yet. linux: accept_queue.young */
  readonly young: number
  /** Time in which cookies are still honoured; absent while none is out. linux: tcp_synq_no_recent_overflow */
  readonly cookies?: number
}

export type Question =
  | { readonly ask: 'nothing' }
  /** A SYN: may a request be made? `approved`: TIME_WAIT let it through, so the SYN queue does not count. */
  | { readonly ask: 'admit'; readonly approved: boolean }
  /** A valid third ACK: may the request become a child? */
  | { readonly ask: 'promote'; readonly young: boolean }
  /** The request is gone. */
  | { readonly ask: 'release'; readonly young: boolean }
  /** The request's timer fired for the first time. */
  | { readonly ask: 'age' }
  /** The request's timer has fired and found `n` retransmissions: may it send another one? */
  | { readonly ask: 'repeat'; readonly n: number }
  /** An ACK for which nothing is there: is it of a cookie? `valid`: the hash says so. */
  | { readonly ask: 'redeem'; readonly valid: boolean }

export type Answer =
  | { readonly answer: 'done' }
  | { readonly answer: 'admitted' }
  | { readonly answer: 'dropped'; readonly count: readonly Counter[] }
  | { readonly answer: 'child'; readonly place: number }
  | { readonly answer: 'overflow' }
  | { readonly answer: 'pruned' }
  | { readonly answer: 'cookie'; readonly count: readonly Counter[] }
  | { readonly answer: 'no cookie' }

/** listen(fd, backlog): the passive OPEN. RFC 9293 §3.10.1 · linux: __sys_listen_socket. A negative backlog becomes huge and is clamped. */
export const listen = (backlog: number, stack: Stack): Listener => ({
  backlog: backlog < 0 ? stack.sysctls.somaxconn : Math.min(backlog, stack.sysctls.somaxconn),
  acceptQueue: 0,
  requests: 0,
  young: 0,
})

/** linux: sk_acceptq_is_full. More than B, not B: a queue of backlog B takes B + 1. */
export const isAcceptQueueFull = (l: Listener, stack: Stack): boolean =>
  stack.dialect.queues && l.acceptQueue > l.backlog

/** linux: inet_csk_reqsk_queue_is_full */
export const isSynQueueFull = (l: Listener, stack: Stack): boolean =>
  match(stack.dialect.synQueueFull)
    .with('q > B', () => l.requests > l.backlog)
    .with('q >= B', () => l.requests >= l.backlog)
    .with('table', () => l.requests >= synTableSize(l, stack))
    .with('never', () => false)
    .exhaustive()

/** linux ≤ 4.3: reqsk_queue_alloc; the smaller of backlog and tcp_max_syn_backlog, at least 8, plus one, rounded up. */
const synTableSize = (l: Listener, stack: Stack): number =>
  2 ** Math.ceil(Math.log2(Math.max(8, Math.min(l.backlog, stack.sysctls.tcp_max_syn_backlog)) + 1))

/** What a SYN meets, in the kernel's order. linux: tcp_conn_request (peers without a known RTT) */
const admit = (l: Listener, approved: boolean, stack: Stack): { to: Listener; answer: Answer } => {
  const { tcp_syncookies: cookies } = stack.sysctls
  const pressed = !approved && (isSynQueueFull(l, stack) || (cookies === 2 && stack.dialect.queues))
  const dropped = (...count: Counter[]) => ({ to: l, answer: { answer: 'dropped' as const, count } })
  if (pressed && cookies === 0) return dropped('TCPReqQFullDrop', 'ListenDrops')
  const wants: Counter[] = pressed ? ['TCPReqQFullDoCookies'] : []
  if (isAcceptQueueFull(l, stack) && dropsSyn(l, stack)) return dropped(...wants, 'ListenOverflows', 'ListenDrops')
  if (pressed)
    return {
      to: { ...l, cookies: stack.durations.cookieLife ?? 1 },
      answer: { answer: 'cookie', count: [...wants, 'SyncookiesSent'] },
    }
  if (!approved && isScarce(l, stack)) return dropped('ListenDrops')
  return { to: change(l, { requests: 1, young: 1 }), answer: { answer: 'admitted' } }
}

/** Without cookies a quarter of tcp_max_syn_backlog is kept for peers that are known. */
const isScarce = (l: Listener, stack: Stack): boolean => {
  const limit = stack.sysctls.tcp_max_syn_backlog
  return stack.dialect.queues && stack.sysctls.tcp_syncookies === 0 && limit - l.requests < limit >> 2
}

/** An ACK that belongs to no request. One of a cookie makes a child, if there is room. linux: cookie_v4_check, tcp_get_cookie_sock */
const redeem = (l: Listener, valid: boolean, stack: Stack): { to: Listener; answer: Answer } => {
  if (l.cookies === undefined) return { to: l, answer: { answer: 'done' } }
  if (!valid) return { to: l, answer: { answer: 'no cookie' } }
  return isAcceptQueueFull(l, stack)
    ? { to: l, answer: { answer: 'dropped', count: ['SyncookiesRecv', 'ListenOverflows', 'ListenDrops'] } }
    : { to: change(l, { acceptQueue: 1 }), answer: { answer: 'child', place: l.acceptQueue } }
}

/** `time` passes: in the end no cookie is honoured any more. */
export const listenerElapse = ({ cookies, ...l }: Listener, time: number): Listener =>
  cookies !== undefined && cookies > time ? { ...l, cookies: cookies - time } : l

const dropsSyn = (l: Listener, stack: Stack): boolean =>
  match(stack.dialect.synOnFullAcceptQueue)
    .with('drop', () => true)
    .with('drop if young > 1', () => l.young > 1)
    .with('admit', () => false)
    .exhaustive()

/** Answers, and what the listener is afterwards; undefined where no reachable world asks (a request released twice). */
export const answer = (l: Listener, question: Question, stack: Stack): { to: Listener; answer: Answer } | undefined =>
  match(question)
    .returnType<{ to: Listener; answer: Answer } | undefined>()
    .with({ ask: 'nothing' }, () => ({ to: l, answer: { answer: 'done' } }))
    .with({ ask: 'admit' }, ({ approved }) => admit(l, approved, stack))
    .with({ ask: 'redeem' }, ({ valid }) => redeem(l, valid, stack))
    .with({ ask: 'promote' }, ({ young }) => {
      const without = change(l, { requests: -1, young: young ? -1 : 0 })
      if (!isPossible(without)) return undefined
      if (!isAcceptQueueFull(l, stack))
        return { to: change(without, { acceptQueue: 1 }), answer: { answer: 'child', place: l.acceptQueue } }
      const aborted = stack.sysctls.tcp_abort_on_overflow === 1
      return { to: aborted ? without : l, answer: { answer: 'overflow' } }
    })
    .with({ ask: 'release' }, ({ young }) => done(change(l, { requests: -1, young: young ? -1 : 0 })))
    .with({ ask: 'age' }, () => done(change(l, { young: -1 })))
    .with({ ask: 'repeat' }, ({ n }) =>
      n < retriesUnderPressure(l, stack)
        ? { to: l, answer: { answer: 'done' } }
        : { to: change(l, { requests: -1 }), answer: { answer: 'pruned' } },
    )
    .exhaustive()

/**
 * A listener with many requests, few of them young, gives up the old ones early: half of its queue is kept for young ones.
 * linux: reqsk_timer_handler (since 4.4; before that reqsk_queue_prune, with the table's size)
 */
const retriesUnderPressure = (l: Listener, stack: Stack): number => {
  let retries = synAckRetries(stack)
  if (2 * l.requests <= Math.max(8, l.backlog) || retries <= LEAST_RETRIES) return Number.POSITIVE_INFINITY // no pressure
  for (let young = 2 * l.young; retries > LEAST_RETRIES && l.requests >= young; young *= 2) retries -= 1
  return retries
}

const done = (to: Listener) => (isPossible(to) ? { to, answer: { answer: 'done' as const } } : undefined)
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
