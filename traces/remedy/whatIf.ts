/**
 * What a remedy would have done in the very situation of a capture: from where the courses part, the model runs on with the
 * ends of the cheapest hypotheses, what the applications did, and the losses that the capture shows.
 */
import type { Segment, Sysctls } from '../../model/index.ts'
import type { ServerEnd } from '../replay/actors/server-end.ts'
import { inTime, replayStack } from '../replay/actors/stacks.ts'
import { cheapestEnd, endsWithin, type Surviving } from '../replay/beliefs.ts'
import type { EndReplay } from '../replay/end.ts'
import type { Replayed } from '../replay/index.ts'
import { type IssOf, issOf, serverIsns } from '../replay/packets/isns.ts'
import { inOwnNumbers } from '../replay/packets/numbers.ts'
import { type Observation, peerOf } from '../replay/packets/observation.ts'
import { runThrough } from '../replay/runs.ts'
import { beginningOf, layerOf, type Runs } from './beginning.ts'
import type { Run } from './calls.ts'
import { type Clock, clockOf } from './clock.ts'
import { Copies } from './copies.ts'
import { type House, runOn } from './course.ts'
import { lostOn } from './fates.ts'
import {
  type ClientOutcome,
  clientOutcome,
  type ServerOutcome,
  type Spared,
  serverOutcome,
  sparedOf,
} from './outcome.ts'
import { type Remedy, remedyText } from './remedy.ts'
import type { Room } from './room.ts'
import { doesNot, nothingText, sentencesOf } from './sentences.ts'
import { type Turn, turnOf } from './turn.ts'

/** What the remedy would have changed. Times are seconds since the first packet; absent where the capture has none. */
export interface Changed {
  /** The packet from whose arrival on the courses part; for a timer, the one that would not be sent. */
  readonly from: number
  readonly at?: number
  /** When nothing happens any more but that TIME_WAIT or FIN_WAIT2 runs out. */
  readonly until?: number
  readonly client: ClientOutcome
  readonly server: ServerOutcome
  /** In which states both are when the capture ends, in the hypotheses that the course begins with. */
  readonly instead: { readonly client: string; readonly server: string }
  readonly spared: Spared
  /** What the remedy does not do. */
  readonly doesNot: string
}

export interface WhatIf extends Partial<Changed> {
  readonly remedy: string
  /** For a backlog: how many others the queue would have held. */
  readonly room?: Room
  /** What is told of it, a few sentences. */
  readonly sentences: readonly string[]
}

export interface WhatIfOptions {
  readonly remedy: Remedy
  /** Settings that the server was replayed with. */
  readonly sysctls?: Partial<Sysctls>
  /** A full accept queue is the diagnosis, though something else may be as cheap for this end alone. */
  readonly suspected?: boolean
}

export const whatIf = (r: Replayed, { remedy, sysctls, suspected }: WhatIfOptions): WhatIf => {
  const name = remedyText(remedy)
  const { client, server, observations: o, connection } = r
  if (connection.verdict !== 'conforms' || client === undefined || server === undefined)
    return { remedy: name, sentences: ['it cannot be told: the replay does not explain the capture'] }
  const stacks = {
    client: inTime(replayStack(client.kernel)),
    server: inTime(replayStack(server.kernel, withRemedy(remedy, sysctls))),
  }
  const parting = partingOf(server.surviving, suspected && givesRoom(remedy) ? server.surviving.slack : 0, (run) =>
    turnOf(run, remedy, stacks.server),
  )
  if (parting === undefined) return { remedy: name, sentences: [nothingText(remedy)] }
  const { turn } = parting
  const runs: Runs = { client: runThrough(client.surviving, cheapestEnd(client.surviving)), server: parting.run }
  const clock = clockOf(o)
  const layer = layerOf(turn, o)
  const limit = nextConnection(o, layer)
  const own = inOwnNumbers(o)
  const house: House = {
    client: client.searched.actor,
    serve: servedWith(remedy, server.searched.actor, issOf(serverIsns(own.observations()))),
    stacks,
    way: clock.way,
    isLost: lossesOf(own.observations(), layer, runs),
  }
  const beginning = beginningOf(turn, layer, runs, { o, clock, limit, stacks })
  const course = runOn(beginning, house)
  const copies = new Copies(own.observations(), between(o, layer, limit))
  for (const { to, segment } of beginning.arrivals.filter(({ isNew }) => isNew)) copies.take(peerOf(to), segment)
  for (const { from, segment } of course.sent) copies.take(from, segment)
  const ends = clientOutcome(course, clock, own)
  const changed: Changed = {
    from: o[turn.index]!.packet,
    ...timed('at', clock.passes(turn.index), clock),
    ...timed('until', course.moments.at(-1)!.at, clock),
    client: ends,
    server: serverOutcome(course, own, ({ server: end }) => server.searched.actor.name(end)),
    instead: { client: lastOf(runs.client, client), server: lastOf(runs.server, server) },
    spared: sparedOf(o, copies.left()),
    doesNot: doesNot(remedy, ends),
  }
  return { remedy: name, ...changed, sentences: sentencesOf(remedy, changed, { r, clock, cut: course.cut }) }
}

