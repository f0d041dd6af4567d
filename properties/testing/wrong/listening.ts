/** Wrong listeners, requests and counters of opening. */
import { add, type Client, type Listener, type Server } from '../../../model/index.ts'
import {
  at,
  onClient,
  onRequest,
  tcb,
  type Where,
  type Wrong,
  type WrongRow,
  withObject,
  without,
} from '../wrongModels.ts'

const full: Where = ['opening-at-a-full-queue', { plain: true }]
const one: Where = ['accept-queue-backlog-0', {}]
const two: Where = ['accept-queue', { retries: 0 }]
const handshake: Where = ['handshake', { loss: 0 }]
const strangers: Where = ['strange-segments', {}]
const ghost: Where = ['ghost-connection', { retries: 0, plain: true, capacity: 1 }]

/** The listener after an answer, changed where that made a difference of some kind. */
const onListener = (
  when: (was: Listener, is: Listener) => boolean,
  change: (is: Listener, was: Listener) => Listener,
): Wrong =>
  at('listener', (o, was) => (when(was as Listener, o.state) ? { ...o, state: change(o.state, was as Listener) } : o))

const admits = (was: Listener, is: Listener) => is.requests > was.requests
const promotes = (was: Listener, is: Listener) => is.acceptQueue > was.acceptQueue

const sends = (segment: string): Wrong =>
  at('server', (o) => (o.effects?.length ? { ...o, effects: [...o.effects, `server sent ${segment}`] } : o))

/** What a listener without any object for the client is told, and says. */
const strangerAtListener = (change: (effects: readonly string[]) => readonly string[]): Wrong =>
  at('server', (o, was) =>
    (was as Server).object.kind === 'none' && o.state.object.kind === 'none' && o.effects !== undefined
      ? { ...o, effects: change(o.effects) }
      : o,
  )

/** A child that expects text further on than its client will send it. */
const onBirth = (bytes: number): Wrong =>
  at('server', (o, was) => {
    const { object } = o.state as Server
    if ((was as Server).object.kind !== 'request' || object.kind !== 'child' || !('rcv' in object.socket)) return o
    const { rcv } = object.socket
    return withObject(o, { ...object, socket: { ...object.socket, rcv: { ...rcv, nxt: add(rcv.nxt, bytes) } } })
  })

