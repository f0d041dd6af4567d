/**
 * What an end's kernel must have counted, if the tap is its own interface: the least and the most over all runs of the model
 * that show these packets. There a segment that the tap does not see was not sent, and one that it sees arrives: whatever a
 * run loses is dearer than any invention.
 */
import type { Counter } from '../../model/index.ts'
import type { Surviving } from './beliefs.ts'
import { wire } from './inventions.ts'
import type { Edge, Node } from './search/search.ts'

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

/** @param slack what is counted in runs that invent so much more than the one that invents least */
export const countedBy = <E>({ searched }: Surviving<E>, slack: number): Counted => {
  const reached = new Map<Node<E>, Reached>()
  const ends = searched.layers.at(-1)!
  for (const node of inOrder(ends)) reached.set(node, reach(node, reached, slack))
  const total = (n: Node<E>): number =>
    reached.get(n)!.cost + (wire.lost + wire.lostAtOwnInterface) * (n.h.due.length + n.h.unseen.length)
  const least = Math.min(...ends.map(total))
  const found = ends.flatMap((n) => reached.get(n)!.counted[slack - (total(n) - least)] ?? [])
  return found.reduce(either)
}

const reach = <E>(node: Node<E>, reached: ReadonlyMap<Node<E>, Reached>, slack: number): Reached => {
  const into = node.from.flatMap((edge) => {
    const from = reached.get(edge.node)
    return from === undefined ? [] : [{ from, edge, cost: from.cost + weightOf(edge) }]
  })
  if (into.length === 0) return { cost: 0, counted: Array.from({ length: slack + 1 }, () => NONE) }
  const cost = Math.min(...into.map((way) => way.cost))
  const counted = Array.from({ length: slack + 1 }, (_, spare) => {
    const ways = into.flatMap((way) => {
      const before = way.from.counted[spare - (way.cost - cost)]
      return before === undefined ? [] : [plus(before, way.edge.count)]
    })
    return ways.reduce(either)
  })
  return { cost, counted }
}

const weightOf = <E>({ cost, astray = 0 }: Edge<E>): number => cost + wire.lostAtOwnInterface * astray

/** Every node that leads to these, each after those that lead to it. */
const inOrder = <E>(ends: readonly Node<E>[]): Set<Node<E>> => {
  const done = new Set<Node<E>>()
  const entered = new Set<Node<E>>()
  const waiting = [...ends]
  for (let n = waiting.at(-1); n !== undefined; n = waiting.at(-1)) {
    if (entered.has(n)) {
      waiting.pop()
      done.add(n)
      continue
    }
    entered.add(n)
    for (const { node } of n.from) if (!entered.has(node)) waiting.push(node)
  }
  return done
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
