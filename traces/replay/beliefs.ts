/** What an end must have been: read off the hypotheses that survive the whole capture. */
import { type Invented, Inventing } from './runs.ts'
import { entryOf } from './search/entry.ts'
import { type OnwardOf, onwardOf, type Surviving } from './search/onward.ts'
import { firstAtLeast } from './search/ordered.ts'
import { Node, type Searched } from './search/search.ts'
import type { Transition } from './search/transition.ts'

export type { Surviving } from './search/onward.ts'

/** A state that is possible at the end but not the cheapest, and what it would have to invent. */
export interface Alternative {
  readonly end: 'client' | 'server'
  readonly state: string
  readonly cost: number
  readonly invents: readonly string[]
}

/** Backwards from the end of the capture: which hypotheses lead there, and how. */
export const surviving = <E>(searched: Searched<E>, slack: number): Surviving<E> => {
  const end = searched.transitions.at(-1)!
  const least = searched.least[searched.transitions.length - 1]!
  const cheapest = end.to.all.reduce(
    (found, { cost, isHeld }, i) => (isHeld ? Math.min(found, least + cost + owed(end, i)) : found),
    Number.POSITIVE_INFINITY,
  )
  let onward: OnwardOf | undefined
  return asSurviving(searched, { cheapest, slack, onwards: () => (onward ??= onwardOf(searched, owed)) })
}

interface Found {
  readonly cheapest: number
  readonly slack: number
  readonly onwards: () => OnwardOf
}

/** Of most kernels only the cost is looked at. */
const asSurviving = <E>(searched: Searched<E>, found: Found): Surviving<E> => ({
  searched,
  cheapest: found.cheapest,
  slack: found.slack,
  get onward() {
    return found.onwards()
  },
  of: (other) => asSurviving(other, found),
})

/** Segments that never arrived are owed at the end. */
const owed = <E>({ to }: Transition<E>, index: number): number => to.all[index]!.h.due.length

/** What a run through the hypothesis at that place costs in all, at least. */
const totalAt = <E>({ searched, onward }: Surviving<E>, step: number, index: number): number =>
  searched.least[step]! +
  searched.transitions[step]!.to.all[index]!.cost +
  onward.least[step]! +
  onward.at[step]!.cost[index]!

/** The states that the end may be in from the packet of that index until the next: in the cheapest hypotheses, and in all. */
export interface States {
  readonly cheapest: string[]
  readonly possible: string[]
}

export const statesAfter = <E>(s: Surviving<E>, index: number): States => {
  const { seen } = s.searched.steps
  const layer = index + 1
  const last = s.searched.transitions.length - 1
  const first = Math.min(firstAtLeast(seen, layer), last)
  if (first === last || seen[first] !== layer || seen[first + 1] !== layer) return statesAt(s, first)
  const all: States[] = []
  for (let step = first; seen[step] === layer && step <= last; step++) all.push(statesAt(s, step))
  const union = (of: keyof States): string[] => [...new Set(all.flatMap((states) => states[of]))].sort()
  return { cheapest: union('cheapest'), possible: union('possible') }
}

/** Of equal moments with equal futures. */
const known = new WeakMap<object, Map<unknown, Map<number, States>>>()

const statesAt = <E>(s: Surviving<E>, step: number): States => {
  const { searched, onward, cheapest, slack } = s
  const { to } = searched.transitions[step]!
  const future = onward.at[step]!
  const spare = cheapest - searched.least[step]! - onward.least[step]!
  const bySpare = entryOf(entryOf(known, future), to)
  const found = bySpare.get(spare * 64 + slack)
  if (found !== undefined) return found
  const names = (most: number): string[] => {
    const held = to.all.filter(({ cost, isHeld }, i) => isHeld && cost + future.cost[i]! <= spare + most)
    return [...new Set(held.map(({ h }) => searched.actor.name(h.end)))].sort()
  }
  const states = { cheapest: names(0), possible: names(slack) }
  bySpare.set(spare * 64 + slack, states)
  return states
}

/** The nodes at the end that cost at most so much more than the cheapest. */
const survivors = <E>(s: Surviving<E>, most: number): Node<E>[] => {
  const { transitions, steps } = s.searched
  const last = transitions.length - 1
  const found: Node<E>[] = []
  for (let step = last; step >= 0 && (step === last || steps.seen[step] === steps.seen[last]); step--)
    for (const [i, { isHeld }] of transitions[step]!.to.all.entries())
      if (isHeld && totalAt(s, step, i) <= s.cheapest + most) found.push(new Node(s.searched, step, i))
  return found
}

/** At the end of the capture: what else the end could be, each with the least it would have to invent, by its last invention. */
export const alternatives = <E>(s: Surviving<E>, inventing = new Inventing(s)): Alternative[] => {
  const { actor } = s.searched
  const usual = new Set(survivors(s, 0).map((n) => actor.name(n.h.end)))
  const best = new Map<string, Alternative>()
  for (const n of survivors(s, s.slack)) {
    const state = actor.name(n.h.end)
    if (usual.has(state)) continue
    const run = inventing.through(n)
    const found = { end: actor.side, state, cost: totalAt(s, n.step, n.index), invents: wordsOf(run) }
    const { id, about } = run.invents.at(-1) ?? {}
    const key = `${state} ${id} ${about?.what} ${about?.times}`
    if (found.cost < (best.get(key)?.cost ?? Number.POSITIVE_INFINITY)) best.set(key, found)
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost)
}

/** What the cheapest run through a node invents, in order, and how many segments it takes to be lost or overtaken. */
export const inventions = <E>(s: Surviving<E>, n: Node<E>, inventing = new Inventing(s)): string[] =>
  wordsOf(inventing.through(n))

/** What the cheapest runs of an end invent, and what else it could be. */
export const explanationOf = <E>(s: Surviving<E>): { invents: string[]; alternatives: Alternative[] } => {
  const inventing = new Inventing(s)
  return { invents: inventions(s, cheapestEnd(s), inventing), alternatives: alternatives(s, inventing) }
}

const wordsOf = ({ invents, lost }: Invented): string[] => {
  const words = invents.map((i) => i.words)
  return lost > 0 ? [...words, `${lost} segment${lost > 1 ? 's' : ''} lost or overtaken`] : words
}

/** The nodes at the end that cost at most so much more than the cheapest, the cheapest first. */
export const endsWithin = <E>(s: Surviving<E>, most: number): Node<E>[] =>
  survivors(s, most).sort((a, b) => totalAt(s, a.step, a.index) - totalAt(s, b.step, b.index))

/** One of the cheapest nodes at the end. */
export const cheapestEnd = <E>(s: Surviving<E>): Node<E> => survivors(s, 0)[0]!
