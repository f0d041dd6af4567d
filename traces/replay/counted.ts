/**
 * What an end's kernel must have counted, if the tap is its own interface: the least and the most over all runs of the model
 * that show these packets. There a segment that the tap does not see was not sent, and one that it sees arrives: whatever a
 * run loses is dearer than any invention.
 */
import type { Counter } from '../../model/index.ts'
import type { Surviving } from './beliefs.ts'
import { wire } from './inventions.ts'
import type { Edge, Transition } from './search/transition.ts'

/** How often, at least and at most. */
export type Range = readonly [least: number, most: number]

/** A counter that is absent counted nothing. */
export type Counted = ReadonlyMap<Counter, Range>

const NOTHING: Range = [0, 0]
const NONE: Counted = new Map()

interface Reached {
  readonly cost: number
  /** By how much dearer a run to here may be than the cheapest. */
  readonly counted: readonly (Counted | undefined)[]
}

/** By index of the hypotheses at a moment; absent where nothing was reached. */
type AtMoment = (Reached | undefined)[]

/** @param slack what is counted in runs that invent so much more than the one that invents least */
export const countedBy = <E>({ searched }: Surviving<E>, slack: number): Counted => {
  let now: AtMoment = []
  for (const transition of searched.transitions) now = reachedBy(transition, now, slack)
  const { all } = searched.transitions.at(-1)!.to
  const ends = all.flatMap(({ h, isHeld }, i) => {
    const reached = now[i]
    return isHeld && reached
      ? [{ reached, total: reached.cost + (wire.lost + wire.lostAtOwnInterface) * (h.due.length + h.unseen.length) }]
      : []
  })
  const least = Math.min(...ends.map(({ total }) => total))
  return ends.flatMap(({ reached, total }) => reached.counted[slack - (total - least)] ?? []).reduce(either)
}

const reachedBy = <E>({ edges }: Transition<E>, before: AtMoment, slack: number): AtMoment => {
  const now: AtMoment = edges.map(() => undefined)
  for (const index of inOrder(edges)) now[index] = reach(edges[index]!, before, now, slack)
  return now
}

const reach = (edges: readonly Edge[], before: AtMoment, now: AtMoment, slack: number): Reached => {
  const into = edges.flatMap((edge) => {
    const from = (edge.isHidden ? now : before)[edge.source]
    return from === undefined ? [] : [{ from, edge, cost: from.cost + weightOf(edge) }]
  })
  if (into.length === 0) return { cost: 0, counted: Array.from({ length: slack + 1 }, () => NONE) }
  const cost = Math.min(...into.map((way) => way.cost))
  const counted = Array.from({ length: slack + 1 }, (_, spare) => {
    const ways = into.flatMap((way) => {
      const earlier = way.from.counted[spare - (way.cost - cost)]
      return earlier === undefined ? [] : [plus(earlier, way.edge.count)]
    })
    return ways.reduce(either)
  })
  return { cost, counted }
}

const weightOf = ({ cost, astray = 0 }: Edge): number => cost + wire.lostAtOwnInterface * astray

/** The hypotheses of a moment, each after those from which hidden steps lead to it. */
const inOrder = (edges: readonly (readonly Edge[])[]): number[] => {
  const done = new Set<number>()
  const entered = new Set<number>()
  const waiting = edges.map((_, i) => i).reverse()
  for (let n = waiting.at(-1); n !== undefined; n = waiting.at(-1)) {
    if (entered.has(n)) {
      waiting.pop()
      done.add(n)
      continue
    }
    entered.add(n)
    for (const { isHidden, source } of edges[n]!) if (isHidden && !entered.has(source)) waiting.push(source)
  }
  return [...done]
}

const plus = (before: Counted, count: readonly Counter[] = []): Counted => {
  if (count.length === 0) return before
  const after = new Map(before)
  for (const c of count) {
    const [least, most] = after.get(c) ?? NOTHING
    after.set(c, [least + 1, most + 1])
  }
  return after
}

/** One or the other happened. */
const either = (a: Counted, b: Counted): Counted => (a === b ? a : joined(a, b, join))

/** Both happened. */
export const both = (a: Counted, b: Counted): Counted => joined(a, b, add)

const join = (a: Range, b: Range): Range => [Math.min(a[0], b[0]), Math.max(a[1], b[1])]
const add = (a: Range, b: Range): Range => [a[0] + b[0], a[1] + b[1]]

const joined = (a: Counted, b: Counted, of: (a: Range, b: Range) => Range): Counted =>
  new Map([...new Set([...a.keys(), ...b.keys()])].map((c) => [c, of(a.get(c) ?? NOTHING, b.get(c) ?? NOTHING)]))
