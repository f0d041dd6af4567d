import type { Compiled } from '../compile/index.ts'
import type { Bound, CheckOptions } from '../report.ts'
import { chooseVisited, makeVisited, type Visited } from '../visited/visited.ts'
import type { Bounds } from './bounds.ts'
import { type Entry, type Hit, isWitness } from './record.ts'
import type { Space } from './space.ts'
import { Stack } from './stack.ts'
import { StateWatch } from './watch-states.ts'
import { StepRecorder } from './watch-steps.ts'

/** Worlds between two looks at the clock. */
const OFTEN = 512

/** What a depth-first search leaves behind. */
export interface SearchedDeep {
  readonly visited: Visited
  readonly transitions: number
  readonly exhausted: boolean
  readonly bound?: Bound
  /** Steps of the longest path that was walked. */
  readonly longest: number
  /** Most bytes that the stack ever held. */
  readonly stackBytes: number
  readonly deadlocks: number
  readonly deadlock: Hit | undefined
  /** The way to where each hit was met: the worlds that stood on the stack. */
  readonly ways: ReadonlyMap<Hit, readonly number[]>
  readonly fired: ReadonlySet<string>
}

/**
 * Depth-first search: a set of what is known and a stack, but no levels. Finds the same worlds and steps as breadth first; of
 * what it meets it knows the way, which is seldom the shortest. A world counts as known once a step leads to it.
 */
export function depthFirst(
  compiled: Compiled,
  entries: readonly Entry[],
  options: CheckOptions,
  bounds: Bounds,
  space: Space,
): SearchedDeep {
  const { system, codec } = compiled
  const { size, initial, columns } = space
  const { maxDepth = Number.POSITIVE_INFINITY } = options
  const visited = makeVisited(options.visited ?? chooseVisited(size, bounds.maxMemory), size)
  const states = new StateWatch(compiled, entries)
  const steps = new StepRecorder(compiled, entries)
  const cut: { readonly from: number; readonly to: number }[] = []
  const expander = space.successors(1, {
    onRow: (group, slice, hub, state) => states.look(group, slice, hub, state),
    onStep: (group, slice, hub, step, nextHub, from, to) => steps.onStep(group, slice, hub, step, nextHub, from, to),
    onTogether: (rule, digits, at, from, to) => steps.onTogether(rule, digits, at, from, to),
    onCut: (from, to) => void cut.push({ from, to }),
  })
  const source = new Float64Array(1)
  const digits = new Int32Array(columns)
  const ways = new Map<Hit, readonly number[]>()
  const stack = new Stack()
  let fresh = new Float64Array(Math.max(expander.out.length, initial.length))
  let transitions = 0
  let deadlocks = 0
  let deadlock: Hit | undefined
  let bound: Bound | undefined
  let [isCutShort, longest, stackBytes, looks] = [false, 0, 0, 0]

  const keepWays = (): void => {
    for (const { hit } of entries) if (hit !== undefined && !ways.has(hit)) ways.set(hit, stack.way())
  }
  const expand = (state: number): void => {
    const written = expander.expand(source, digits, 1)
    transitions += expander.steps
    if (fresh.length < written) fresh = new Float64Array(expander.out.length)
    stack.add(fresh, visited.addAll(expander.out, written, fresh))
    if (steps.needsEvery)
      expander.eachStep(source, digits, 1, (step, _g, from, to) => steps.lookAtWhole(step, from, to))
    for (const { from, to } of cut.splice(0)) states.inspectCut(from, to, digits, space)
    if (expander.stuck.length === 0 || system.isEnd?.(codec.decode(state))) return
    deadlocks++
    if (deadlock !== undefined) return
    deadlock = { level: stack.depth, from: state, group: -1 }
    ways.set(deadlock, stack.way())
  }

  for (const world of space.outside) {
    states.inspectCut(world, world, digits, space)
    for (const { hit } of entries) if (hit !== undefined && !ways.has(hit)) ways.set(hit, [world])
  }
  stack.add(fresh, visited.addAll(Float64Array.from(initial), initial.length, fresh))
  while (bound === undefined && stack.next()) {
    source[0] = stack.state
    space.digits(source, 1, digits)
    states.level = stack.depth
    steps.level = stack.depth
    longest = Math.max(longest, stack.depth)
    states.inspectWhole(source, digits, 1, space)
    const expands = stack.depth < maxDepth
    isCutShort ||= !expands
    if (!expands || columns === 1) states.inspectAll(source, digits, 1)
    if (expands) expand(stack.state)
    keepWays()
    stackBytes = Math.max(stackBytes, stack.bytes)
    if (options.stopAtFirstViolation && isViolated(entries, deadlock)) bound = 'first violation'
    const bytes = visited.bytes + stack.bytes + expander.rows.bytes
    if (bytes > bounds.maxMemory) bound ??= 'memory'
    if (options.maxStates === undefined && ++looks % OFTEN !== 0) continue
    const counts = { depth: stack.depth, states: visited.count, transitions, queued: stack.waiting, bytes }
    bound ??= bounds.hit({ phase: 'search', ...counts })
  }
  if (isCutShort) bound ??= 'depth'
  const found = { transitions, exhausted: bound === undefined, ...(bound && { bound }), longest, stackBytes }
  return { visited, ...found, deadlocks, deadlock, ways, fired: steps.fired }
}

function isViolated(entries: readonly Entry[], deadlock: Hit | undefined): boolean {
  return deadlock !== undefined || entries.some(({ property, hit }) => hit !== undefined && !isWitness(property))
}
