/** Replays one connection: does the model allow what the capture shows, and what must both ends have been? */
import { type Connection, endpointText } from '../capture.ts'
import { tooEarly } from './backoff.ts'
import { type Divergence, divergenceOf } from './divergence.ts'
import { reach } from './end.ts'
import { type Ends, endsOf } from './ends.ts'
import { isShown, supposing } from './inferred.ts'
import type { Candidates, ReplayOptions } from './options.ts'
import { atSteadyClock, type ClockStep, stepWords } from './packets/clock.ts'
import { markForged } from './packets/forged.ts'
import { type Observation, observationsOf } from './packets/observation.ts'
import { inPieces } from './packets/offload.ts'
import { withTailProbe } from './packets/tailProbe.ts'
import { tapOf } from './packets/tap.ts'
import { toldBefore } from './packets/told.ts'
import { replayFromMiddle } from './partial/midstream.ts'
import { unlessMissed } from './partial/missed.ts'
import { oneSided, replayOneSide } from './partial/oneSided.ts'
import { doubtfulResets, type Suspect, unlessForged } from './partial/suspects.ts'
import type { Belief, Replayed, ReplayedConnection } from './replayed.ts'
import type { Searched } from './search/search.ts'
import { acknowledgesUnsent, answersNoSyn } from './unsent.ts'

export const replayConnection = (c: Connection, candidates: Candidates, options: ReplayOptions = {}): Replayed => {
  const { tapAt } = options.limits ?? {}
  const observed = tapAt ? withTailProbe(c, observationsOf(c), tapAt) : observationsOf(c)
  const marked = markForged(c, markBeyond(observed, options.about?.beyond), options.forged ?? [])
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

/** Hypotheses, of a capture that nothing explains: enough to tell why, where that is soon found. */
const FOR_THE_REASON = 2_000

const replayObservations = (
  observations: readonly Observation[],
  head: Head,
  candidates: Candidates,
  options: ReplayOptions,
): Replayed => {
  const { invents, ...told } = toldBefore(observations)
  const unsent = options.dropped ? undefined : (answersNoSyn(observations) ?? acknowledgesUnsent(observations))
  const bounded = unsent ? { ...options, limits: { ...options.limits, most: FOR_THE_REASON } } : options
  const ends = endsOf(observations, told, candidates, bounded)
  const { client, server, kernels, fits, statesAt, tried } = ends
  const explained = Math.min(reach(client), reach(server), observations.length)
  const connection: ReplayedConnection = {
    ...head,
    kernels,
    fits,
    ...judge(observations, ends, invents, unsent),
    // Made when somebody looks: of a million packets nobody looks at most.
    get timeline(): readonly Belief[] {
      return observations.slice(0, explained).map(({ packet }, i) => ({ packet, ...statesAt(i) }))
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

const judge = (
  o: readonly Observation[],
  { client, server, explained }: Ends,
  told: readonly string[],
  unsent?: Divergence,
): Judged => {
  const failed = reach(client) <= reach(server) ? client : server
  const early = tooEarly(o)
  if (early !== undefined && early.at < reach(failed))
    return { verdict: 'diverges', divergence: early.divergence, invents: [], alternatives: [] }
  if (failed.searched.failedAt !== undefined) {
    const { cut: wasCut } = failed.searched
    const cut = wasCut && unsent === undefined
    return {
      verdict: cut ? 'inconclusive' : 'diverges',
      ...(cut ? { reason: 'there were too many hypotheses to follow them all' } : {}),
      divergence: (wasCut && unsent) || divergenceOf(o, failed.searched as Searched<unknown>),
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
