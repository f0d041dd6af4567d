/** How often something happened on the runs that survive a replay, and by which packets: at least, at most. */
import type { Hypothesis } from '../replay/actors/hypothesis.ts'
import type { Surviving } from '../replay/beliefs.ts'
import { entryOf } from '../replay/search/entry.ts'
import type { Edge, Transition } from '../replay/search/transition.ts'

/** The n-th time (from 1) that something happened. */
export interface Happening {
  readonly n: number
  /** The layer (see `Searched`) in which it may have happened first, and the first one by which it must have; none: `Infinity`. */
  readonly first: number
  readonly by: number
  /** It happened on every run that was counted. */
  readonly certain: boolean
}

/** One step of a run. Only along a hidden edge are both in numbers of the same frame. */
export interface Along<E> {
  readonly edge: Edge
  readonly from: Hypothesis<E>
  readonly to: Hypothesis<E>
}

/** Which runs are counted. */
export interface Runs<E> {
  readonly surviving: Surviving<E>
  /** Runs of one search with equal likeness are the same runs. */
  readonly likeness: string
  /** How much more than the cheapest they may cost. */
  readonly slack: number
  /** @param layer how many packets were seen before the step */
  allows(along: Along<E>, layer: number): boolean
  /** Equal for layers of which it allows the same. */
  layerKey?(layer: number): string
  mayEnd(h: Hypothesis<E>): boolean
}

/** Of connections that are alike, which share a search. */
const counted = new WeakMap<object, Map<string, Happening[] | undefined>>()

/** Whether it happens on the way. */
export type Counts<E> = (along: Along<E>) => boolean

/** Nothing at all where no run is allowed. @param what a name for what is counted */
export const happenings = <E>(runs: Runs<E>, what: string, counts: Counts<E>): Happening[] | undefined => {
  const known = counted.get(runs.surviving) ?? new Map<string, Happening[] | undefined>()
  counted.set(runs.surviving, known)
  const key = `${what} ${runs.likeness}`
  if (!known.has(key)) known.set(key, count(runs, what, counts))
  return known.get(key)
}

const count = <E>(runs: Runs<E>, what: string, counts: Counts<E>): Happening[] | undefined => {
  const { transitions, steps } = runs.surviving.searched
  const bounds: Range[] = []
  const known = new KnownRanges(runs)
  let ranges: Ranges = []
  for (let step = 0; step < transitions.length; step++) {
    const moment = known.at(step, ranges) ?? known.set(step, ranges, momentAt(runs, step, ranges, what, counts))
    const { here } = moment
    ranges = moment.ranges
    const seen = steps.seen[step]!
    const before = step === 0 ? -1 : steps.seen[step - 1]!
    for (let layer = Math.min(seen, before + 1); layer <= seen; layer++)
      bounds[layer] = seen === before ? hull([bounds[layer], here]) : here
  }
  const end = transitions.at(-1)!.to
  const last = ranges.filter((_, i) => ends(runs, transitions.length - 1, i))
  if (!last.some((range) => range !== undefined) || end.all.length === 0) return undefined
  const { least, most } = hull(last)
  return Array.from({ length: most }, (_, i) => {
    const by = bounds.findIndex((b) => b.least > i)
    return {
      n: i + 1,
      first: bounds.findIndex((b) => b.most > i),
      by: by < 0 ? Number.POSITIVE_INFINITY : by,
      certain: least > i,
    }
  })
}

const momentAt = <E>(runs: Runs<E>, step: number, before: Ranges, what: string, counts: Counts<E>): Moment => {
  const { transitions } = runs.surviving.searched
  const ranges = rangesAt(runs, step, before, happensOn(transitions, step, what, counts))
  const { all } = transitions[step]!.to
  return { ranges, here: hull(ranges.filter((_, i) => all[i]!.isHeld)) }
}

interface Range {
  readonly least: number
  readonly most: number
}

/** By index of the hypotheses at a moment; undefined where no run leads. */
type Ranges = (Range | undefined)[]

interface Moment {
  readonly ranges: Ranges
  /** Over those that may hold until the next packet. */
  readonly here: Range
}

const hull = (ranges: Ranges): Range => {
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const range of ranges) {
    if (range === undefined) continue
    least = Math.min(least, range.least)
    most = Math.max(most, range.most)
  }
  return { least, most }
}

const ends = <E>({ surviving: s, slack, mayEnd }: Runs<E>, step: number, index: number): boolean => {
  const { h, cost, isHeld } = s.searched.transitions[step]!.to.all[index]!
  return isHeld && s.searched.least[step]! + cost + h.due.length <= s.cheapest + slack && mayEnd(h)
}

