import { Checkpoints } from '../checkpoint/checkpoints.ts'
import { atTheBeginning } from '../checkpoint/standing.ts'
import type { CheckpointOptions } from '../checkpoint/store.ts'
import type { Compiled } from '../compile/index.ts'
import { Standstills } from '../liveness/standstill.ts'
import type { Bound, CheckOptions } from '../report.ts'
import { chooseVisited, makeVisited, type Visited } from '../visited/visited.ts'
import type { Bounds } from './bounds.ts'
import { Expander } from './expand.ts'
import { Levels } from './levels.ts'
import { type Entry, type Hit, isWitness } from './record.ts'
import { NoRoom } from './rows.ts'
import { productSpace, type Space, type Successors } from './space.ts'
import { StateWatch } from './watch-states.ts'
import { StepRecorder } from './watch-steps.ts'

/** States expanded together: their successors stay in the processor's cache. */
const BLOCK = 512

/** What a breadth-first search leaves behind. */
export interface Searched {
  readonly visited: Visited
  readonly levels: Levels
  readonly space: Space
  readonly expander: Successors
  /** Worlds on each level. */
  readonly worlds: readonly number[]
  readonly transitions: number
  /** Steps taken by the search itself: as many as transitions where each index is one world. */
  readonly edges: number
  readonly exhausted: boolean
  readonly bound?: Bound
  /** Worlds that no step leads away from and that are no declared end. */
  readonly deadlocks: number
  readonly deadlock: Hit | undefined
  readonly fired: ReadonlySet<string>
}

/**
 * Level-synchronous breadth-first search over the worlds of a space: deterministic in states, transitions, depth and in what
 * is found first. Fills in the entries of invariants, step properties and reachable properties.
 */
