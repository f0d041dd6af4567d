import type { Compiled } from '../compile/index.ts'
import type { Sum } from '../property.ts'
import { type Diagrams, EMPTY, END } from './diagrams.ts'
import type { Sets } from './sets.ts'

/**
 * The worlds in which each of the sums is right. A set of worlds is gone through once for each sum that its groups may still have to make
 * up, not once for each combination of slices.
 * @param groups those that count; any other adds nothing
 */
export function withRightSums(
  { codec }: Compiled,
  diagrams: Diagrams,
  sums: readonly Sum[],
  groups: readonly number[],
  sets: Sets,
): Sets {
  return sums.reduce<Sets>((left, { total, of }) => {
    const counted = new Set(groups)
    const weights: number[] = []
    const weightOf = (level: number, slice: number): number => {
      if (!counted.has(level)) return 0
      weights[slice] ??= of(codec.sliceParts(level, slice))
      return weights[slice]
    }
    const known = new Map<string, number>()
    return left.map((set, hub) =>
      set === EMPTY ? EMPTY : adding(diagrams, set, total(codec.hubParts(hub)), weightOf, known),
    )
  }, sets)
}

/** The tuples of a set whose weights add up to so much. */
function adding(
  diagrams: Diagrams,
  set: number,
  sum: number,
  weightOf: (level: number, value: number) => number,
  known: Map<string, number>,
): number {
  const follow = (node: number, missing: number, level: number): number => {
    if (node === END) return missing === 0 ? END : EMPTY
    const key = `${node} ${missing}`
    const before = known.get(key)
    if (before !== undefined) return before
    const entries = diagrams.entries(node)
    const below: number[] = []
    for (let i = 0; i < entries.length; i += 2) {
      below.push(follow(entries[i + 1]!, missing - weightOf(level, entries[i]!), level + 1))
    }
    diagrams.begin()
    below.forEach((child, i) => {
      diagrams.push(entries[2 * i]!, child)
    })
    const result = diagrams.finish()
    known.set(key, result)
    return result
  }
  return follow(set, sum, 0)
}
