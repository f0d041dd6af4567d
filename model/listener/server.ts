/**
 * The server's side of one connection: nothing yet, a request, or a child; at most one of them is hashed for a 4-tuple.
 * linux: tcp_v4_rcv looks the object up, tcp_v4_do_rcv, tcp_check_req and tcp_timewait_state_process act on it.
 */
import { match, P } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { grant } from '../options.ts'
import { andThen, type Reaction, react } from '../reaction.ts'
import { hasAck, hasRst, type Segment, synAck } from '../segment.ts'
import { add, type Seq } from '../sequence.ts'
import { watched } from '../socket/keepalive.ts'
import { withoutChallenge } from '../socket/ratelimit.ts'
import { receive } from '../socket/receive.ts'
import { refuse } from '../socket/reset.ts'
import { isClosed, isTimeWait, type Socket } from '../socket/socket.ts'
import { firstOf, newTcb } from '../socket/synSent.ts'
import { elapse, fire, timeLeft } from '../socket/time.ts'
import { opensAnew } from '../socket/timeWait.ts'
import { bringsCookie, type Cookie, cookieFor, mayBringCookie, toldBy } from './cookie.ts'
import type { Child, None, Server } from './object.ts'
import { admission, questionOfChild } from './questions.ts'
import {
  expires,
  fireRequest,
  mayBePruned,
  meaning,
  newRequest,
  overflow,
  questionOf,
  type Request,
  reactTo,
  requestElapse,
  synAckOf,
} from './request.ts'
import type { Answer, Question } from './types.ts'

export const none: None = { kind: 'none' }
export const newServer: Server = { object: none, dead: [], made: 0 }

/** What a segment finds: a request whose listener was closed is deleted, and the segment looked up anew. linux: tcp_v4_rcv */
const found = (server: Server): Server =>
  server.object.kind === 'request' && server.object.abandoned ? { ...server, object: none } : server

/** What the segment makes its object ask the listener. */
export const questionAbout = (server: Server, s: Segment, stack: Stack): Question => ask(found(server), s, stack)

const ask = (server: Server, s: Segment, stack: Stack): Question =>
  match(server.object)
    .returnType<Question>()
    .with({ kind: 'none' }, () => {
      if (opens(s, stack)) return admission(server, s, false, stack)
      const redeems = mayBringCookie(s, stack)
      return redeems ? { ask: 'redeem', valid: cookieIn(server, s) !== undefined } : { ask: 'nothing' }
    })
    .with({ kind: 'request' }, (r) => questionOf(r, s, meaning(r, s, stack), stack, cookieIn(server, s)))
    .with({ kind: 'child' }, (c) =>
      isTimeWait(c.socket) && opensAnew(c.socket, s, stack)
        ? opens(s, stack)
          ? admission(server, s, true, stack)
          : { ask: 'listens' }
        : questionOfChild(server, c, s, stack),
    )
    .exhaustive()

/** A SYN, and in some dialects one with FIN, whose FIN is not kept. RFC 9293 §3.10.7.2 third */
const opens = (s: Segment, { dialect }: Stack): boolean =>
  s.flags === 'S' || (s.flags === 'SF' && dialect.synFinAtListener === 'as a SYN')

/** The cookie that the segment brings back. */
const cookieIn = ({ cookie, earlierCookie }: Server, s: Segment): Cookie | undefined =>
  [cookie, earlierCookie].find((c) => bringsCookie(c, s))

const earlierThan = ({ irs, iss }: Cookie, { cookie: last }: Server): Pick<Server, 'earlierCookie'> =>
  last !== undefined && last.irs === irs && last.iss !== iss ? { earlierCookie: last } : {}

/** The segment arrives, and the listener has answered. `iss`: the initial sequence number a new request would take. */
export const arrive = (at: Server, s: Segment, answer: Answer, iss: Seq, stack: Stack): Reaction<Server> => {
  const server = found(at)
  if (answer.answer === 'gone' && server.object.kind !== 'child') return refuse({ ...server, object: none }, s)
  const r = meet(server, s, answer, iss, stack)
  return answer.answer === 'no challenge' ? withoutChallenge(r) : r
}

