/** How often something happened on the runs that survive a replay, and by which packets: at least, at most. */
import type { Surviving } from '../replay/beliefs.ts'
import type { Edge, Node } from '../replay/search/search.ts'

/** The n-th time (from 1) that something happened. */
export interface Happening {
  readonly n: number
  /** The layer (see `Searched`) in which it may have happened first, and the first one by which it must have; none: `Infinity`. */
  readonly first: number
  readonly by: number
  /** It happened on every run that was counted. */
  readonly certain: boolean
}

/** Something that happens on the way along an edge, to this node. */
export type Along<E> = (edge: Edge<E>, to: Node<E>) => boolean

/** Which runs are counted. */
export interface Runs<E> {
  readonly surviving: Surviving<E>
  /** Runs of one search with equal likeness are the same runs. */
  readonly likeness: string
  /** How much more than the cheapest they may cost. */
  readonly slack: number
  readonly allows: Along<E>
  readonly mayEnd: (n: Node<E>) => boolean
}

/** Of connections that are alike, which share a search. */
const counted = new WeakMap<object, Map<string, Happening[] | undefined>>()

/** Nothing at all where no run is allowed. @param what a name for what is counted */
export const happenings = <E>(runs: Runs<E>, what: string, counts: Along<E>): Happening[] | undefined => {
  const known = counted.get(runs.surviving) ?? new Map<string, Happening[] | undefined>()
  counted.set(runs.surviving, known)
  const key = `${what} ${runs.likeness}`
  if (!known.has(key)) known.set(key, count(runs, counts))
  return known.get(key)
}

const count = <E>(runs: Runs<E>, counts: Along<E>): Happening[] | undefined => {
  const { layers } = runs.surviving.searched
  const ranges = rangesOf(runs, counts)
  const last = layers.at(-1)!.flatMap((n) => (ends(runs, n) ? (ranges.get(n) ?? []) : []))
  if (last.length === 0) return undefined
  const bounds = layers.map((layer) => hull(layer.flatMap((n) => ranges.get(n) ?? [])))
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

interface Range {
  readonly least: number
  readonly most: number
}

const hull = (ranges: readonly Range[]): Range => ({
  least: ranges.reduce((min, r) => Math.min(min, r.least), Number.POSITIVE_INFINITY),
  most: ranges.reduce((max, r) => Math.max(max, r.most), 0),
})

const ends = <E>({ surviving: s, slack, mayEnd }: Runs<E>, n: Node<E>): boolean =>
  n.cost + n.h.due.length <= s.cheapest + slack && mayEnd(n)

/** Hidden steps between two packets come in no particular order: more rounds than this never are needed. */
const ROUNDS = 50

const rangesOf = <E>(runs: Runs<E>, counts: Along<E>): Map<Node<E>, Range> => {
  const ranges = new Map<Node<E>, Range>()
  for (const layer of runs.surviving.searched.layers)
    for (let round = 0, changed = true; changed && round < ROUNDS; round++) {
      changed = false
      for (const n of layer) {
        const known = ranges.get(n)
        const found = rangeOf(runs, n, ranges, counts)
        if (found === undefined || (known?.least === found.least && known.most === found.most)) continue
        ranges.set(n, found)
        changed = true
      }
    }
  return ranges
}

const rangeOf = <E>(
  { surviving: s, slack, allows }: Runs<E>,
  n: Node<E>,
  ranges: ReadonlyMap<Node<E>, Range>,
  counts: Along<E>,
): Range | undefined => {
  if (n.from.length === 0) return { least: 0, most: 0 }
  const onward = s.onward.get(n)?.cost ?? Number.POSITIVE_INFINITY
  const found = n.from.flatMap((edge) => {
    const before = ranges.get(edge.node)
    if (before === undefined || edge.node.cost + edge.cost + onward > s.cheapest + slack) return []
    if (!allows(edge, n)) return []
    const one = counts(edge, n) ? 1 : 0
    return [{ least: before.least + one, most: before.most + one }]
  })
  return found.length === 0 ? undefined : hull(found)
}