/** Of each edge of a transition, in order: known for all times that a capture takes it. */
type Happens = readonly (readonly boolean[])[]
const happening = new WeakMap<object, Map<object, Map<string, Happens>>>()

const happensOn = <E>(
  transitions: readonly Transition<E>[],
  step: number,
  what: string,
  counts: Counts<E>,
): Happens => {
  const [before, now] = [transitions[step - 1], transitions[step]!]
  const from = before?.to ?? now.to
  const byWhat = entryOf(entryOf(happening, now), from)
  const known = byWhat.get(what)
  if (known !== undefined) return known
  const found = now.edges.map((edges, to) => edges.map((edge) => counts(alongOf(edge, from, now.to, to))))
  byWhat.set(what, found)
  return found
}

const alongOf = <E>(edge: Edge, from: Transition<E>['to'], now: Transition<E>['to'], to: number): Along<E> => ({
  edge,
  from: (edge.isHidden ? now : from).all[edge.source]!.h,
  to: now.all[to]!.h,
})

/** Equal moments with equal ranges before and equal costs onward have equal ranges: regular text takes a look-up a packet. */
class KnownRanges<E> {
  readonly #runs: Runs<E>
  /** By the transition, the hypotheses before it, the way onward, and the ranges before. */
  readonly #known = new Map<object, Map<object, Map<object, Map<Ranges, Map<number | string, Moment>>>>>()
  readonly #same = new Map<string, Ranges>()

  constructor(runs: Runs<E>) {
    this.#runs = runs
  }

  at(step: number, before: Ranges): Moment | undefined {
    return this.#entry(step, before).get(this.#key(step))
  }

  set(step: number, before: Ranges, { ranges, here }: Moment): Moment {
    const text = ranges.map((r) => (r === undefined ? '' : `${r.least}-${r.most}`)).join()
    const moment = { ranges: this.#same.get(text) ?? ranges, here }
    this.#same.set(text, moment.ranges)
    this.#entry(step, before).set(this.#key(step), moment)
    return moment
  }

  #entry(step: number, before: Ranges): Map<number | string, Moment> {
    const { searched, onward } = this.#runs.surviving
    const transition = searched.transitions[step]!
    const from = searched.transitions[step - 1] ?? transition
    return entryOf(entryOf(entryOf(entryOf(this.#known, transition), from.to), onward.at[step]!), before)
  }

  /** What a run may cost beyond the cheapest that leads there, and what else the runs depend on. */
  #key(step: number): number | string {
    const { surviving: s, layerKey } = this.#runs
    const { least, steps } = s.searched
    const spare = s.cheapest - least[step]! - s.onward.least[step]!
    if (layerKey === undefined) return spare
    return `${spare} ${layerKey(steps.seen[step]!)} ${layerKey(steps.seen[Math.max(0, step - 1)]!)}`
  }
}

/** Hidden steps between two packets come in no particular order: more rounds than this never are needed. */
const ROUNDS = 50

const rangesAt = <E>(runs: Runs<E>, step: number, before: Ranges, happens: Happens): Ranges => {
  const { edges } = runs.surviving.searched.transitions[step]!
  const now: Ranges = edges.map(() => undefined)
  for (let round = 0, changed = true; changed && round < ROUNDS; round++) {
    changed = false
    for (const index of edges.keys()) {
      const known = now[index]
      const found = rangeOf(runs, step, index, before, now, happens[index]!)
      if (found === undefined || (known?.least === found.least && known.most === found.most)) continue
      now[index] = found
      changed = true
    }
  }
  return now
}

const rangeOf = <E>(
  { surviving: s, slack, allows }: Runs<E>,
  step: number,
  index: number,
  before: Ranges,
  now: Ranges,
  happens: readonly boolean[],
): Range | undefined => {
  const { transitions, least, steps } = s.searched
  const edges = transitions[step]!.edges[index]!
  if (edges.length === 0) return { least: 0, most: 0 }
  const onward = s.onward.least[step]! + s.onward.at[step]!.cost[index]!
  const from = transitions[step - 1]?.to ?? transitions[step]!.to
  const found = edges.flatMap((edge, i) => {
    const range = (edge.isHidden ? now : before)[edge.source]
    const source = edge.isHidden ? step : step - 1
    const cost = least[source]! + transitions[source]!.to.all[edge.source]!.cost
    if (range === undefined || cost + edge.cost + onward > s.cheapest + slack) return []
    if (!allows(alongOf(edge, from, transitions[step]!.to, index), steps.seen[source]!)) return []
    const one = happens[i] ? 1 : 0
    return [{ least: range.least + one, most: range.most + one }]
  })
  return found.length === 0 ? undefined : hull(found)
}
