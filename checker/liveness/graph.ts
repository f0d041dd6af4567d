import type { Compiled } from '../compile/index.ts'
import type { Searched } from '../search/bfs.ts'
import type { Bounds } from '../search/bounds.ts'
import { UNNAMED } from '../search/expand.ts'
import { components } from './components.ts'
import { numberStates, numbersBytes } from './numbers.ts'

/** All reachable states and the steps between them, on integers. Steps that change nothing are left out. */
export interface Graph {
  readonly size: number
  /** Index of each state. */
  readonly states: Uint32Array | Float64Array
  /** States in the order of their discovery; level `l` is `order[levels[l]] … order[levels[l + 1]]`. */
  readonly order: Int32Array
  readonly levels: readonly number[]
  /** Steps from a state: `edges[id] … edges[id + 1]`. */
  readonly edges: Int32Array
  readonly targets: Int32Array
  /**
   * The rule instance that takes each step: rule · (groups + 1) + group + 1, synchronous rules last, as group -1;
   * unattributed steps come after all of these.
   */
  readonly instances: Int32Array | Uint16Array
  /** 1 for states on some cycle. */
  readonly onCycle: Uint8Array
  readonly bytes: number
}

const BLOCK = 512
/** Bytes per state that the graph, its components and what is decided on it take at the same time. */
const PER_STATE = 44

/** `undefined` when a bound was hit. */
export function buildGraph(compiled: Compiled, searched: Searched, bounds: Bounds): Graph | undefined {
  const { system, tables } = compiled
  const { visited, levels, space, expander, edges: transitions } = searched
  const size = levels.length
  const { columns } = space
  const rules = system.rules.length
  const unnamed = (rules + (system.synchronous?.length ?? 0)) * columns
  const many = unnamed >= 65_535
  const bytes = transitions * (many ? 8 : 6) + size * PER_STATE + numbersBytes(visited)
  const counts = { phase: 'liveness', depth: 0, states: size, transitions, queued: 0 } as const
  if (size >= 2 ** 31 || bounds.hit({ ...counts, bytes: bytes + visited.bytes + levels.bytes }) !== undefined) return
  const numbers = numberStates(visited, levels)
  const states = space.size > 2 ** 32 ? new Float64Array(size) : new Uint32Array(size)
  const order = new Int32Array(size)
  const source = new Float64Array(BLOCK)
  const digits = new Int32Array(BLOCK * columns)
  for (let at = 0; at < size; ) {
    const count = levels.read(at, BLOCK, source)
    for (let i = 0; i < count; i++) {
      const id = numbers.of(source[i]!)
      order[at + i] = id
      states[id] = source[i]!
    }
    at += count
  }
  const edges = new Int32Array(size + 1)
  const targets = new Int32Array(transitions)
  const instances = many ? new Int32Array(transitions) : new Uint16Array(transitions)
  const { stepAct, actRule } = tables
  let used = 0
  for (let id = 0; id < size; ) {
    const count = Math.min(BLOCK, size - id)
    for (let i = 0; i < count; i++) source[i] = states[id + i]!
    space.digits(source, count, digits)
    let last = -1
    expander.eachStep(source, digits, count, (step, group, from, to, position) => {
      while (last < position) edges[id + ++last] = used
      if (to === from) return
      targets[used] = numbers.of(to)
      const rule = step < 0 ? rules - 1 - step : actRule[stepAct[step]!]!
      instances[used++] = group === UNNAMED ? unnamed : rule * columns + group + 1
    })
    while (last < count - 1) edges[id + ++last] = used
    id += count
    const queued = size - id
    if (bounds.hit({ ...counts, queued, bytes: bytes + visited.bytes + levels.bytes }) !== undefined) return
  }
  edges[size] = used
  const onCycle = new Uint8Array(size)
  const everywhere = new Int32Array(size)
  components(edges, targets, order, everywhere, 0, (members) => {
    for (const id of members) onCycle[id] = 1
  })
  return { size, states, order, levels: levels.starts, edges, targets, instances, onCycle, bytes }
}
