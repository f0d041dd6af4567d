/** Links: how rules touch each part of a connection, the listener and the wire's budget. */
import { answer } from '../listener/listener.ts'
import type { Server } from '../listener/object.ts'
import { arrive } from '../listener/server.ts'
import type { Answer, Listener, Question } from '../listener/types.ts'
import type { Reaction } from '../reaction.ts'
import { notation, type Segment } from '../segment.ts'
import { add, type Seq } from '../sequence.ts'
import { isTimeWait, type Socket } from '../socket/socket.ts'
import { issAfter, opensAnew } from '../socket/timeWait.ts'
import type { Sysctls } from '../sysctl.ts'
import { type Budget, type Expense, spend } from '../wire/budget.ts'
import { type Channel, choices, put, without } from '../wire/channel.ts'
import { effectsOf } from './effects.ts'
import { stackBy } from './host.ts'
import type { Client } from './parts.ts'
import { IMPOSSIBLE, type Link, type Outcome } from './rule.ts'
import type { Setting } from './setting.ts'

type Direction = 'up' | 'down'

/** What passes from link to link; each link fills in what the next one needs. */
interface Passing {
  readonly segment?: Segment
  readonly spend?: Expense
  readonly question?: Question
  readonly answer?: Answer
  /** Settings of the listener's host that were changed. */
  readonly sysctls?: Partial<Sysctls>
  readonly send?: readonly Segment[]
}

/**
 * Takes a segment off a channel: the oldest; another one, at the expense of reordering; or the oldest while a copy of it
 * stays in flight, at the expense of duplication.
 */
export const takeFrom = (part: Direction, setting: Setting): Link => ({
  part,
  step: (channel: Channel): Outcome[] => {
    const taken = choices(channel).map((i): Outcome => {
      const { segment } = channel[i]!
      const label: Passing = i === 0 ? { segment } : { segment, spend: 'reordering' }
      const words = i === 0 ? notation(segment) : `${notation(segment)}, ahead of ${i}`
      return { state: without(channel, i), label, note: words }
    })
    const oldest = channel[0]?.segment
    if (oldest === undefined || setting.wire.duplication === 0) return taken
    const label: Passing = { segment: oldest, spend: 'duplication' }
    return [...taken, { state: channel, label, note: `${notation(oldest)}, and once more later` }]
  },
})

/** Puts what was sent at the end of a channel. */
export const putInto = (part: Direction, setting: Setting): Link => ({
  part,
  step: (channel: Channel, { send = [] }: Passing): Outcome[] => [{ state: put(channel, send, setting.wire.capacity) }],
})

/** The segment is lost. One that is marked safe cannot be. */
export const loseFrom = (part: Direction): Link => ({
  part,
  step: (channel: Channel): Outcome[] =>
    choices(channel)
      .filter((i) => !channel[i]!.segment.safe)
      .map((i) => ({
        state: without(channel, i),
        label: { spend: 'loss' } satisfies Passing,
        note: notation(channel[i]!.segment),
      })),
})

/** A stranger sends one of the scenario's forged segments. */
export const forgeInto = (part: Direction, setting: Setting): Link => ({
  part,
  step: (channel: Channel): Outcome[] =>
    channel.length >= setting.wire.capacity
      ? []
      : setting.wire.forged.map((segment) => ({
          state: put(channel, [segment], setting.wire.capacity),
          label: { spend: 'forgery' } satisfies Passing,
          note: notation(segment),
        })),
})

/** Pays for what the wire does. */
export const payFrom: Link = {
  part: 'wire',
  step: (budget: Budget, label: Passing): Outcome[] => {
    if (label.spend === undefined) return [{ state: budget, label }]
    const left = spend(budget, label.spend)
    const { spend: _, ...rest } = label
    return left === undefined ? [] : [{ state: left, label: rest }]
  },
}

