/**
 * The verdict on a connection: the only place that decides *conforms*, *diverges* or *inconclusive*. The model explains a reading
 * or fails at a packet; what a reading assumes bounds what its explanation may claim, and may account for a failure.
 */

import type { Bound } from './bound.ts'
import type { Divergence } from './divergence.ts'
import type { Explained } from './explain.ts'
import { assumed } from './readings/reading.ts'

export type ReplayVerdict = 'conforms' | 'diverges' | 'inconclusive'

export interface Judgement {
  readonly verdict: ReplayVerdict
  /** Why the verdict is open. */
  readonly reason?: string
  readonly divergence?: Divergence
  /** What the packets do not agree with, though the model explains them. */
  readonly contradictions?: readonly string[]
  /** The capture diverges as it stands, and these packets may be why: they may be forged. */
  readonly suspected?: readonly number[]
}

/** The verdict, and the explanation from which states and inventions are reported. */
export interface Judged {
  readonly judgement: Judgement
  readonly told: Explained
  /** What explains more than that under an assumption that the verdict does not rest on: states are told of it. */
  readonly onward?: Explained
}

/** No hypothesis explains the plain reading, and neither a bound of the search nor what the capture lacks may be the reason. */
export const isDivergence = (plain: Explained): boolean =>
  plain.failure !== undefined && !plain.failure.cut && !isExcused(plain)

/** The model explains another reading, so that its assumption may be true. */
export const isExplained = ({ reading, failure, contradicted }: Explained): boolean =>
  failure === undefined &&
  assumed(reading, 'one-direction') === undefined &&
  (contradicted.length === 0 || assumed(reading, 'evidence') !== undefined)

/**
 * @param other a reading that the model explains, where it does not explain the plain one
 * @param bound what kept other readings from being held against the model
 */
export const judge = (plain: Explained, other?: Explained, bound?: Bound): Judged => {
  if (other === undefined && bound !== undefined && plain.failure !== undefined)
    return { judgement: unfinished(plain.failure.divergence(), bound), told: plain }
  if (other === undefined) return { judgement: judgedAlone(plain), told: plain }
  const divergence = plain.failure!.divergence()
  const { reading, contradicted } = other
  const evidence = assumed(reading, 'evidence')
  if (evidence !== undefined) {
    const contradictions = [evidence.words, ...contradicted]
    return { judgement: { verdict: evidence.ceiling, contradictions }, told: other }
  }
  const earlier = assumed(reading, 'earlier-connection')
  if (earlier !== undefined) return { judgement: { verdict: earlier.ceiling }, told: other }
  const suspected = assumed(reading, 'suspected-forged')
  if (suspected !== undefined) {
    const { ceiling: verdict, words: reason, packets } = suspected
    return { judgement: { verdict, reason, divergence, suspected: packets }, told: plain, onward: other }
  }
  const departure = assumed(reading, 'departure')
  if (departure !== undefined) {
    const { ceiling: verdict, words: reason } = departure
    return { judgement: { verdict, divergence: { ...divergence, reason } }, told: plain, onward: other }
  }
  const { ceiling: verdict, words } = assumed(reading, 'not-captured')!
  if (verdict === 'inconclusive') return { judgement: { verdict, reason: words, divergence }, told: other }
  return { judgement: { verdict, divergence: withRemark(divergence, words) }, told: plain, onward: other }
}

const withRemark = (divergence: Divergence, words: string): Divergence => ({
  packet: divergence.packet,
  get reason() {
    return `${divergence.reason}. Or ${words}`
  },
  get allowed() {
    return divergence.allowed
  },
})

const judgedAlone = (e: Explained): Judgement => {
  const { reading, failure, contradicted } = e
  const oneDirection = assumed(reading, 'one-direction')
  if (oneDirection !== undefined) return { verdict: oneDirection.ceiling, reason: oneDirection.words }
  if (failure === undefined)
    return contradicted.length > 0 ? { verdict: 'diverges', contradictions: contradicted } : { verdict: 'conforms' }
  const divergence = failure.divergence()
  if (failure.cut) return unfinished(divergence, failure.bound)
  if (!isExcused(e)) return { verdict: 'diverges', divergence }
  const { words } = assumed(reading, 'midstream')!
  const reason = `${words}; what came before may be the reason for packet ${failure.packet}`
  return { verdict: 'inconclusive', reason, divergence }
}

const unfinished = (divergence: Divergence, bound: Bound | undefined): Judgement => ({
  verdict: 'inconclusive',
  reason: bound === undefined ? TOO_MANY : `${TOO_MANY}; ${met[bound]}`,
  divergence,
})

const TOO_MANY = 'too many histories fit to follow them all'
const met: Readonly<Record<Bound, string>> = {
  memory: 'the memory given was used up (--memory gives more)',
  time: 'the time given was over (--time gives more)',
  interrupted: 'the replay was interrupted',
}

/** What the reading assumes may account for the failure. */
export const isExcused = ({ reading, failure }: Explained): boolean =>
  failure !== undefined &&
  reading.assumes.some(({ excuses = [] }) => excuses === 'all' || excuses.includes(failure.packet))

/** The verdict on packets that cannot be held against the model. */
export const unreplayable = (reason: string): Judgement => ({ verdict: 'inconclusive', reason })

/** A capture of something that the model leaves out cannot diverge from the model. @param unmodelled what that is, if anything */
export const withinTheModel = <J extends Judgement>(
  judged: J,
  unmodelled: string | undefined,
): J | Omit<J, 'divergence'> => {
  if (unmodelled === undefined || judged.verdict === 'conforms') return judged
  const { divergence: _, ...rest } = judged
  return { ...rest, verdict: 'inconclusive', reason: `${unmodelled} is not modelled` }
}

/** With what other evidence says against the only causes that the packets leave. */
export const contradicting = (
  { verdict, contradictions = [] }: Judgement,
  more: readonly string[],
): Pick<Judgement, 'verdict' | 'contradictions'> =>
  more.length === 0 ? { verdict } : { verdict: 'diverges', contradictions: [...contradictions, ...more] }

/**
 * Of a whole capture: it diverges if a connection does, or if other evidence contradicts it.
 * @param isOpen something else than a connection leaves it open
 */
export const verdictOfAll = (
  all: readonly ReplayVerdict[],
  { isContradicted, isOpen }: { readonly isContradicted: boolean; readonly isOpen: boolean },
): ReplayVerdict => {
  if (isContradicted || all.includes('diverges')) return 'diverges'
  return isOpen || all.length === 0 || all.includes('inconclusive') ? 'inconclusive' : 'conforms'
}
