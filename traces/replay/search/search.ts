/**
 * The search for what one end may have been: packet by packet, all hypotheses that explain what was seen so far. Every
 * hypothesis has a cost, what it had to invent; one that costs `slack` more than the cheapest at a packet is not followed.
 */
import type { Actor, Hypothesis } from '../actors/hypothesis.ts'
import type { Observation } from '../packets/observation.ts'
import type { Automaton } from './automaton.ts'
import type { Budget } from './budget.ts'
import type { Limits } from './limits.ts'
import type { Oracle } from './oracle.ts'
import { renumberHypothesis } from './renumber.ts'
import type { Path, Steps } from './steps.ts'
import type { Believed, Transition } from './transition.ts'

export interface Searched<E> {
  readonly actor: Actor<E>
  readonly steps: Steps
  /** By number of steps: how the hypotheses there were reached. They end before a packet that nothing explains. */
  readonly transitions: readonly Transition<E>[]
  /** All of them, and the failing one, each once. */
  readonly met: ReadonlySet<Transition<E>>
  /** By number of steps: what the cheapest hypothesis there costs. */
  readonly least: Int32Array
  /** Index of the first packet that nothing explains. */
  readonly failedAt?: number
  /** That packet, with what the rest of the capture tells of it. */
  readonly failed?: Observation
  /** The step that finds no explanation, or the first that was not followed. */
  readonly failing?: Transition<E>
  /** A bound cut something off: what was not found may be there all the same. */
  readonly cut: boolean
}

interface SearchLimits extends Pick<Limits, 'most'> {
  /** What the cheapest hypothesis may cost before only the cheapest are kept. */
  readonly enough: number
  /** What the connection may cost in all. */
  readonly budget: Budget
}

/** A search of the same packets under another kernel. */
export interface Other<E> {
  readonly searched: Searched<E>
  readonly enough: number
  /** Whether this kernel takes that transition: it answers every question alike. */
  takes(transition: Transition<E>): boolean
}

export const search = <E extends object>(
  actor: Actor<E>,
  automaton: Automaton<E>,
  { steps, packets, symbols }: Path,
  oracle: Oracle<E>,
  { most, enough, budget }: SearchLimits,
  others: readonly Other<E>[] = [],
): Searched<E> => {
  // Of its full length at once: there is one for each kernel and end of a capture.
  const transitions = new Array<Transition<E>>(packets.length + 1)
  const least = new Int32Array(packets.length + 1)
  let last = automaton.begin(symbols[0]!, oracle.moveTo(0, 0, enough))
  transitions[0] = last
  least[0] = last.dearer
  const met = new Set<Transition<E>>([last])
  let { cut, looked } = last
  for (let i = 0; i < packets.length; i++) {
    const spare = enough - least[i]!
    const next =
      followed(others, i, last, spare) ?? automaton.next(last.to, symbols[i + 1]!, oracle.moveTo(i + 1, i, spare))
    const isDead = next.to.all.length === 0
    if (!met.has(next)) {
      met.add(next)
      budget.spend(next.looked)
    }
    if (isDead || looked > most || budget.isSpent) {
      const failed = { failed: packets[i]!, failedAt: steps.at[i]!, failing: next, cut: cut || !isDead }
      return { actor, steps, transitions: transitions.slice(0, i + 1), met, least: least.slice(0, i + 1), ...failed }
    }
    cut ||= next.cut
    looked += next.looked
    transitions[i + 1] = next
    least[i + 1] = least[i]! + next.dearer
    last = next
  }
  return { actor, steps, transitions, met, least, cut }
}

/** The step that a search under another kernel has taken from equal hypotheses, where this one takes it as well. */
const followed = <E>(
  others: readonly Other<E>[],
  i: number,
  last: Transition<E>,
  spare: number,
): Transition<E> | undefined => {
  for (const { searched, enough, takes } of others) {
    const { transitions, least } = searched
    const next = transitions[i + 1]
    if (next === undefined || transitions[i]!.to !== last.to) continue
    if (next.dearest <= Math.min(spare, enough - least[i]!) && takes(next)) return next
  }
  return undefined
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
