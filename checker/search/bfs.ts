import type { Compiled } from '../compile/index.ts'
import type { Bound, CheckOptions } from '../report.ts'
import { chooseVisited, makeVisited, type Visited } from '../visited/visited.ts'
import type { Bounds } from './bounds.ts'
import { Expander } from './expand.ts'
import { Levels } from './levels.ts'
import { type Entry, type Hit, isWitness } from './record.ts'
import { StateWatch } from './watch-states.ts'
import { StepRecorder } from './watch-steps.ts'

/** States expanded together: their successors stay in the processor's cache. */
const BLOCK = 512

/** What a breadth-first search leaves behind. */
export interface Searched {
  readonly visited: Visited
  readonly levels: Levels
  readonly expander: Expander
  readonly transitions: number
  readonly exhausted: boolean
  readonly bound?: Bound
  /** Worlds that no step leads away from and that are no declared end. */
  readonly deadlocks: number
  readonly deadlock: Hit | undefined
  readonly fired: ReadonlySet<string>
}

/**
 * Level-synchronous breadth-first search over the product index: deterministic in states, transitions, depth and in what
 * is found first. Fills in the entries of invariants, step properties and reachable properties.
 */
export function breadthFirst(
  compiled: Compiled,
  entries: readonly Entry[],
  options: CheckOptions,
  bounds: Bounds,
): Searched {
  const { codec, system, initial } = compiled
  codec.refuseIfTooLarge()
  const visited = makeVisited(options.visited ?? chooseVisited(codec.size, bounds.maxMemory), codec.size)
  const levels = new Levels(codec.size)
  const states = new StateWatch(compiled, entries)
  const steps = new StepRecorder(compiled, entries)
  const expander = new Expander(compiled, BLOCK, {
    onRow: (group, slice, hub, state) => states.look(group, slice, hub, state),
    onStep: (group, slice, hub, step, nextHub, from, to) => steps.onStep(group, slice, hub, step, nextHub, from, to),
    onTogether: (rule, digits, at, from, to) => steps.onTogether(rule, digits, at, from, to),
  })
  const source = new Float64Array(BLOCK)
  const digits = new Int32Array(BLOCK * (codec.groups + 1))
  let fresh = new Float64Array(Math.max(expander.out.length, initial.length))
  levels.append(fresh, visited.addAll(Float64Array.from(initial), initial.length, fresh))
  levels.close()
  let transitions = 0
  let deadlocks = 0
  let deadlock: Hit | undefined
  let bound: Bound | undefined
  for (let level = 0; bound === undefined; level++) {
    const { from, to } = levels.range(level)
    if (from === to) break
    const expands = options.maxDepth === undefined || level < options.maxDepth
    if (!expands) bound = 'depth'
    states.level = level
    steps.level = level
    for (let at = from; at < to && (bound === undefined || !expands); ) {
      const count = levels.read(at, Math.min(BLOCK, to - at), source)
      at += count
      codec.digits(source, count, digits)
      states.inspectWhole(source, digits, count)
      if (!expands || codec.groups === 0) states.inspectAll(source, digits, count)
      if (expands) {
        const written = expander.expand(source, digits, count)
        transitions += written
        if (fresh.length < written) fresh = new Float64Array(expander.out.length)
        levels.append(fresh, visited.addAll(expander.out, written, fresh))
        if (steps.needsEvery)
          expander.eachStep(source, digits, count, (step, _g, a, b) => steps.lookAtWhole(step, a, b))
        for (const i of expander.stuck) {
          if (system.isEnd?.(codec.decode(source[i]!))) continue
          deadlocks++
          deadlock ??= { level, from: source[i]!, group: -1 }
        }
      }
      const queued = levels.length - at
      const bytes = visited.bytes + levels.bytes + expander.rows.bytes
      bound ??= bounds.hit({ phase: 'search', depth: level, states: visited.count, transitions, queued, bytes })
      if (options.stopAtFirstViolation && anyViolation(entries, deadlock)) bound = 'first violation'
    }
    levels.close()
  }
  const exhausted = bound === undefined
  const { fired } = steps
  return { visited, levels, expander, transitions, exhausted, ...(bound && { bound }), deadlocks, deadlock, fired }
}

function anyViolation(entries: readonly Entry[], deadlock: Hit | undefined): boolean {
  return deadlock !== undefined || entries.some(({ property, hit }) => hit !== undefined && !isWitness(property))
}
