/** Replays one connection: does the model allow what the capture shows, and what must both ends have been? */
import type { ProfileName, Socket, Sysctls } from '../../model/index.ts'
import { type Connection, endpointText } from '../capture.ts'
import type { Alike } from './alike.ts'
import { tooEarly } from './backoff.ts'
import type { Alternative } from './beliefs.ts'
import { atSteadyClock, type ClockStep, stepWords } from './clock.ts'
import { type Divergence, divergenceOf } from './divergence.ts'
import { type AboutEnd, type EndReplay, reach } from './end.ts'
import { type Ends, endsOf } from './ends.ts'
import { type Forged, markForged } from './forged.ts'
import { isShown, supposing } from './inferred.ts'
import { replayFromMiddle } from './midstream.ts'
import { unlessMissed } from './missed.ts'
import { type Observation, observationsOf } from './observation.ts'
import { inPieces } from './offload.ts'
import { oneSided, replayOneSide } from './oneSided.ts'
import type { Limits, Searched } from './search.ts'
import type { ServerEnd } from './serverActor.ts'
import { doubtfulResets, type Suspect, unlessForged } from './suspects.ts'
import { type Tap, tapOf } from './tap.ts'
import { toldBefore } from './told.ts'

export type ReplayVerdict = 'conforms' | 'diverges' | 'inconclusive'

/** What both ends may be from a packet until the next. */
export interface Belief {
  readonly packet: number
  /** In the cheapest hypotheses, those that invent least. */
  readonly client: readonly string[]
  readonly server: readonly string[]
  /** In all hypotheses within the bound. */
  readonly possible: { readonly client: readonly string[]; readonly server: readonly string[] }
}

export interface AboutConnection {
  readonly client?: AboutEnd
  readonly server?: AboutEnd
  /** Packets, by number, that a tap nearer to whom they are sent to has seen as well, or not. */
  readonly beyond?: ReadonlyMap<number, boolean>
}

export interface ReplayOptions {
  readonly tap?: Tap
  readonly limits?: Partial<Limits>
  readonly sysctls?: Partial<Sysctls>
  /** Packets that were put on the wire by somebody else. */
  readonly forged?: readonly Forged[]
  /** Packets that the capture says it dropped itself; none unless it says so. */
  readonly dropped?: number
  /** What was found of the connections before, for those that are like them; all replayed with the same options. */
  readonly alike?: Alike<Ends>
  /** What else is known of the ends. */
  readonly about?: AboutConnection
}

export interface ReplayedConnection {
  readonly client: string
  readonly server: string
  readonly packets: number
  readonly tap: Tap
  readonly kernels: { readonly client: ProfileName; readonly server: ProfileName }
  /** Shipped profiles that explain each end, where they were tried. */
  readonly fits: { readonly client: readonly ProfileName[]; readonly server: readonly ProfileName[] }
  readonly verdict: ReplayVerdict
  /** Why nothing can be said. */
  readonly reason?: string
  readonly divergence?: Divergence
  /** What the packets do not agree with, though the model explains them. */
  readonly contradictions?: readonly string[]
  readonly timeline: readonly Belief[]
  /** What is supposed of the capture itself: that it begins in the middle, or lacks packets. */
  readonly supposes?: readonly string[]
  /** What the cheapest hypotheses had to invent, after what is supposed of the capture. */
  readonly invents: readonly string[]
  /** What else the ends could be at the end, and what that would have to invent. */
  readonly alternatives: readonly Alternative[]
  /** Numbers of the packets that are known to be forged: nobody has to account for them. */
  readonly forged: readonly number[]
  /** Those that somebody else may have sent: without them the capture conforms. */
  readonly suspected?: readonly number[]
}

export interface Replayed {
  readonly connection: ReplayedConnection
  readonly observations: readonly Observation[]
  readonly client?: EndReplay<Socket>
  readonly server?: EndReplay<ServerEnd>
  /** Seconds by which the clock of the capture was set forward meanwhile, in all; the observations have it steady. */
  readonly clockAhead?: number
  /** Each end under every kernel that was tried. */
  readonly tried?: {
    readonly client: readonly EndReplay<Socket>[]
    readonly server: readonly EndReplay<ServerEnd>[]
  }
}

/** The kernels to try for each end, the likeliest first. */
export interface Candidates {
  readonly client: readonly ProfileName[]
  readonly server: readonly ProfileName[]
}

export const replayConnection = (c: Connection, candidates: Candidates, options: ReplayOptions = {}): Replayed => {
  const marked = markForged(c, markBeyond(observationsOf(c), options.about?.beyond), options.forged ?? [])
  const { steady, steps } = atSteadyClock(marked)
  const replayed = replayMarked(c, steady, candidates, options)
  const { verdict, forged } = replayed.connection
  const resets = verdict === 'conforms' && marked.some(isReset) ? doubtfulResets(c, forged) : []
  const words = [...steps.map(stepWords), ...resets]
  return words.length === 0 ? replayed : supposing(replayed, words, ahead(steps))
}