export function breadthFirst(
  compiled: Compiled,
  entries: readonly Entry[],
  options: CheckOptions,
  bounds: Bounds,
  space: Space = productSpace(compiled),
  checkpoint?: CheckpointOptions,
): Searched {
  const { system } = compiled
  const { size, initial, columns } = space
  const visited = makeVisited(options.visited ?? chooseVisited(size, bounds.maxMemory), size)
  const levels = new Levels(size)
  const states = new StateWatch(compiled, entries)
  const steps = new StepRecorder(compiled, entries)
  const checkpoints = checkpoint && new Checkpoints(compiled, entries, space, checkpoint, bounds)
  const resumed = checkpoints?.resume({ entries, levels, fired: steps.fired })
  const standing = resumed ?? atTheBeginning()
  const { worlds, cut } = standing
  const expander = space.successors(BLOCK, {
    onRow: (group, slice, hub, state) => states.look(group, slice, hub, state),
    onStep: (group, slice, hub, step, nextHub, from, to) => steps.onStep(group, slice, hub, step, nextHub, from, to),
    onTogether: (rule, digits, at, from, to) => steps.onTogether(rule, digits, at, from, to),
    onCut: (from, to) => void cut.push({ from, to }),
  })
  const standstills =
    mayEndEarly(options) && expander instanceof Expander ? new Standstills(compiled, entries, expander) : undefined
  const source = new Float64Array(BLOCK)
  const digits = new Int32Array(BLOCK * columns)
  let fresh = new Float64Array(Math.max(expander.out.length, initial.length))
  if (resumed) {
    addLevels(visited, levels)
  } else {
    levels.append(fresh, visited.addAll(Float64Array.from(initial), initial.length, fresh))
    levels.close()
    for (const world of space.outside) states.inspectCut(world, world, digits, space)
  }
  let bound: Bound | undefined
  const bytes = (): number => visited.bytes + levels.bytes + expander.rows.bytes
  expander.rows.mayGrow = (more) => bytes() + more <= bounds.maxMemory
  const known = (): number => standing.expanded + (worlds[standing.level] ?? 0) + levels.length - standing.at
  const keep = (): void => checkpoints?.keep(standing, known(), { entries, levels, fired: steps.fired })
  const watchBounds = (): void => {
    const { level: depth, at, transitions, deadlock } = standing
    const queued = levels.length - at
    bound ??= bounds.hit({ phase: 'search', depth, states: known(), transitions, queued, bytes: bytes() })
    if (options.stopAtFirstViolation && anyViolation(entries, deadlock)) bound = 'first violation'
    if (options.untilShown && entries.every(({ hit, proved }) => hit !== undefined || proved)) bound ??= 'all shown'
  }
  if (resumed) watchBounds()
  else keep()
  do {
    const { level } = standing
    const { from, to } = levels.range(level)
    if (from === to) break
    const expands = options.maxDepth === undefined || level < options.maxDepth
    if (!expands) {
      keep()
      bound = 'depth'
    }
    states.level = level
    steps.level = level
    if (worlds.length === level) worlds.push(0)
    while (standing.at < to && (bound === undefined || !expands)) {
      const count = levels.read(standing.at, Math.min(BLOCK, to - standing.at), source)
      space.digits(source, count, digits)
      states.inspectWhole(source, digits, count, space)
      if (!expands || columns === 1) states.inspectAll(source, digits, count)
      if (expands) {
        const written = expandWithin(expander, source, digits, count)
        if (written === undefined || bytes() + visited.growth(written) > bounds.maxMemory) {
          bound = 'memory'
          break
        }
        standing.transitions += expander.steps
        standing.edges += written
        worlds[level]! += expander.worlds
        standstills?.look(source, digits, count, level)
        if (fresh.length < written) fresh = new Float64Array(expander.out.length)
        levels.append(fresh, visited.addAll(expander.out, written, fresh))
        if (steps.needsEvery)
          expander.eachStep(source, digits, count, (step, _g, a, b) => steps.lookAtWhole(step, a, b))
        for (const i of expander.stuck) {
          for (const found of space.arrangements(digits, i * columns)) {
            if (system.isEnd?.(compiled.codec.worldOf(found))) continue
            standing.deadlocks++
            standing.deadlock ??= { level, from: source[i]!, group: -1, world: [...found] }
          }
        }
      } else worlds[level]! += space.worlds(source, count)
      standing.at += count
      watchBounds()
      if (checkpoints?.isDue) keep()
    }
    if (bound !== undefined && expands) keep()
    for (const { from, to } of cut.splice(0)) states.inspectCut(from, to, digits, space)
    levels.close()
    worlds[level]! += countWorlds(space, levels, standing.at, to, source)
    if (bound !== undefined) worlds.push(countWorlds(space, levels, to, levels.length, source))
    standing.expanded += worlds[level]!
    standing.level++
  } while (bound === undefined)
  expander.rows.mayGrow = () => true
  const exhausted = bound === undefined
  if (exhausted) keep()
  const { transitions, edges, deadlocks, deadlock } = standing
  const { fired } = steps
  const found = { transitions, edges, exhausted, ...(bound && { bound }), deadlocks, deadlock, fired }
  return { visited, levels, space, expander, worlds: worlds.filter((count) => count > 0), ...found }
}

/** A search that sees everything decides leads-to properties on the whole graph. */
function mayEndEarly({ maxStates, maxDepth, stopAtFirstViolation, untilShown }: CheckOptions): boolean {
  return maxStates !== undefined || maxDepth !== undefined || stopAtFirstViolation === true || untilShown === true
}

/** `undefined`: there is no room for what the states can do. */
function expandWithin(
  expander: Successors,
  states: Float64Array,
  digits: Int32Array,
  count: number,
): number | undefined {
  try {
    return expander.expand(states, digits, count)
  } catch (error) {
    if (error instanceof NoRoom) return undefined
    throw error
  }
}

/** Puts every state of the levels into the set. */
function addLevels(visited: Visited, levels: Levels): void {
  const [block, fresh] = [new Float64Array(4096), new Float64Array(4096)]
  for (let at = 0; at < levels.length; ) {
    const count = levels.read(at, block.length, block)
    visited.addAll(block, count, fresh)
    at += count
  }
}

/** How many worlds stand at these positions. */
function countWorlds(space: Space, levels: Levels, from: number, to: number, block: Float64Array): number {
  let worlds = 0
  for (let at = from; at < to; ) {
    const count = levels.read(at, Math.min(block.length, to - at), block)
    worlds += space.worlds(block, count)
    at += count
  }
  return worlds
}

function anyViolation(entries: readonly Entry[], deadlock: Hit | undefined): boolean {
  return deadlock !== undefined || entries.some(({ property, hit }) => hit !== undefined && !isWitness(property))
}
