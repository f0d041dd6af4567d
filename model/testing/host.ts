/** A listening host for one connection: the listener, the server's object, and what segments, timers and accept() do to them. */
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import { answer, listen, takeHead } from '../listener/listener.ts'
import type { Server } from '../listener/object.ts'
import { arrive, fireServer, moveUp, newServer, questionAbout, questionOfTimer } from '../listener/server.ts'
import type { Listener, Question } from '../listener/types.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { stateName } from '../socket/socket.ts'
import { IRS, ISS, peer } from './segments.ts'
import { stack } from './stack.ts'

export interface Host {
  readonly listener: Listener
  readonly server: Server
}

export type Heard = { readonly host: Host; readonly send: readonly Segment[]; readonly count: readonly Counter[] }

/** Listening with a backlog, `queued` children of others in the accept queue and `requests` of others (`young` ones among them). */
export const listening = (
  o: { readonly backlog?: number; readonly queued?: number; readonly requests?: number; readonly young?: number } = {},
  st: Stack = stack(),
): Host => ({
  listener: {
    ...listen(o.backlog ?? 1, st),
    acceptQueue: o.queued ?? 0,
    requests: o.requests ?? 0,
    young: o.young ?? o.requests ?? 0,
  },
  server: newServer,
})

const asked = (
  host: Host,
  question: Question,
  st: Stack,
  react: (a: Parameters<typeof arrive>[2]) => Reaction<Server>,
): Heard => {
  const a = answer(host.listener, question, st)
  if (a === undefined) throw new Error(`impossible: ${JSON.stringify(question)}`)
  const r = react(a.answer)
  return { host: { listener: a.to, server: r.to }, send: r.send, count: r.count }
}

/** A segment arrives; a request that is made takes ISS. */
export const hears = (host: Host, s: Segment, st: Stack = stack()): Heard =>
  asked(host, questionAbout(host.server, s, st), st, (a) => arrive(host.server, s, a, ISS, st))

/** The object's timer fires. */
export const rings = (host: Host, st: Stack = stack()): Heard =>
  asked(host, questionOfTimer(host.server, st), st, (a) => fireServer(host.server, st, a))

/** accept() returns the head of the queue, ours or another's. */
export const accepts = (host: Host): Host => ({ listener: takeHead(host.listener)!, server: moveUp(host.server) })

const SYN = peer('S', { seq: IRS })

/** A request of our client: SYN_RECV. */
export const requested = (host: Host = listening(), st: Stack = stack()): Host => hears(host, SYN, st).host
/** A child of our client in the accept queue. */
export const promoted = (host: Host = listening(), st: Stack = stack()): Host =>
  hears(requested(host, st), peer('.'), st).host
/** A request whose third ACK met a full accept queue: a ghost connection. */
export const ghost = (st: Stack = stack()): Host => {
  const full = filled(requested(listening({ backlog: 0 }, st), st))
  return hears(full, peer('.'), st).host
}

/** Others' children fill the accept queue to B + 1. */
export const filled = (host: Host): Host => ({
  ...host,
  listener: { ...host.listener, acceptQueue: host.listener.backlog + 1 },
})

/** The server's object as `ss` would show it; nothing where there is none. */
export const shown = ({ server: { object } }: Host): string =>
  object.kind === 'none' ? 'nothing' : object.kind === 'request' ? 'request' : stateName(object.socket)

/** What is seen: the object, the segments sent, the counters. */
export const heard = (h: Heard) => ({ object: shown(h.host), send: h.send, count: h.count })
export const tells = (object: string, send: readonly Segment[] = [], count: readonly Counter[] = []) => ({
  object,
  send,
  count,
})
