import type { Levels } from './levels.ts'
import type { Space, Successors } from './space.ts'

const BLOCK = 256

/** A state together with the level on which the search met it first. */
export interface Placed {
  readonly level: number
  readonly state: number
}

/** What a breadth-first search has left to walk back through. */
export interface Walked {
  readonly space: Space
  readonly expander: Successors
  readonly levels: Levels
}

/**
 * Shortest paths from initial states to the given states, without parent pointers: each level before is expanded again
 * until the predecessors are met. All targets are walked back together, so the cost is one more search at most.
 */
export function walkBack({ space, expander, levels }: Walked, targets: readonly Placed[]): number[][] {
  const paths = targets.map(({ state }) => [state])
  const deepest = targets.reduce((most, { level }) => Math.max(most, level), 0)
  for (let level = deepest; level > 0; level--) {
    const wanted = new Map<number, number[][]>()
    targets.forEach((target, i) => {
      if (target.level < level) return
      const path = paths[i]!
      wanted.set(path[0]!, [...(wanted.get(path[0]!) ?? []), path])
    })
    findPredecessors(space, expander, levels, level - 1, wanted)
  }
  return paths
}

/** Puts in front of each wanted path the first state of the level that leads to it. */
function findPredecessors(
  space: Space,
  expander: Successors,
  levels: Levels,
  level: number,
  wanted: Map<number, number[][]>,
): void {
  const source = new Float64Array(BLOCK)
  const digits = new Int32Array(BLOCK * space.columns)
  const lowBits = new Uint8Array(65_536)
  for (const state of wanted.keys()) lowBits[state & 65_535] = 1
  const { from, to } = levels.range(level)
  for (let at = from; at < to && wanted.size > 0; ) {
    const count = levels.read(at, Math.min(BLOCK, to - at), source)
    space.digits(source, count, digits)
    const written = expander.expand(source, digits, count)
    const { out, ends } = expander
    for (let w = 0, i = 0; w < written; w++) {
      while (w >= ends[i]!) i++
      if (lowBits[out[w]! & 65_535] === 0) continue
      for (const path of wanted.get(out[w]!) ?? []) path.unshift(source[i]!)
      wanted.delete(out[w]!)
    }
    at += count
  }
}
