/** Both ends, and what is on the wire, at the moment from which the model runs on. */
import { isTcb, type Segment, type Socket, type Stack } from '../../model/index.ts'
import type { ServerEnd } from '../replay/actors/server-end.ts'
import type { Observation, Side } from '../replay/packets/observation.ts'
import type { Node } from '../replay/search/search.ts'
import { type Called, callsAlong, type Run } from './calls.ts'
import type { Clock } from './clock.ts'
import { type Beginning, socketOf } from './course.ts'
import { passedBy } from './fates.ts'
import { expiring, justSet, justSetAt, repeatsAsSeen } from './timers.ts'
import type { Turn } from './turn.ts'

export interface Runs {
  readonly client: Run<Socket>
  readonly server: Run<ServerEnd>
}

/** The layer in which the course begins: right after the packet that arrives, unless the server has spoken before it arrived. */
export const layerOf = ({ before, arriving, index }: Turn, o: readonly Observation[]): number =>
  arriving === undefined || o.slice(index + 1, before.layer).some(({ from }) => from === 'server')
    ? before.layer
    : index + 1

/** What the capture tells beside the runs. */
export interface Recorded {
  readonly o: readonly Observation[]
  readonly clock: Clock
  /** The index at which the capture goes on with another connection. */
  readonly limit: number
  readonly stacks: { readonly client: Stack; readonly server: Stack }
}

export const beginningOf = (turn: Turn, layer: number, runs: Runs, recorded: Recorded): Beginning => {
  const { before, arriving } = turn
  const { o, clock, limit, stacks } = recorded
  const at = clock.passes(arriving === undefined ? turn.index : layer - 1)
  const { h } = nodeAt(runs.client, layer, arriving === undefined)
  const flying = (to: Side, unseen: readonly Segment[]): Arriving[] =>
    unseen.map((segment) => ({ at: at + clock.way, to, segment, isNew: true }))
  const called = (by: Side, calls: readonly Called[], gained: number): Beginning['calls'] =>
    calls
      .filter(({ index }) => index < limit)
      .map((c) => ({ ...c, by, at: Math.max(at, clock.passes(c.index) - clock.to(by) - gained) }))
  const own = callsAlong(runs.client, layer, (socket) => socket)
  return {
    at,
    client: repeatsAsSeen(justSet(h.end, stacks.client), runs.client, {
      layer,
      o,
      until: (i) => clock.passes(i) - clock.to('client') - at,
    }),
    server: arriving === undefined ? expiring(before.h.end) : justSetAt(before.h.end, stacks.server),
    arrivals: [
      ...onTheWay('client', h.due, { run: runs.client, layer, clock, at }),
      ...onTheWay('server', before.h.due, { run: runs.server, layer, clock, at }),
      ...flying('server', h.unseen),
      ...flying('client', before.h.unseen),
    ],
    calls: [
      ...called('client', own, gainOf(h.end, runs.client, { layer, clock, at })),
      ...called('server', callsAlong(runs.server, layer, socketOf), 0),
    ],
  }
}

type Arriving = Beginning['arrivals'][number]

interface From {
  readonly layer: number
  readonly clock: Clock
  readonly at: number
}

/** What has passed the tap by then and not arrived. */
const onTheWay = (
  to: Side,
  due: readonly Segment[],
  { run, layer, clock, at }: From & { readonly run: Run<unknown> },
): Arriving[] => {
  const passed = passedBy(run, layer)
  return due.flatMap((segment) => {
    const index = passed.get(segment) ?? layer - 1
    return index < layer ? [{ at: Math.max(at, clock.passes(index) + clock.to(to)), to, segment }] : []
  })
}

/** By how much sooner its connect() returns than in the capture, where it has not returned yet: then it does all sooner. */
const gainOf = (socket: Socket, run: Run<Socket>, { layer, clock, at }: From): number => {
  if (socket.state !== 'SYN_SENT') return 0
  const opened = run.find(({ node }) => node.layer >= layer && isTcb(node.h.end))?.node.layer
  return opened === undefined ? 0 : clock.passes(opened - 1) - at - clock.way
}

const nodeAt = (run: Run<Socket>, layer: number, last: boolean): Node<Socket> => {
  const there = run.filter(({ node }) => node.layer === layer)
  return ((last ? there.at(-1) : there[0]) ?? run.at(-1)!).node
}
