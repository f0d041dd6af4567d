/** A world as a list of facts with names that people read: what a trace compares, step by step. */
import {
  type Budget,
  type Channel,
  type Client,
  isTcb,
  isTimeWait,
  notation,
  type Server,
  type Socket,
  stateName,
  type Timer,
  type World,
} from '../../model/index.ts'
import { count } from './count.ts'

export interface Fact {
  /** `client`, `accept queue`, `server timer` … */
  readonly what: string
  /** Which part of the world it is of. */
  readonly part: keyof World['groups'][number] | keyof World['shared']
  /** The connection, from 1; absent for what all share. */
  readonly connection?: number
  readonly value: string | number
  /** Shown with the whole state; among the changes only when it has a value before and after. */
  readonly detail?: true
  /** Shown with the whole state only. */
  readonly quiet?: true
}

type Bare = Omit<Fact, 'part' | 'connection'>

/** What a server's object is called: with none of its own, a connection meets the listener. */
export const serverState = ({ object }: Server): string => {
  if (object.kind === 'none') return 'LISTEN'
  return object.kind === 'request' ? 'SYN_RECV' : stateName(object.socket)
}

export const clientState = ({ socket }: Client): string =>
  socket.state === 'CLOSED' && socket.because !== 'never opened' ? `CLOSED (${socket.because})` : stateName(socket)

export const factsOf = ({ shared, groups }: World): Fact[] => [
  ...groups.flatMap(({ client, server, up, down, wire }, i) => [
    ...of('client', i, clientFacts(client)),
    ...of('server', i, serverFacts(server)),
    ...of('up', i, channelFacts('to server', up)),
    ...of('down', i, channelFacts('to client', down)),
    ...of('wire', i, wireFacts(wire)),
  ]),
  ...(shared.listener.closed ? [{ part: 'listener' as const, what: 'listener', value: 'gone' }] : []),
  { part: 'listener', what: 'SYN queue', value: shared.listener.requests },
  { part: 'listener', what: 'accept queue', value: shared.listener.acceptQueue },
  { part: 'listener', what: 'young requests', value: shared.listener.young, detail: true },
  { part: 'listener', what: 'backlog', value: shared.listener.backlog, detail: true },
  { part: 'connecting', what: 'clients connecting', value: shared.connecting, quiet: true },
]

const of = (part: Fact['part'], i: number, facts: readonly Bare[]): Fact[] =>
  facts.map((fact) => ({ ...fact, part, connection: i + 1 }))

const clientFacts = (client: Client): Bare[] => [
  { what: 'client', value: clientState(client) },
  ...(client.connects > 1 ? [{ what: 'client incarnation', value: client.connects }] : []),
  ...(client.pause === undefined ? [] : [{ what: 'client waits', value: count(client.pause, 'tick') }]),
  ...socketFacts('client', client.socket),
]

const serverFacts = (server: Server): Bare[] => {
  const { object } = server
  return [
    { what: 'server', value: serverState(server) },
    ...(object.kind === 'request' ? requestFacts(object) : []),
    ...(object.kind === 'child' ? childFacts(object.place, object.socket) : []),
    ...(server.owes
      ? [{ what: 'owed by the listener that ended', value: server.owes.send.map((s) => notation(s)).join(', ') }]
      : []),
    ...server.dead.map((place): Bare => ({ what: 'dead entry in the accept queue', value: `place ${place + 1}` })),
  ]
}

const requestFacts = (r: Extract<Server['object'], { kind: 'request' }>): Bare[] => [
  ...(r.abandoned ? [{ what: 'request', value: 'of a listener that was closed' }] : []),
  ...(r.promoting ? [{ what: 'a CPU', value: 'has found room for it' }] : []),
  { what: 'third ACK', value: r.acked ? 'seen, no room' : 'not seen', ...(r.acked ? {} : { detail: true }) },
  { what: 'server timer', value: timerText(r.timer), detail: true },
  { what: 'server SND.NXT', value: r.iss + 1, detail: true },
  { what: 'server RCV.NXT', value: r.rcvNxt, detail: true },
]

const childFacts = (place: number | undefined, socket: Socket): Bare[] => [
  { what: 'place in the accept queue', value: place === undefined ? 'none, accepted' : place + 1 },
  ...socketFacts('server', socket),
]

const timerText = ({ left, n }: Timer): string =>
  `${left === 0 ? 'due' : count(left, 'tick')}${n === 0 ? '' : `, fired ${n === 1 ? 'once' : `${n} times`}`}`

const socketFacts = (end: 'client' | 'server', s: Socket): Bare[] => {
  const detail = (what: string, value: string | number): Bare => ({ what: `${end} ${what}`, value, detail: true })
  if (s.state === 'SYN_SENT') return [detail('ISS', s.iss), detail('timer', timerText(s.rtx))]
  if (isTimeWait(s)) {
    const timer = s.left === 0 ? 'due' : count(s.left, 'tick')
    return [detail('timer', timer), detail('SND.NXT', s.sndNxt), detail('RCV.NXT', s.rcvNxt)]
  }
  if (!isTcb(s)) return []
  return [
    detail('SND.UNA', s.snd.una),
    detail('SND.NXT', s.snd.nxt),
    detail('written up to', s.snd.end),
    detail('RCV.NXT', s.rcv.nxt),
    ...(s.rcv.unread > 0 ? [{ what: `${end} unread`, value: count(s.rcv.unread, 'byte') }] : []),
    ...(s.rcv.held.length > 0 ? [{ what: `${end} holds behind a gap`, value: heldText(s.rcv.held) }] : []),
    ...(s.rtx ? [detail('timer', timerText(s.rtx))] : []),
    ...(s.orphan ? [{ what: `${end} process`, value: 'has closed' }] : []),
  ]
}

const heldText = (held: readonly { from: number; to: number; fin: boolean }[]): string =>
  held.map(({ from, to, fin }) => `${from}:${to}${fin ? ' and FIN' : ''}`).join(', ')

const channelFacts = (direction: string, channel: Channel): Bare[] =>
  channel.length === 0
    ? []
    : [
        { what: `in flight ${direction}`, value: channel.map((f) => notation(f.segment)).join(', ') },
        { what: `ages ${direction}`, value: channel.map((f) => count(f.age, 'tick')).join(', '), quiet: true },
      ]

const wireFacts = (wire: Budget): Bare[] =>
  Object.entries(wire)
    .filter(([, left]) => left !== 'free')
    .map(([what, value]): Bare => ({ what: `${what} left`, value }))