/** Of the cheapest runs in which the courses part the one that loses least, and parts first. */
const partingOf = (s: Surviving<ServerEnd>, slack: number, turnsOf: (run: Run<ServerEnd>) => Turn[]) => {
  const found = endsWithin(s, slack).flatMap((end) => {
    const run = runThrough(s, end)
    return turnsOf(run).map((turn) => ({ run, turn, cost: end.cost + end.h.due.length, losses: lostOn(run).size }))
  })
  return found.sort((a, b) => a.cost - b.cost || a.losses - b.losses || a.turn.index - b.turn.index)[0]
}

const lastOf = <E>(run: Run<E>, { searched }: EndReplay<E>): string => searched.actor.name(run.at(-1)!.node.h.end)

const withRemedy = (remedy: Remedy, sysctls: Partial<Sysctls> = {}): Partial<Sysctls> =>
  remedy.kind === 'retries' ? { ...sysctls, tcp_synack_retries: remedy.most } : sysctls

const timed = <K extends string>(key: K, at: number, clock: Clock): { [k in K]?: number } => {
  const seconds = clock.seconds(at)
  return (seconds === undefined ? {} : { [key]: seconds }) as { [k in K]?: number }
}

const givesRoom = ({ kind }: Remedy): boolean => kind === 'backlog' || kind === 'accept'

/** With room the first move is the one taken; without, the one that drops or, with tcp_abort_on_overflow, resets. */
const servedWith =
  (remedy: Remedy, actor: NonNullable<Replayed['server']>['searched']['actor'], issOf: IssOf): House['serve'] =>
  (end, s) => {
    const room = givesRoom(remedy)
    const asked: ServerEnd = { ...end, full: !room, aborts: remedy.kind === 'abort' || end.aborts }
    const moves = actor.arrive(asked, s, issOf(s.seq, end.server.made))
    const move = room ? moves[0] : moves.find(({ to }) => to.full && to.aborts === asked.aborts)
    return move ?? moves[0] ?? { to: end, send: [] }
  }

/** The capture goes on with another connection where the client sends another SYN. */
const nextConnection = (o: readonly Observation[], from: number): number => {
  const own = o.slice(0, from).findLast((x) => x.flags === 'S' && x.from === 'client')
  const next = o.findIndex((x, i) => i >= from && x.flags === 'S' && x.from === 'client' && x.seq !== own?.seq)
  return next < 0 ? o.length : next
}

const between = (o: readonly Observation[], from: number, to: number): number[] =>
  o.flatMap((x, i) => (i >= from && i < to && !x.forged ? [i] : []))

/** What is sent in both courses is lost in both or in none. */
const lossesOf = (o: readonly Observation[], layer: number, runs: Runs): House['isLost'] => {
  const copies = new Copies(o, between(o, layer, o.length))
  const lost = { client: lostOn(runs.server), server: lostOn(runs.client) }
  return (from, s: Segment) => {
    const index = copies.take(from, s)
    return index !== undefined && (lost[from].has(index) || o[index]!.seenAtFarTap === false)
  }
}
