/**
 * From each hypothesis the cheapest way to the end of the capture. Computed backwards; equal moments with equal futures
 * share one result, so that it costs little more than a look-up at each packet of regular traffic.
 */
import { entryOf } from './entry.ts'
import type { Searched } from './search.ts'
import type { Edge, Transition } from './transition.ts'

/** By index of the hypotheses at a moment. */
export interface Onward {
  /** Cost to the end beyond the least of them; `Infinity` if none of its runs gets there. */
  readonly cost: readonly number[]
  /** The next step of a cheapest run. */
  readonly next: readonly (Onwards | undefined)[]
  /** What was found at the moment before, by the step from there to here, and by the one that led there. */
  readonly before: Map<Transition<never>, Map<Transition<never>, Found>>
}

export interface Onwards {
  readonly edge: Edge
  /** Index of the hypothesis to which it leads: of the same moment, if the edge is hidden, or of the next. */
  readonly to: number
}

export interface OnwardOf {
  /** By number of steps. */
  readonly at: readonly Onward[]
  /** By number of steps: the least cost from there to the end, `Infinity` where nothing leads to it. */
  readonly least: Float64Array
}

/** What a search found, and which of its hypotheses lead to the end of the capture. */
export interface Surviving<E> {
  readonly searched: Searched<E>
  /** From every hypothesis that leads to the end of the capture: the cheapest way there. Found when it is first looked at. */
  readonly onward: OnwardOf
  readonly cheapest: number
  readonly slack: number
  /** The same of an equal search by another actor. */
  of(searched: Searched<E>): Surviving<E>
}

/** @param owed what a hypothesis costs more if the capture ends with it */
export const onwardOf = <E>(
  { transitions }: Searched<E>,
  owed: (end: Transition<E>, index: number) => number,
): OnwardOf => {
  const last = transitions.length - 1
  const at: Onward[] = new Array(transitions.length)
  const least = new Float64Array(transitions.length)
  const end = transitions[last]!
  const now = within(
    end,
    end.to.all.map(({ isHeld }, i) => ({ cost: isHeld ? owed(end, i) : Number.POSITIVE_INFINITY })),
  )
  at[last] = now.onward
  least[last] = now.least
  for (let step = last - 1; step >= 0; step--) {
    const found = before(transitions[step]!, transitions[step + 1]!, at[step + 1]!)
    at[step] = found.onward
    least[step] = least[step + 1]! + found.least
  }
  return { at, least }
}

interface Found {
  readonly onward: Onward
  /** What the least of it costs, beyond the least of the next moment. */
  readonly least: number
}

interface Way {
  readonly cost: number
  readonly next?: Onwards
}

/** Found once: of regular text nearly every packet asks for what is known. */
const before = <E>(from: Transition<E>, over: Transition<E>, onward: Onward): Found => {
  const memo = entryOf(onward.before, over as Transition<never>)
  const known = memo.get(from as Transition<never>)
  if (known !== undefined) return known
  const found = across(from, over, onward)
  memo.set(from as Transition<never>, found)
  return found
}

/** Across a packet, and then through the hidden steps before it. */
const across = <E>(from: Transition<E>, over: Transition<E>, onward: Onward): Found => {
  const ways: Way[] = from.to.all.map(() => ({ cost: Number.POSITIVE_INFINITY }))
  over.edges.forEach((edges, to) => {
    for (const edge of edges) {
      const cost = edge.cost + onward.cost[to]!
      if (!edge.isHidden && cost < ways[edge.source]!.cost) ways[edge.source] = { cost, next: { edge, to } }
    }
  })
  return within(from, ways)
}

/** Hidden steps lead on to others of the same moment. */
const within = <E>({ edges }: Transition<E>, begin: readonly Way[]): Found => {
  const ways = [...begin]
  for (let changed = true; changed; ) {
    changed = false
    edges.forEach((into, to) => {
      for (const edge of into) {
        const cost = edge.cost + ways[to]!.cost
        if (!edge.isHidden || cost >= ways[edge.source]!.cost) continue
        ways[edge.source] = { cost, next: { edge, to } }
        changed = true
      }
    })
  }
  const least = ways.reduce((min, { cost }) => Math.min(min, cost), Number.POSITIVE_INFINITY)
  return { least, onward: one(edges, ways, least) }
}

/** Equal results at one transition are one object. */
const results = new WeakMap<object, Map<string, Onward>>()

const one = (of: object, ways: readonly Way[], least: number): Onward => {
  const key = ways.map(({ cost, next }) => `${cost - least} ${next?.to} ${next?.edge.isHidden}`).join()
  const same = entryOf(results, of)
  const onward = same.get(key) ?? {
    cost: ways.map(({ cost }) => (cost === Number.POSITIVE_INFINITY ? cost : cost - least)),
    next: ways.map(({ next }) => next),
    before: new Map(),
  }
  same.set(key, onward)
  return onward
}