const meet = (server: Server, s: Segment, answer: Answer, iss: Seq, stack: Stack): Reaction<Server> =>
  match(server.object)
    .returnType<Reaction<Server>>()
    .with({ kind: 'none' }, () => atListener(server, s, answer, iss, stack))
    .with({ kind: 'request' }, (r) => atRequest(server, r, s, answer, stack))
    .with({ kind: 'child' }, (c) => {
      // RFC 6191; where nothing listens, TIME_WAIT acknowledges the SYN. linux: tcp_v4_rcv (TCP_TW_SYN, then TCP_TW_ACK)
      if (isTimeWait(c.socket) && opensAnew(c.socket, s, stack) && answer.answer !== 'gone')
        return atListener({ ...server, object: none }, s, answer, iss, stack)
      return atChild(server, c, s, stack)
    })
    .exhaustive()

/** RFC 9293 §3.10.7.2 · linux: tcp_rcv_state_process (LISTEN), tcp_conn_request */
const atListener = (server: Server, s: Segment, answer: Answer, iss: Seq, stack: Stack): Reaction<Server> =>
  match(answer)
    .returnType<Reaction<Server>>()
    .with({ answer: 'admitted' }, () => {
      const request = newRequest(s, iss, stack)
      return react({ ...server, object: request, made: server.made + 1 }, [synAckOf(request, stack)])
    })
    .with({ answer: 'dropped' }, ({ count }) => react({ ...server, object: none }, [], count))
    .with({ answer: 'cookie' }, ({ count }) => {
      const cookie = cookieFor(s, iss, stack)
      const granted = { ...synAck(iss, add(s.seq, 1)), ...grant(cookie.options, stack) }
      return react({ ...server, object: none, cookie, ...earlierThan(cookie, server) }, [granted], count)
    })
    .with({ answer: 'child' }, ({ place }) =>
      andThen(react(server, [], ['SyncookiesRecv']), (same) =>
        promote(same, toldBy(s, cookieIn(server, s), stack), s, place, stack),
      ),
    )
    .with({ answer: 'no cookie' }, () => andThen(react(server, [], ['SyncookiesFailed']), (same) => refuse(same, s)))
    .otherwise(() => (isRefused(s, stack) ? refuse(server, s) : react(server))) // a SYN+FIN, too, is dropped

/** An ACK for a listener that knows nothing of it. RFC 9293 §3.10.7.2 second */
const isRefused = (s: Segment, { dialect }: Stack): boolean =>
  hasAck(s) && !hasRst(s) && !(s.flags === 'S.' && dialect.synAckAtListener === 'drop')

const atRequest = (server: Server, r: Request, s: Segment, answer: Answer, stack: Stack): Reaction<Server> =>
  match(answer)
    .returnType<Reaction<Server>>()
    .with({ answer: 'child' }, ({ place }) => promote(server, r, s, place, stack))
    .with({ answer: 'room' }, () => react({ ...server, object: { ...r, promoting: s } }))
    .with({ answer: 'overflow' }, () => withRequest(server, overflow(r, s, stack)))
    .with({ answer: 'dropped' }, ({ count }) => react(server, [], count))
    .with({ answer: 'no cookie' }, () =>
      andThen(react(server, [], ['SyncookiesFailed']), (same) => withRequest(same, reactTo(r, s, 'wrong ACK', stack))),
    )
    .otherwise(() => withRequest(server, reactTo(r, s, meaning(r, s, stack), stack)))

const withRequest = (server: Server, r: Reaction<Request | undefined>): Reaction<Server> => ({
  ...r,
  to: { ...server, object: r.to ?? none },
})

/**
 * The request becomes a child, and the child takes the segment: its text and FIN count. A SYN+ACK with text (whose SYN the
 * request forgave) only earns a challenge, and leaves the child in SYN_RECV until the next ACK. linux: tcp_v4_syn_recv_sock, tcp_child_process
 */