const isReset = ({ flags }: Observation): boolean => flags.includes('R')

const ahead = (steps: readonly ClockStep[]): number => steps.reduce((sum, { by }) => sum + by, 0)

const replayMarked = (
  c: Connection,
  observations: readonly Observation[],
  candidates: Candidates,
  options: ReplayOptions,
): Replayed => {
  const replay = (o: readonly Observation[]): Replayed => replayObserved(c, o, candidates, options)
  const replayed = replay(observations)
  if (replayed.connection.verdict !== 'diverges') return replayed
  const unforged = unlessForged(replayed, c, (suspects) => replay(without(suspects, observations)))
  if (unforged.connection.verdict !== 'diverges') return unforged
  return unlessMissed(unforged, observations, options.dropped ?? 0, replay)
}

/** Nobody has to account for the suspects. */
const without = (suspects: readonly Suspect[], observations: readonly Observation[]): Observation[] =>
  observations.map((o) => (suspects.some(({ packet }) => packet === o.packet) ? { ...o, forged: true as const } : o))

const replayObserved = (
  c: Connection,
  captured: readonly Observation[],
  candidates: Candidates,
  options: ReplayOptions,
): Replayed => {
  const observations = inPieces(c, captured)
  const reason = whyNot(c, observations)
  const shown = observations.filter(isShown)
  const head: Head = {
    client: endpointText(c.client),
    server: endpointText(c.server),
    packets: shown.length,
    tap: options.tap ?? tapOf(shown),
    forged: observations.filter((o) => o.forged).map((o) => o.packet),
  }
  if (reason !== undefined) {
    const kernels = { client: candidates.client[0]!, server: candidates.server[0]! }
    const nothing = { timeline: [], invents: [], alternatives: [], fits: { client: [], server: [] } }
    return { connection: { ...head, ...nothing, kernels, verdict: 'inconclusive', reason }, observations }
  }
  const replay = (o: readonly Observation[]): Replayed => replayObservations(o, head, candidates, options)
  const side = oneSided(observations)
  return side === undefined
    ? replayFromMiddle(c, observations, replay)
    : replayOneSide(observations, side, (o) => replayFromMiddle(c, o, replay))
}

type Head = Pick<ReplayedConnection, 'client' | 'server' | 'packets' | 'tap' | 'forged'>

const replayObservations = (
  observations: readonly Observation[],
  head: Head,
  candidates: Candidates,
  options: ReplayOptions,
): Replayed => {
  const { invents, ...told } = toldBefore(observations)
  const ends = endsOf(observations, told, candidates, options)
  const { client, server, kernels, fits, states, tried } = ends
  const packets = observations.map(({ packet }) => packet)
  const connection: ReplayedConnection = {
    ...head,
    kernels,
    fits,
    ...judge(observations, ends, invents),
    // Made when somebody looks: of a million packets nobody looks at most.
    get timeline(): readonly Belief[] {
      return states.map((s, i) => ({ packet: packets[i]!, ...s }))
    },
  }
  return { connection, observations, client, server, tried }
}

const markBeyond = (all: Observation[], beyond?: ReadonlyMap<number, boolean>): Observation[] =>
  all.map((o) => {
    const seenBeyond = beyond?.get(o.packet)
    return seenBeyond === undefined ? o : { ...o, seenBeyond }
  })

type Judged = Pick<
  ReplayedConnection,
  'verdict' | 'reason' | 'divergence' | 'contradictions' | 'invents' | 'alternatives'
>

const judge = (o: readonly Observation[], { client, server, explained }: Ends, told: readonly string[]): Judged => {
  const failed = reach(client) <= reach(server) ? client : server
  const early = tooEarly(o)
  if (early !== undefined && early.at < reach(failed))
    return { verdict: 'diverges', divergence: early.divergence, invents: [], alternatives: [] }
  if (failed.searched.failedAt !== undefined) {
    const cut = failed.searched.cut
    return {
      verdict: cut ? 'inconclusive' : 'diverges',
      ...(cut ? { reason: 'there were too many hypotheses to follow them all' } : {}),
      divergence: divergenceOf(o, failed.searched as Searched<unknown>),
      invents: [],
      alternatives: [],
    }
  }
  const { invents = [], alternatives: others = [] } = explained ?? {}
  const contradictions = [client, server].flatMap((e) => e.contradicted ?? [])
  return {
    verdict: contradictions.length > 0 ? 'diverges' : 'conforms',
    ...(contradictions.length > 0 && { contradictions }),
    invents: told.length === 0 ? invents : [...told, ...invents],
    alternatives: others,
  }
}

/** What cannot be replayed yet. */
const whyNot = (c: Connection, observations: readonly Observation[]): string | undefined => {
  const first = observations[0]
  if (first === undefined) return 'the connection has no packets'
  if (observations.some(isSyn) && (c.numbering.client === 'relative' || c.numbering.server === 'relative'))
    return 'the capture gives relative sequence numbers beside absolute ones, and does not show the SYN they count from'
  return undefined
}

const isSyn = ({ flags }: Observation): boolean => flags.includes('S')
