import type { Compiled } from '../compile/index.ts'
import type { Bound, CheckOptions } from '../report.ts'
import { chooseVisited, makeVisited, type Visited } from '../visited/visited.ts'
import type { Bounds } from './bounds.ts'
import { Expander } from './expand.ts'
import { Levels } from './levels.ts'
import type { Entry, Hit } from './record.ts'
import { StateWatch } from './watch-states.ts'
import { StepRecorder } from './watch-steps.ts'

/** What a breadth-first search leaves behind. */
export interface Searched {
  readonly visited: Visited
  readonly levels: Levels
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
  const visited = makeVisited(options.visited ?? chooseVisited(codec.size, bounds.maxMemory), codec.size)
  const levels = new Levels(codec.size)
  const expander = new Expander(compiled)
  const states = new StateWatch(compiled, entries)
  const steps = new StepRecorder(compiled, entries)
  const block = blockSize(expander.maxDegree)
  const source = new Float64Array(block)
  const digits = new Int32Array(block * (codec.groups + 1))
  const successors = new Float64Array(block * Math.max(expander.maxDegree, 1))
  const fresh = new Float64Array(Math.max(successors.length, initial.length))
  levels.append(fresh, visited.addAll(Float64Array.from(initial), initial.length, fresh))
  levels.close()
  let transitions = 0
  let deadlocks = 0
  let deadlock: Hit | undefined
  let bound: Bound | undefined
  let level = 0
  for (; bound === undefined; level++) {
    const { from, to } = levels.range(level)
    if (from === to) break
    const expand = options.maxDepth === undefined || level < options.maxDepth
    if (!expand) bound = 'depth'
    steps.level = level
    let at = from
    while (at < to && (bound === undefined || !expand)) {
      const count = levels.read(at, Math.min(block, to - at), source)
      at += count
      codec.digits(source, count, digits)
      states.inspect(source, digits, count, level)
      if (expand) {
        const written = expander.expand(source, digits, count, successors, steps)
        transitions += written
        levels.append(fresh, visited.addAll(successors, written, fresh))
        for (const i of expander.stuck) {
          if (system.isEnd?.(codec.decode(source[i]!))) continue
          deadlocks++
          deadlock ??= { level, from: source[i]!, group: -1 }
        }
      }
      const queued = levels.length - at
      const bytes = visited.bytes + levels.bytes
      bound ??= bounds.hit({ phase: 'search', depth: level, states: visited.count, transitions, queued, bytes })
      if (options.stopAtFirstViolation && anyViolation(entries, deadlock)) bound = 'first violation'
    }
    levels.close()
  }
  const exhausted = bound === undefined
  const { fired } = steps
  return { visited, levels, transitions, exhausted, ...(bound && { bound }), deadlocks, deadlock, fired }
}

function anyViolation(entries: readonly Entry[], deadlock: Hit | undefined): boolean {
  return (
    deadlock !== undefined || entries.some(({ property, hit }) => hit !== undefined && property.kind !== 'reachable')
  )
}

/** States per block: enough to keep loops long, few enough for their successors to stay in the processor's cache. */
function blockSize(maxDegree: number): number {
  return Math.max(1, Math.min(512, Math.floor(32_768 / Math.max(maxDegree, 1))))
}