const promote = (
  server: Server,
  r: Pick<Request, 'irs' | 'iss' | 'options' | 'of'>,
  s: Segment,
  place: number,
  stack: Stack,
): Reaction<Server> => {
  const child: Child = {
    kind: 'child',
    socket: watched(newTcb('SYN_RECV', r.iss, r.irs, true, r.options, firstOf(add(r.iss, 1), stack)), stack),
    place,
    ...(r.of === undefined ? {} : { of: r.of }),
  }
  return andThen(react(child, [], ['PassiveOpens']), (c) => atChild(server, c, s, stack))
}

const atChild = (server: Server, c: Child, s: Segment, stack: Stack): Reaction<Server> =>
  withSocket(server, c, receive(c.socket, s, stack))

/** The child after a reaction of its socket. One that dies before accept() leaves a dead entry in the accept queue. */
export const withSocket = (server: Server, c: Child, r: Reaction<Socket>): Reaction<Server> => {
  const gone = isClosed(r.to)
  const dead = gone && c.place !== undefined ? [...server.dead, c.place].sort((a, b) => a - b) : server.dead
  return { ...r, to: { ...server, object: gone ? none : { ...c, socket: r.to }, dead } }
}

/** What is left until the object's timer fires, undefined if none runs. */
export const serverTimeLeft = (server: Server): number | undefined =>
  match(server.object)
    .with({ kind: 'none' }, () => undefined)
    .with({ kind: 'request' }, (r) => (r.promoting ? undefined : r.timer.left))
    .with({ kind: 'child' }, (c) => timeLeft(c.socket))
    .exhaustive()

/** What the firing timer makes the object ask the listener. */
export const questionOfTimer = (server: Server, stack: Stack): Question => {
  const r = server.object
  if (r.kind !== 'request' || r.abandoned) return { ask: 'nothing' }
  if (expires(r, stack)) return { ask: 'release', young: r.timer.n === 0 }
  if (r.timer.n === 0) return { ask: 'age' }
  return mayBePruned(r, stack) ? { ask: 'repeat', n: r.timer.n } : { ask: 'nothing', young: false }
}

/** The timer fires. A request goes on as its listener has answered; without a listener it ends, and nothing is counted. */
export const fireServer = (server: Server, stack: Stack, answer?: Answer): Reaction<Server> =>
  match(server.object)
    .with({ kind: 'none' }, () => react(server))
    .with({ kind: 'request' }, (r) =>
      answer?.answer === 'gone' || r.abandoned
        ? react({ ...server, object: none })
        : withRequest(server, fireRequest(r, stack, answer?.answer === 'pruned')),
    )
    .with({ kind: 'child' }, (c) => withSocket(server, c, fire(c.socket, stack)))
    .exhaustive()

/** What the kernel is in the middle of takes no time. */
const isBusy = ({ object, owes }: Server): boolean =>
  owes !== undefined || (object.kind === 'request' && object.promoting !== undefined)

/** `time` passes; undefined if a timer would have to fire first. */
export const serverElapse = (server: Server, time: number): Server | undefined =>
  isBusy(server) ? undefined : elapsed(server, time)

const elapsed = (server: Server, time: number): Server | undefined =>
  match(server.object)
    .returnType<Server | undefined>()
    .with({ kind: 'none' }, () => server)
    .with({ kind: 'request', timer: { left: P.number.lt(time) } }, () => undefined)
    .with({ kind: 'request' }, (r) => ({ ...server, object: requestElapse(r, time) }))
    .with({ kind: 'child' }, (c) => {
      const socket = elapse(c.socket, time)
      return socket && { ...server, object: { ...c, socket } }
    })
    .exhaustive()

/** accept(), as one connection sees it: the head is returned, everyone behind moves up. linux: inet_csk_accept */
export const moveUp = (server: Server): Server => {
  const dead = server.dead.filter((place) => place > 0).map((place) => place - 1)
  const object = server.object
  if (object.kind !== 'child' || object.place === undefined) return { ...server, dead }
  const { place, ...child } = object
  return { ...server, dead, object: place === 0 ? child : { ...child, place: place - 1 } }
}
