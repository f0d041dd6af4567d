/** The server's side of one connection, with what the capture cannot show of its listener. */
import {
  type Answer,
  add,
  arrive,
  arriveTooSoon,
  before,
  type Child,
  closeListener,
  connect,
  fireServer,
  isTcb,
  newServer,
  none,
  questionAbout,
  type Reaction,
  type Request,
  receiveWithoutRoom,
  refuse,
  renumberServer,
  type Segment,
  type Seq,
  type Server,
  type Socket,
  type Stack,
  stateName,
} from '../../../model/index.ts'
import { inventing, invention } from '../inventions.ts'
import type { Observation } from '../packets/observation.ts'
import { childArrivals } from './child-arrivals.ts'
import { emissionsOf } from './emissions.ts'
import { hiddenMovesOf } from './hidden-moves.ts'
import { type Actor, counting, type Move, type Rest } from './hypothesis.ts'
import { ProfileReads } from './profile-reads.ts'
import {
  acknowledgedUpTo,
  receivedUpTo,
  sequenceBoundsOf,
  withoutLengths,
  withoutOldestAck,
} from './sequence-bounds.ts'
import { become, FREE, type Priced, type ServerEnd, withChild } from './server-end.ts'

/** @param cookies SYN+ACKs of the capture may be syncookies, sent while the SYN queue is full */
export const serverActor = (kernel: Stack, cookies: boolean): Actor<ServerEnd> => {
  const traits = new ProfileReads(kernel)
  return { side: 'server', traits, ...serverOf(traits.stack, cookies) }
}

const serverOf = (stack: Stack, cookies: boolean): Omit<Actor<ServerEnd>, 'side' | 'traits'> => ({
  start: { server: newServer, listening: true, full: false, aborts: stack.sysctls.tcp_abort_on_overflow === 1 },
  arrive: (end, segment, iss = UNKNOWN) => arrivals(end, segment, stack, { iss, cookies }),
  arriveWithoutRoom: (end, segment) => arrivesWithoutRoom(end, segment, stack, cookies),
  requests: ({ server }) => server.made,
  renumbered: (end, by) => ({ ...end, server: ofChild(renumberServer(end.server, by), withoutLengths) }),
  receivedUpTo: (end, from) => {
    const server =
      end.server.object.kind === 'request'
        ? requestUpTo(end.server, from)
        : ofChild(end.server, (child) => receivedUpTo(child, from))
    return server === end.server ? end : { ...end, server }
  },
  acknowledgedUpTo: (end, from) => ({ ...end, server: ofChild(end.server, (child) => acknowledgedUpTo(child, from)) }),
  withoutOldestAck: (end) => ({ ...end, server: ofChild(end.server, withoutOldestAck) }),
  hiddenMoves: (end, rest) => hiddenMoves(end, stack, rest),
  emissions: (end, o) => {
    const object = end.server.object
    if (object.kind === 'none') return opens(end, o, stack)
    if (object.kind === 'request') return [become(end, fireServer(end.server, stack))]
    const acts = emissionsOf(object.socket, o, stack).map((m) => withChild(end, object, m))
    return o.flags.includes('R') ? [...acts, neverAccepted(end, object)] : acts
  },
  segment: (s) => s,
  standing: ({ server: { object } }) => {
    if (object.kind === 'child') return sequenceBoundsOf(object.socket)
    return object.kind === 'request'
      ? { sndUna: object.iss, sndNxt: add(object.iss, 1), rcvNxt: object.rcvNxt, held: [] }
      : undefined
  },
  name: ({ server, listening }) => {
    const object = server.object
    if (object.kind === 'request') return 'SYN_RECV'
    if (object.kind === 'child') return stateName(object.socket)
    return listening && server.made === 0 ? 'LISTEN' : 'CLOSED'
  },
})

/** As if its SYN had come just before a number, and all before that number had been received. */
const requestUpTo = (server: Server, from: Seq): Server => {
  const { object } = server
  if (object.kind !== 'request') return server
  const least = (n: Seq, by: Seq): Seq => (before(n, by) ? by : n)
  const [irs, rcvNxt] = [least(object.irs, add(from, -1)), least(object.rcvNxt, from)]
  return irs === object.irs && rcvNxt === object.rcvNxt ? server : { ...server, object: { ...object, irs, rcvNxt } }
}

const ofChild = (server: Server, change: (socket: Socket) => Socket): Server =>
  server.object.kind === 'child'
    ? { ...server, object: { ...server.object, socket: change(server.object.socket) } }
    : server

/** It connects as well: a simultaneous open. RFC 9293 §3.5 figure 8 */
const opens = (end: ServerEnd, o: Observation, stack: Stack): Move<ServerEnd>[] => {
  if (o.flags !== 'S' || o.seq === undefined) return []
  const { to, send, count } = connect(o.seq, stack)
  const server: Server = { ...end.server, object: { kind: 'child', socket: to }, made: end.server.made + 1 }
  return [{ to: { ...end, server }, send, ...inventing('opens-actively'), ...counting(count) }]
}

/** close() on the listener resets children that were not accepted. linux: inet_csk_listen_stop */
const neverAccepted = (end: ServerEnd, child: Child): Move<ServerEnd> =>
  become(end, closeListener({ ...end.server, object: { ...child, place: 0 } }))

const withAbort = (stack: Stack, end: ServerEnd): Stack =>
  end.aborts ? { ...stack, sysctls: Object.create(stack.sysctls, ABORTS) } : stack

/** Over all other settings as they are. */
const ABORTS = { tcp_abort_on_overflow: { value: 1 } }

