import type { Compiled } from '../compile/index.ts'
import { IntList } from '../compile/int-list.ts'
import type { Searched } from '../search/bfs.ts'
import type { Bounds } from '../search/bounds.ts'
import { type Classifier, GIVEN, THEN } from './classifier.ts'
import { IndexMap } from './index-map.ts'
import type { Instances } from './instances.ts'

/** The worlds a broken promise may linger in: reachable from *given and not yet then* without ever meeting *then*. */
export interface Region {
  /** Index of each world, in order of distance from the initial worlds. */
  readonly states: Float64Array
  readonly ids: IndexMap
  /** The world before it on a shortest path inside the region; -1 where the region is entered. */
  readonly parents: Int32Array
  /** The level of the search on which an entering world was found. */
  readonly entryLevel: ReadonlyMap<number, number>
  /** Steps that stay inside and change something: `targets[edges[id]] … targets[edges[id + 1]]`. */
  readonly edges: Int32Array
  readonly targets: Int32Array
  /** Worlds in which no fair instance could change anything: here everything may stop for good. */
  readonly firstStop: number
  /** `given` held somewhere. */
  readonly exercised: boolean
}

const BLOCK = 512

/** `undefined` when a bound was hit. */
export function buildRegion(
  compiled: Compiled,
  searched: Searched,
  classifier: Classifier,
  instances: Instances,
  bounds: Bounds,
): Region | undefined {
  const { codec } = compiled
  const { levels, expander } = searched
  const ids = new IndexMap()
  let states = new Float64Array(1024)
  const [parents, edges, targets] = [new IntList(), new IntList(), new IntList()]
  const entryLevel = new Map<number, number>()
  const source = new Float64Array(BLOCK)
  const digits = new Int32Array(BLOCK * (codec.groups + 1))
  const one = new Float64Array(1)
  const next = new Float64Array(1)
  const nextDigits = new Int32Array(codec.groups + 1)
  const ownDigits = new Int32Array(codec.groups + 1)
  let exercised = false
  let firstStop = -1
  const add = (state: number, parent: number): number => {
    if (ids.size === states.length) {
      const larger = new Float64Array(states.length * 2)
      larger.set(states)
      states = larger
    }
    states[ids.size] = state
    parents.push(parent)
    return ids.add(state)
  }
  const enter = (level: number): void => {
    const { from, to } = levels.range(level)
    for (let at = from; at < to; ) {
      const count = levels.read(at, Math.min(BLOCK, to - at), source)
      codec.digits(source, count, digits)
      for (let i = 0; i < count; i++) {
        const status = classifier.status(digits, i * (codec.groups + 1))
        if ((status & GIVEN) === 0) continue
        exercised = true
        if (status === GIVEN && ids.get(source[i]!) < 0) entryLevel.set(add(source[i]!, -1), level)
      }
      at += count
    }
  }
  const expand = (id: number): void => {
    let stops = true
    edges.push(targets.length)
    one[0] = states[id]!
    codec.digits(one, 1, ownDigits)
    expander.eachStep(one, ownDigits, 1, (step, group, from, to) => {
      if (to === from) return
      if (instances.fairOf(step, group) >= 0) stops = false
      let target = ids.get(to)
      if (target < 0) {
        next[0] = to
        codec.digits(next, 1, nextDigits)
        if ((classifier.status(nextDigits, 0) & THEN) !== 0) return
        target = add(to, id)
      }
      targets.push(target)
    })
    if (stops && firstStop < 0) firstStop = id
  }
  const deepest = levels.starts.length - 1
  let expanded = 0
  for (let level = 0; level <= deepest || expanded < ids.size; level++) {
    if (level < deepest) enter(level)
    const end = ids.size
    for (; expanded < end; expanded++) {
      if (expanded % 4096 === 0 && interrupted(searched, level, ids, targets, bounds)) return undefined
      expand(expanded)
    }
  }
  edges.push(targets.length)
  return {
    states: states.subarray(0, ids.size),
    ids,
    parents: parents.toArray(),
    entryLevel,
    edges: edges.toArray(),
    targets: targets.toArray(),
    firstStop,
    exercised,
  }
}

function interrupted(
  { visited, levels, transitions }: Searched,
  depth: number,
  ids: IndexMap,
  targets: IntList,
  bounds: Bounds,
) {
  const bytes = visited.bytes + levels.bytes + ids.bytes + ids.size * 16 + targets.length * 4
  return bounds.hit({ phase: 'liveness', depth, states: visited.count, transitions, queued: ids.size, bytes })
}