export const wrongListening: readonly WrongRow[] = [
  [
    'Q1',
    two,
    'room for one more',
    onListener(
      (_, is) => is.acceptQueue > is.backlog,
      (is) => ({ ...is, acceptQueue: is.backlog + 2 }),
    ),
  ],
  ['Q3', one, 'a request that is not young', onListener(admits, (is) => ({ ...is, young: 0 }))],
  [
    'Q4',
    one,
    'a request that is not counted',
    onListener(admits, (is, was) => ({ ...is, requests: was.requests + 2 })),
  ],
  [
    'Q5',
    one,
    'a child that skips a place',
    at('server', (o, was) =>
      (was as Server).object.kind === 'request' && o.state.object.kind === 'child'
        ? withObject(o, { ...o.state.object, place: o.state.object.place + 1 })
        : o,
    ),
  ],
  [
    'Q6',
    one,
    'a request that stays counted when it is promoted',
    onListener(promotes, (is, was) => ({ ...is, requests: was.requests })),
  ],
  [
    'Q7',
    handshake,
    'a child that closes before it is accepted',
    at('server', (o, was) =>
      (was as Server).object.kind === 'request' && o.state.object.kind === 'child'
        ? withObject(o, { ...o.state.object, socket: tcb('FIN_WAIT1') })
        : o,
    ),
  ],
  [
    'Q8',
    one,
    'a child that is dead as well',
    at('server', (o, was) => {
      const { object, dead } = o.state as Server
      return (was as Server).object.kind === 'request' && object.kind === 'child'
        ? { ...o, state: { ...o.state, dead: [...dead, object.place] } }
        : o
    }),
  ],
  [
    'Q9',
    one,
    'a SYN+ACK from a full listener',
    at('server', (o) =>
      o.effects?.some((e) => e.includes('ListenOverflows'))
        ? { ...o, effects: [...o.effects, 'server sent [S.] 500+0 ack 101'] }
        : o,
    ),
  ],
  [
    'Q10',
    ghost,
    'a RST at overflow',
    at('server', (o) =>
      o.effects?.some((e) => e.includes('ListenOverflows'))
        ? { ...o, effects: [...o.effects, 'server sent [R] 501+0'] }
        : o,
    ),
  ],
  [
    'Q11',
    ghost,
    'a request that forgets that its ACK came',
    onRequest((r, _, o) => withObject(o, { ...r, acked: false })),
  ],
  [
    'Q12',
    ['another-SYN', {}],
    'a repeated SYN that counts as a timeout',
    onRequest((r, was, o, rule) =>
      rule === 'deliver to server' && was.object.kind === 'request'
        ? withObject(o, { ...r, timer: { ...r.timer, n: r.timer.n + 1 } })
        : o,
    ),
  ],
  ['Q13', ['dead-backlog-0', { kernel: 'linux-6.18' }], 'a listener that does not answer', without('server sent')],
  [
    'Q15',
    ['lowered-backlog', { retries: 0 }],
    'listen() again empties the accept queue',
    (model) => ({
      ...model,
      synchronous: model.synchronous.map((r) =>
        r.name !== 'listen again'
          ? r
          : { ...r, shared: { listener: (l: Listener) => ({ ...l, backlog: 0, acceptQueue: 0 }) } },
      ),
    }),
  ],
  [
    'H1',
    full,
    'a SYN makes a child',
    onRequest((_, was, o) =>
      was.object.kind === 'none' ? withObject(o, { kind: 'child', socket: tcb('ESTABLISHED') }) : o,
    ),
  ],
  ['H3', full, 'a child that counts from another number', onBirth(1)],
  [
    'H4',
    ghost,
    'a request that takes text',
    onRequest((r, _, o) =>
      o.effects?.some((e) => e.includes('ListenOverflows')) ? withObject(o, { ...r, rcvNxt: add(r.irs, 2) }) : o,
    ),
  ],
  ['H5', ['another-SYN', {}], 'an ACK of what a request cannot have', sends('[.] 501+0 ack 150')],
  [
    'H6',
    handshake,
    'a promotion that forgets to enter the queue',
    at('server', (o, was) => {
      const { object } = o.state as Server
      if ((was as Server).object.kind !== 'request' || object.kind !== 'child') return o
      const { place: _, ...child } = object
      return withObject(o, child)
    }),
  ],
  ['H7', strangers, 'a wrong ACK without a RST', without('server sent [R')],
  [
    'H8',
    ['inexact-reset', { kernel: 'linux-6.18' }],
    'a request that believes any RST',
    onRequest((_, was, o) =>
      was.object.kind === 'request' && o.effects?.some((e) => e.includes('[R]')) ? withObject(o, { kind: 'none' }) : o,
    ),
  ],
  [
    'H9',
    ['SYN-in-the-window', {}],
    'a SYN that ends a connection',
    at('server', (o, was, { segment }) =>
      segment?.flags === 'S' && (was as Server).object.kind === 'child' && o.effects !== undefined
        ? withObject(o, { kind: 'none' })
        : o,
    ),
  ],
  [
    'H10',
    strangers,
    'a FIN that a listener answers',
    strangerAtListener((e) => (e.some((x) => / \[S?F\] /.test(x)) ? [...e, 'server sent [R] 1+0'] : e)),
  ],
  ['H11', ['handshake', {}], 'an ACK that a listener ignores', without('server sent [R')],
  [
    'H12',
    strangers,
    'text of a SYN that is kept',
    onRequest((r, was, o) =>
      was.object.kind === 'none' && o.effects?.some((e) => e.includes('+1'))
        ? withObject(o, { ...r, rcvNxt: add(r.rcvNxt, 1) })
        : o,
    ),
  ],
  ['DT1', handshake, 'text that was never written', onBirth(3)],
  [
    'DT2',
    handshake,
    'an ACK that is taken twice',
    onClient((s) => ('snd' in s ? { ...s, snd: { ...s.snd, una: add(s.snd.nxt, 1) } } : s)),
  ],
  ['DT10', ['unread-at-close', {}], 'a socket whose text is read before it dies', allRead],
  ['N1', one, 'a drop that is not counted', without('ListenDrops')],
  ['N2', one, 'the same', without('ListenDrops')],

  ['N9', strangers, 'OutRsts is not counted', without('OutRsts')],
  [
    'TM1',
    handshake,
    'a client that never gives up',
    onClient((s, was, _, rule) =>
      rule === 'client timer' && was.state === 'SYN_SENT'
        ? { ...was, rtx: { left: 1, n: Math.min(3, was.rtx.n + 1) } }
        : s,
    ),
  ],
  [
    'TM4',
    handshake,
    'a request whose timer is too long',
    onRequest((r, _, o) => withObject(o, { ...r, timer: { ...r.timer, left: 9 } })),
  ],
  [
    'L1',
    ['dead-backlog-0', {}],
    'a client that waits for ever',
    onClient((s, was, _, rule) =>
      rule === 'client timer' && was.state === 'SYN_SENT' ? { ...was, rtx: { left: 1, n: 0 } } : s,
    ),
  ],
  [
    'L3',
    ['cookie-ghost', { backlog: 5 }],
    'a listener that ignores cookies',
    at('server', (o, was) =>
      (was as Server).object.kind === 'none' && o.state.object.kind === 'child' ? { ...o, state: was } : o,
    ),
  ],

  ['L5', one, 'accept() that returns nothing', stillAccept()],
  ['L6', one, 'the same', stillAccept()],
]

/** Text is read as it comes. */
function allRead(model: Parameters<Wrong>[0]): ReturnType<Wrong> {
  const read = (socket: object) =>
    'rcv' in socket ? { ...socket, rcv: { ...(socket.rcv as object), unread: 0 } } : socket
  const client = at('client', (o) => ({ ...o, state: { ...o.state, socket: read((o.state as Client).socket) } }))
  const server = at('server', (o) => {
    const { object } = o.state as Server
    return object.kind === 'child' ? withObject(o, { ...object, socket: read(object.socket) }) : o
  })
  return client(server(model))
}

/** accept() takes no one out of the queue. */
function stillAccept(): Wrong {
  return (model) => ({
    ...model,
    synchronous: model.synchronous.map((r) =>
      r.name === 'accept' ? { ...r, group: { server: (s: Server) => s }, shared: { listener: (l: Listener) => l } } : r,
    ),
  })
}