/** Text for which a child has no room. */
const arrivesWithoutRoom = (end: ServerEnd, s: Segment, stack: Stack, cookies: boolean): Move<ServerEnd>[] => {
  const { object } = end.server
  if (object.kind !== 'child') return arrivals(end, s, stack, { iss: UNKNOWN, cookies })
  const { to, send, count } = receiveWithoutRoom(object.socket, s, stack)
  return [withChild(end, object, { to, send, cost: 0, ...counting(count) })]
}

/** What the capture shows of the answer. */
interface Shown {
  /** The initial sequence number of a request that the segment makes. */
  readonly iss: Seq
  readonly cookies: boolean
}

/** Of a segment that makes no request. */
const UNKNOWN = 0 as Seq

/** A segment arrives; where it asks the listener for room, both answers are possible, a change of answer is an invention. */
const arrivals = (end: ServerEnd, s: Segment, stack: Stack, { iss, cookies }: Shown): Move<ServerEnd>[] => {
  const serve = (from: ServerEnd, answer: Answer, priced?: Priced): Move<ServerEnd> =>
    become(from, arrive(from.server, s, answer, iss, withAbort(stack, from)), priced)
  const { ask } = questionAbout(end.server, s, stack)
  const { object, cookie } = end.server
  const redeems = ask === 'redeem' && object.kind === 'none' && cookie !== undefined && end.listening
  if (!redeems && ask !== 'admit' && ask !== 'promote') {
    const done = serve(end, { answer: 'done' })
    return end.server.object.kind === 'child'
      ? childArrivals(end, end.server.object, done, s, stack)
      : [done, ...heldBack(end, done, () => arriveTooSoon(end.server, s, iss, withAbort(stack, end)))]
  }
  if (!end.listening) return [become(end, refuse({ ...end.server, object: none }, s))]
  const room: Answer = ask === 'admit' ? admittedBy(stack) : { answer: 'child', place: 0 }
  const noRoom: Answer =
    ask === 'promote' ? { answer: 'overflow' } : { answer: 'dropped', count: ['ListenOverflows', 'ListenDrops'] }
  const roomy = end.full ? serve({ ...end, full: false }, room, inventing('accept-queue-has-room')) : serve(end, room)
  if (!stack.dialect.queues) return [roomy]
  const full = { ...end, full: true }
  const fills = end.full ? FREE : inventing('accept-queue-full')
  const crowded = serve(full, noRoom, fills)
  // Numbers of their own say no more whether the hash is right.
  if (redeems) return [roomy, crowded, serve(end, { answer: 'no cookie' })]
  const cookied =
    ask === 'admit' && cookies && stack.sysctls.tcp_syncookies === 1
      ? [serve(end, COOKIE, cookie?.irs === s.seq ? FREE : inventing('syncookie-sent'))]
      : []
  if (ask === 'admit' || end.aborts) return [roomy, crowded, ...cookied]
  const invents = invention(alreadyOverflowed(end) ? 'abort-on-overflow-later' : 'abort-on-overflow')
  const aborts = serve({ ...full, aborts: true }, noRoom, { cost: fills.cost + invents.cost, invents })
  return [roomy, crowded, aborts]
}

const COOKIE: Answer = { answer: 'cookie', count: ['TCPReqQFullDoCookies', 'SyncookiesSent'] }

/** With tcp_syncookies at 2 no SYN makes a request. linux: tcp_conn_request */
const admittedBy = ({ sysctls }: Stack): Answer => (sysctls.tcp_syncookies === 2 ? COOKIE : { answer: 'admitted' })

/** The request has answered just now. linux: __tcp_oow_rate_limited */
const heldBack = (
  end: ServerEnd,
  done: Move<ServerEnd>,
  tooSoon: () => Reaction<Server> | undefined,
): Move<ServerEnd>[] => {
  const r = end.server.object.kind === 'request' && done.send.length > 0 ? tooSoon() : undefined
  return r === undefined ? [] : [become(end, r, inventing('answer-ratelimited'))]
}

/** It has met a full queue before, and did not abort then. */
const alreadyOverflowed = ({ server: { object } }: ServerEnd): boolean => object.kind === 'request' && object.acked

const hiddenMoves = (end: ServerEnd, stack: Stack, rest: Rest): Move<ServerEnd>[] => {
  const object = end.server.object
  const closes: Move<ServerEnd>[] = end.listening
    ? [{ to: { ...end, listening: false }, send: [], ...inventing('listener-closed') }]
    : []
  if (object.kind === 'none') return closes
  if (object.kind === 'request') {
    const r = fireServer(end.server, stack)
    const move =
      r.send.length > 0 ? become(end, r, inventing('SYN+ACK-lost')) : become(end, r, inventing('request-expires'))
    return [{ ...move, send: [] }, ...expiresEarly(end, object, stack), ...closes]
  }
  const moves = hiddenMovesOf(object.socket, stack, 'server', rest).map((m) => withChild(end, object, m))
  // Only a SYN asks for the listener, and only TIME_WAIT passes one on: else it may as well close when the child is gone.
  return isTcb(object.socket) ? moves : [...moves, ...closes]
}

/** Fewer retransmissions than the profile's default: another tcp_synack_retries, or a request dropped under pressure. */
const expiresEarly = (end: ServerEnd, r: Request, stack: Stack): Move<ServerEnd>[] =>
  r.timer.n === 0 || r.timer.n >= stack.sysctls.tcp_synack_retries
    ? []
    : [
        {
          to: { ...end, server: { ...end.server, object: none } },
          send: [],
          ...inventing('request-expires-early', { times: r.timer.n }),
          count: ['TCPTimeouts'],
        },
      ]
