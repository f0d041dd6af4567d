/**
 * The search for what one end may have been: packet by packet, all hypotheses that explain what was seen so far. Every
 * hypothesis has a cost, what it had to invent; one that costs `slack` more than the cheapest at a packet is not followed.
 */
import type { Actor, Hypothesis } from '../actors/hypothesis.ts'
import type { Observation } from '../packets/observation.ts'
import type { Automaton } from './automaton.ts'
import type { Limits } from './limits.ts'
import type { Oracle } from './oracle.ts'
import { renumberHypothesis } from './renumber.ts'
import type { Steps } from './steps.ts'
import type { Believed, Transition } from './transition.ts'

export interface Searched<E> {
  readonly actor: Actor<E>
  readonly steps: Steps
  /** By number of steps: how the hypotheses there were reached. They end before a packet that nothing explains. */
  readonly transitions: readonly Transition<E>[]
  /** By number of steps: what the cheapest hypothesis there costs. */
  readonly least: readonly number[]
  /** Index of the first packet that nothing explains. */
  readonly failedAt?: number
  /** That packet, with what the rest of the capture tells of it. */
  readonly failed?: Observation
  /** A bound cut something off: what was not found may be there all the same. */
  readonly cut: boolean
}

interface SearchLimits extends Pick<Limits, 'most'> {
  /** What the cheapest hypothesis may cost before only the cheapest are kept. */
  readonly enough: number
}

export const search = <E extends object>(
  actor: Actor<E>,
  automaton: Automaton<E>,
  steps: Steps,
  oracle: Oracle<E>,
  { most, enough }: SearchLimits,
): Searched<E> => {
  const { packets, symbols } = steps
  oracle.moveTo(0, 0, enough)
  let last = automaton.begin(symbols[0]!, oracle)
  const transitions = [last]
  const least = [last.dearer]
  let { cut, looked } = last
  for (let i = 0; i < packets.length; i++) {
    const base = least[i]!
    oracle.moveTo(i + 1, i, enough - base)
    const next = automaton.next(last.to, symbols[i + 1]!, oracle)
    const isDead = next.to.all.length === 0
    if (isDead || looked > most) {
      const failed = { failed: packets[i]!, failedAt: steps.at[i]!, cut: cut || !isDead }
      return { actor, steps, transitions, least, ...failed }
    }
    cut ||= next.cut
    looked += next.looked
    transitions.push(next)
    least.push(base + next.dearer)
    last = next
  }
  return { actor, steps, transitions, least, cut }
}

/** A hypothesis at a moment of the search, in numbers of the capture, whatever the frame there. */
export class Node<E> {
  /** Its place: after so many steps, and the index among the hypotheses there. */
  readonly step: number
  readonly index: number
  readonly #searched: Searched<E>
  #h: Hypothesis<E> | undefined

  constructor(searched: Searched<E>, step: number, index: number) {
    this.#searched = searched
    this.step = step
    this.index = index
  }

  get h(): Hypothesis<E> {
    const { steps, actor } = this.#searched
    this.#h ??= renumberHypothesis(this.believed.h, steps.frames.outOf(this.step), actor)
    return this.#h
  }

  /** How many packets of the capture lie behind it. */
  get layer(): number {
    return this.#searched.steps.seen[this.step]!
  }

  /** Least cost of getting here. */
  get cost(): number {
    return this.#searched.least[this.step]! + this.believed.cost
  }

  /** The same in numbers of the frame. */
  get believed(): Believed<E> {
    return this.#searched.transitions[this.step]!.to.all[this.index]!
  }
}