/** The listener answers what the connection's object asked. */
export const askListener = (setting: Setting): Link => ({
  part: 'listener',
  shared: true,
  step: (listener: Listener, label: Passing): readonly Outcome[] => {
    const { question, ...rest } = label
    if (question === undefined) return [{ state: listener, label }]
    const a = answer(listener, question, stackBy(listener, setting.serverStack))
    if (a === undefined || !isCredible(a.to, setting)) return IMPOSSIBLE
    const { sysctls } = listener
    return [{ state: a.to, label: { ...rest, answer: a.answer, ...(sysctls && { sysctls }) } }]
  },
})

/** No more requests than connections, no more children than these can have made. */
const isCredible = (l: Listener, { clients, alreadyQueued, anyNumber }: Setting): boolean =>
  (anyNumber === true || l.requests <= clients.length) &&
  l.acceptQueue <= alreadyQueued + clients.reduce((n, c) => n + 2 * c.connects + 1, 0)

const stamp = (send: readonly Segment[], of: number | undefined, setting: Setting): readonly Segment[] =>
  setting.history && of !== undefined ? send.map((s) => ({ ...s, of })) : send

/** The initial sequence number of the n-th incarnation, or of the n-th request, counted from 0. */
export const issOf = (side: 'client' | 'server', n: number, setting: Setting): Seq =>
  add(setting.iss[side], n * setting.iss.isnStep)

/** One outcome of the client: its socket reacted. */
export const clientOutcome = (
  client: Client,
  r: Reaction<Socket>,
  setting: Setting,
  seen?: Segment,
  note?: string,
): Outcome => {
  const send = stamp(r.send, client.connects, setting)
  return {
    state: { ...client, socket: r.to },
    label: { send } satisfies Passing,
    effects: effectsOf('client', { ...r, send }, seen),
    ...(note === undefined ? {} : { note }),
  }
}

/** The incarnation that a server's segments belong to: its object's own, or that of the segment it answers. */
const incarnation = (server: Server, seen?: Segment): number | undefined =>
  server.object.kind === 'none' ? seen?.of : server.object.of

export const serverOutcome = (
  before: Server,
  r: Reaction<Server>,
  setting: Setting,
  seen?: Segment,
  note?: string,
): Outcome => {
  const send = stamp(r.send, incarnation(r.to.object.kind === 'none' ? before : r.to, seen), setting)
  return {
    state: r.to,
    label: { send: before.peer?.absent ? [] : send } satisfies Passing,
    effects: effectsOf('server', { ...r, send }, seen),
    ...(note === undefined ? {} : { note }),
  }
}

/** A SYN that TIME_WAIT lets through begins with a number that TIME_WAIT chooses. linux: tcp_tw_isn */
const issByTimeWait = ({ object }: Server, s: Segment, { serverStack }: Setting): Seq | undefined =>
  object.kind === 'child' && isTimeWait(object.socket) && opensAnew(object.socket, s, serverStack)
    ? issAfter(object.socket)
    : undefined

/** The server after a segment that may have made a request. */
const knowing = (to: Server, from: Server, chosen: Seq | undefined): Server => {
  if (to.made === from.made) return to
  const { iss: _, ...made } = to
  return chosen === undefined ? made : { ...made, iss: chosen }
}

/** The server's object meets a segment, knowing what the listener said. */
export const serverArrive = (setting: Setting): Link => ({
  part: 'server',
  step: (server: Server, { segment, sysctls, answer: a = { answer: 'done' } }: Passing): Outcome[] => {
    if (segment === undefined) return []
    const chosen = issByTimeWait(server, segment, setting)
    const iss = chosen ?? issOf('server', server.made, setting)
    const stack = stackBy({ ...(sysctls && { sysctls }) }, setting.serverStack)
    const r = arrive(server, segment, a, iss, stack)
    return [serverOutcome(server, { ...r, to: knowing(r.to, server, chosen) }, setting, segment)]
  },
})
