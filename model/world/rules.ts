/** All that can happen in a world, as rules over its parts. */

import type { Stack } from '../config.ts'
import { takeHead } from '../listener/listener.ts'
import {
  fireServer,
  moveUp,
  questionAbout,
  questionOfTimer,
  type Server,
  serverElapse,
  serverTimeLeft,
  withSocket,
} from '../listener/server.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { add, distance, type Seq } from '../sequence.ts'
import { abort, type Call, close, recv, send, shutdown } from '../socket/calls.ts'
import { receive } from '../socket/receive.ts'
import { type Ending, isClosed, isTcb, type Socket } from '../socket/socket.ts'
import { connect } from '../socket/synSent.ts'
import { elapse, fire, timeLeft } from '../socket/time.ts'
import { age, type Channel } from '../wire/channel.ts'
import {
  askListener,
  clientOutcome,
  forgeInto,
  issOf,
  loseFrom,
  payFrom,
  putInto,
  serverArrive,
  serverOutcome,
  takeFrom,
} from './links.ts'
import type { Client } from './parts.ts'
import type { Link, Outcome, Rule, SynchronousRule } from './rule.ts'
import type { Behaviour, ClientBehaviour, Setting } from './setting.ts'

export const rulesOf = (setting: Setting): Rule[] => {
  const kinds = [...new Set(setting.clients.map((c) => c.name))]
  const behaviour = (kind: string): ClientBehaviour => setting.clients.find((c) => c.name === kind)!
  const wire = setting.wire
  return [
    ...kinds.map((kind) => connectRule(kind, behaviour(kind), setting)),
    ...kinds.flatMap((kind) => clientCalls(kind, behaviour(kind), setting)),
    ...serverCalls(kinds, setting),
    clientTimer(kinds, setting),
    serverTimer(kinds, setting),
    deliverToClient(kinds, setting),
    deliverToServer(kinds, setting),
    ...(wire.loss > 0 ? [lose(kinds, 'up'), lose(kinds, 'down')] : []),
    ...(wire.forgery > 0 ? [forge(kinds, setting)] : []),
  ]
}

/** connect(): RFC 9293 §3.10.1 active OPEN */
const connectRule = (kind: string, b: ClientBehaviour, setting: Setting): Rule => ({
  name: `${kind} connect`,
  kinds: [kind],
  actor: 'client',
  source: 'RFC 9293 §3.10.1 · linux: tcp_v4_connect',
  fairness: 'none',
  links: [
    {
      part: 'client',
      step: (c: Client): Outcome[] => {
        if (!isClosed(c.socket) || c.connects >= b.connects) return []
        if (!mayConnect(c, c.socket.because, b)) return []
        const again = { ...c, connects: c.connects + 1 }
        return [clientOutcome(again, connect(issOf('client', c.connects, setting), setting.clientStack), setting)]
      },
    },
    ...limitRate(setting),
    putInto('up', setting),
  ],
})

/** For the first time, or again: where that takes a TIME_WAIT, also after an attempt that came after one and failed. */
const mayConnect = (c: Client, because: Ending, b: ClientBehaviour): boolean => {
  if (because === 'never opened' || b.again === 'after any end') return true
  const failed = c.connects > 1 && (because === 'timed out' || because === 'reset' || because === 'refused')
  return because === 'TIME_WAIT over' || failed
}

/** A client that limits its rate waits until fewer than so many others are between connect() and its end. */
const limitRate = (setting: Setting): Link[] =>
  setting.connectingAtOnce === undefined
    ? []
    : [
        {
          part: 'connecting',
          shared: true,
          step: (n: number, label: unknown): Outcome[] =>
            n < setting.connectingAtOnce! ? [{ state: n + 1, label }] : [],
        },
      ]

/** The end of a SYN_SENT frees the place that `limitRate` took. */
const leaveRate = (setting: Setting): Link[] =>
  setting.connectingAtOnce === undefined
    ? []
    : [
        {
          part: 'connecting',
          shared: true,
          step: (n: number, label: { opened?: true }): Outcome[] =>
            label.opened
              ? n === 0
                ? [{ state: n, impossible: true }]
                : [{ state: n - 1, label }]
              : [{ state: n, label }],
        },
      ]

const opened = (before: Socket, outcome: Outcome): Outcome =>
  before.state === 'SYN_SENT' && outcome.state.socket.state !== 'SYN_SENT'
    ? { ...outcome, label: { ...outcome.label, opened: true } }
    : outcome

const clientLink = (step: (c: Client, segment?: Segment) => Outcome[]): Link => ({
  part: 'client',
  step: (c: Client, label?: { segment?: Segment; spend?: string }) =>
    step(c, label?.segment).map((o) => {
      const out = opened(c.socket, o)
      return label?.spend === undefined ? out : { ...out, label: { ...out.label, spend: label.spend } }
    }),
})

/** What a process does with its socket, once. */
const perform = (call: Call, socket: Socket, b: Behaviour, iss: Seq, stack: Stack): Reaction<Socket> | undefined => {
  switch (call) {
    case 'send':
      return written(socket, iss) < b.writes ? send(socket, 1, stack) : undefined
    case 'recv':
      return recv(socket)
    case 'shutdown':
      return shutdown(socket, stack)
    case 'close':
      return b.closesAfterPeer && socket.state === 'ESTABLISHED' ? undefined : close(socket, stack)
    case 'abort':
      return abort(socket)
  }
}

