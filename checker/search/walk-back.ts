import type { Compiled } from '../compile/index.ts'
import { Expander, type StepWatch } from './expand.ts'
import type { Levels } from './levels.ts'

const BLOCK = 256

/** A state together with the level on which the search met it first. */
export interface Placed {
  readonly level: number
  readonly state: number
}

/**
 * Shortest paths from initial states to the given states, without parent pointers: each level before is expanded again
 * until the predecessors are met. All targets are walked back together, so the cost is one more search at most.
 */
export function walkBack(compiled: Compiled, levels: Levels, targets: readonly Placed[]): number[][] {
  const paths = targets.map(({ state }) => [state])
  const deepest = targets.reduce((most, { level }) => Math.max(most, level), 0)
  for (let level = deepest; level > 0; level--) {
    const wanted = new Map<number, number[][]>()
    targets.forEach((target, i) => {
      if (target.level < level) return
      const path = paths[i]!
      const same = wanted.get(path[0]!)
      if (same === undefined) wanted.set(path[0]!, [path])
      else same.push(path)
    })
    findPredecessors(compiled, levels, level - 1, wanted)
  }
  return paths
}

/** Puts in front of each wanted path the first state of the level that leads to it. */
function findPredecessors(compiled: Compiled, levels: Levels, level: number, wanted: Map<number, number[][]>): void {
  const { codec } = compiled
  const expander = new Expander(compiled)
  const block = Math.max(1, Math.min(BLOCK, Math.floor(32_768 / Math.max(expander.maxDegree, 1))))
  const source = new Float64Array(block)
  const digits = new Int32Array(block * (codec.groups + 1))
  const successors = new Float64Array(block * Math.max(expander.maxDegree, 1))
  const low = new Uint8Array(65_536)
  for (const state of wanted.keys()) low[state & 65_535] = 1
  const take = (from: number, successor: number): void => {
    for (const path of wanted.get(successor) ?? []) path.unshift(from)
    wanted.delete(successor)
  }
  const { from, to } = levels.range(level)
  for (let at = from; at < to && wanted.size > 0; ) {
    const count = levels.read(at, Math.min(block, to - at), source)
    codec.digits(source, count, digits)
    const written = expander.expand(source, digits, count, successors, unwatched(compiled))
    let meets = false
    for (let i = 0; i < written && !meets; i++) meets = low[successors[i]! & 65_535] === 1 && wanted.has(successors[i]!)
    for (let i = 0; meets && i < count; i++) {
      levels.read(at + i, 1, source)
      codec.digits(source, 1, digits)
      const own = expander.expand(source, digits, 1, successors, unwatched(compiled))
      for (let j = 0; j < own; j++) take(source[0]!, successors[j]!)
    }
    at += count
  }
}

const watches = new WeakMap<Compiled, StepWatch>()

/** A watch that has seen everything already. */
export function unwatched(compiled: Compiled): StepWatch {
  let watch = watches.get(compiled)
  if (watch === undefined) {
    watch = {
      stepSeen: new Uint8Array(compiled.tables.stepTarget.length).fill(1),
      pairs: undefined,
      onEvery: undefined,
      onStep() {},
      onPair() {},
      onTogether() {},
    }
    watches.set(compiled, watch)
  }
  return watch
}