/** Bytes written so far, in segments of one byte. */
const written = (socket: Socket, iss: Seq): number => (isTcb(socket) ? distance(add(iss, 1), socket.snd.end) : 0)

const clientCalls = (kind: string, b: ClientBehaviour, setting: Setting): Rule[] =>
  b.calls.map((call) => ({
    name: `${kind} ${call}`,
    kinds: [kind],
    actor: 'client',
    source: 'RFC 9293 §3.9.1',
    fairness: 'none',
    links: [
      clientLink((c) => {
        const r = perform(call, c.socket, b, issOf('client', c.connects - 1, setting), setting.clientStack)
        return r ? [clientOutcome(c, r, setting)] : []
      }),
      ...leaveRate(setting),
      putInto('up', setting),
    ],
  }))

/** Only a socket that accept() has returned has a process. */
const serverCalls = (kinds: readonly string[], setting: Setting): Rule[] =>
  setting.server.calls.map((call) => ({
    name: `server ${call}`,
    kinds,
    actor: 'server',
    source: 'RFC 9293 §3.9.1',
    fairness: 'none',
    links: [
      {
        part: 'server',
        step: (server: Server): Outcome[] => {
          const c = server.object
          if (c.kind !== 'child' || c.place !== undefined) return []
          const r = perform(
            call,
            c.socket,
            setting.server,
            issOf('server', server.made - 1, setting),
            setting.serverStack,
          )
          return r ? [serverOutcome(server, withSocket(server, c, r), setting)] : []
        },
      },
      putInto('down', setting),
    ],
  }))

const clientTimer = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'client timer',
  kinds,
  actor: 'client',
  source: 'RFC 6298 §5 · linux: tcp_retransmit_timer',
  fairness: 'weak',
  links: [
    clientLink((c) =>
      timeLeft(c.socket) === 0 ? [clientOutcome(c, fire(c.socket, setting.clientStack), setting)] : [],
    ),
    ...leaveRate(setting),
    putInto('up', setting),
  ],
})

const serverTimer = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'server timer',
  kinds,
  actor: 'server',
  source: 'RFC 6298 §5 · linux: reqsk_timer_handler, tcp_retransmit_timer',
  fairness: 'weak',
  links: [
    {
      part: 'server',
      step: (server: Server): Outcome[] => {
        if (serverTimeLeft(server) !== 0) return []
        const question = questionOfTimer(server, setting.serverStack)
        const out = serverOutcome(server, fireServer(server, setting.serverStack), setting)
        return [{ ...out, label: { ...out.label, question } }]
      },
    },
    askListener(setting),
    putInto('down', setting),
  ],
})

const deliverToClient = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'deliver to client',
  kinds,
  actor: 'wire',
  source: 'RFC 9293 §3.10.7',
  fairness: 'weak',
  links: [
    takeFrom('down', setting),
    clientLink((c, s) => (s ? [clientOutcome(c, receive(c.socket, s, setting.clientStack), setting, s)] : [])),
    payFrom,
    ...leaveRate(setting),
    putInto('up', setting),
  ],
})

const deliverToServer = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'deliver to server',
  kinds,
  actor: 'wire',
  source: 'RFC 9293 §3.10.7 · linux: tcp_v4_rcv',
  fairness: 'weak',
  links: [
    takeFrom('up', setting),
    {
      part: 'server',
      step: (server: Server, label: { segment: Segment }): Outcome[] => [
        { state: server, label: { ...label, question: questionAbout(server, label.segment, setting.serverStack) } },
      ],
    },
    payFrom,
    askListener(setting),
    serverArrive(setting),
    putInto('down', setting),
  ],
})

const lose = (kinds: readonly string[], part: 'up' | 'down'): Rule => ({
  name: part === 'up' ? 'lose from client' : 'lose from server',
  kinds,
  actor: 'wire',
  source: 'the wire loses a segment',
  fairness: 'none',
  links: [loseFrom(part), payFrom],
})

const forge = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'forge',
  kinds,
  actor: 'stranger',
  source: 'somebody sends a segment that neither end has sent',
  fairness: 'none',
  links: [forgeInto('up', setting), payFrom],
})

/** Steps that every part takes at once: time, and accept(), which moves the whole accept queue. */
export const synchronousRulesOf = (setting: Setting): SynchronousRule[] => [
  ...(setting.server.accepts
    ? [
        {
          name: 'accept',
          actor: 'server',
          source: 'linux: inet_csk_accept',
          fairness: 'none' as const,
          group: { server: moveUp },
          shared: { listener: takeHead },
        },
      ]
    : []),
  {
    name: 'tick',
    actor: 'clock',
    source: 'timers at 0 fire before time passes',
    fairness: 'weak',
    group: {
      client: (c: Client): Client | undefined => {
        const socket = elapse(c.socket, 1)
        return socket && { ...c, socket }
      },
      server: (s: Server) => serverElapse(s, 1),
      up: (c: Channel) => age(c, setting.serverStack.durations.msl, setting.wire.expiry),
      down: (c: Channel) => age(c, setting.serverStack.durations.msl, setting.wire.expiry),
    },
    shared: {},
  },
]
