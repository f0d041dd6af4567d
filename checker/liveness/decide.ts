import type { Compiled } from '../compile/index.ts'
import { namePath } from '../name-path.ts'
import type { Finding, LeadsTo, Path } from '../property.ts'
import { askedOf, scopeOf } from '../scope.ts'
import type { Searched } from '../search/bfs.ts'
import type { Entry } from '../search/record.ts'
import type { Space } from '../search/space.ts'
import { walkBack } from '../search/walk-back.ts'
import type { Step } from '../system.ts'
import { Classifier } from './classifier.ts'
import { type CycleStep, fairCycle } from './cycle.ts'
import { FairComponents } from './fair.ts'
import type { Graph } from './graph.ts'
import { Instances } from './instances.ts'
import { buildRegion, GIVEN, type Region, THEN } from './region.ts'

/**
 * Decides □(given ⇒ ◇then). It is violated by a run that meets *given*, never *then*, and is fair: a weakly fair instance
 * that is enabled for ever is taken, a strongly fair one that is enabled again and again is taken. *Enabled* means that it
 * could change the world. A run may stop for good where no fair instance is enabled.
 */
export function decideLeadsTo(
  compiled: Compiled,
  searched: Searched,
  graph: Graph,
  property: LeadsTo,
  entry: Entry,
): Finding {
  const scope = scopeOf(compiled.system, property)
  const instances = new Instances(compiled, property)
  const id = property.id
  for (const group of askedOf(scope)) {
    const status = statusOfAll(searched.space, graph, new Classifier(compiled, property, scope, group))
    entry.exercised ||= status.some((bits) => (bits & GIVEN) !== 0)
    if (!mayLinger(graph, status, instances)) continue
    const path = lasso(compiled, searched, graph, instances, buildRegion(graph, status, instances))
    if (path !== undefined) return { property: id, verdict: 'violated', path, ...(group >= 0 && { group }) }
  }
  return { property: id, verdict: entry.exercised ? 'holds' : 'not applicable' }
}

/** Whether no run can break the promise to this group (-1: to all together), and whether it is ever given. */
export function isKept(
  compiled: Compiled,
  { space }: Searched,
  graph: Graph,
  property: LeadsTo,
  group: number,
): { readonly kept: boolean; readonly given: boolean } {
  const instances = new Instances(compiled, property)
  const status = statusOfAll(
    space,
    graph,
    new Classifier(compiled, property, scopeOf(compiled.system, property), group),
  )
  const given = status.some((bits) => (bits & GIVEN) !== 0)
  if (!given || !mayLinger(graph, status, instances)) return { kept: true, given }
  const region = buildRegion(graph, status, instances)
  return { kept: region.firstStop < 0 && new FairComponents(graph, instances, region).first() === undefined, given }
}

function statusOfAll(space: Space, { size, states }: Graph, classifier: Classifier): Uint8Array {
  const block = 512
  const source = new Float64Array(block)
  const digits = new Int32Array(block * space.columns)
  const status = new Uint8Array(size)
  for (let id = 0; id < size; id += block) {
    const count = Math.min(block, size - id)
    for (let i = 0; i < count; i++) source[i] = states[id + i]!
    space.digits(source, count, digits)
    for (let i = 0; i < count; i++) status[id + i] = classifier.status(digits, i * space.columns)
  }
  return status
}

/** Whether there is any world without *then* on a cycle, or in which everything may stop: else no region need be built. */
function mayLinger(
  { size, edges, onCycle, instances: taken }: Graph,
  status: Uint8Array,
  instances: Instances,
): boolean {
  for (let id = 0; id < size; id++) {
    if ((status[id]! & THEN) !== 0) continue
    if (onCycle[id] === 1) return true
    let e = edges[id]!
    while (e < edges[id + 1]! && !instances.isFair(taken[e]!)) e++
    if (e === edges[id + 1]) return true
  }
  return false
}

function lasso(
  compiled: Compiled,
  searched: Searched,
  graph: Graph,
  instances: Instances,
  region: Region,
): Path | undefined {
  const fair = new FairComponents(graph, instances, region)
  const component = fair.first()
  const { placeOf, firstStop } = region
  if (component === undefined || (firstStop >= 0 && placeOf[firstStop]! <= placeOf[component.entry]!)) {
    return firstStop < 0 ? undefined : lassoPath(compiled, searched, graph, region, firstStop, [])
  }
  return lassoPath(compiled, searched, graph, region, component.entry, fairCycle(fair, component))
}

/** The way to where the run begins to go round (or to stand still), and once round. */
function lassoPath(
  compiled: Compiled,
  searched: Searched,
  { states, order, levels }: Graph,
  { placeOf, parents }: Region,
  turn: number,
  cycle: readonly CycleStep[],
): Path {
  const inside: number[] = []
  let entry = turn
  for (let parent = parents[placeOf[entry]!]!; parent >= 0; parent = parents[placeOf[entry]!]!) {
    inside.unshift(states[entry]!)
    entry = parent
  }
  const position = order.indexOf(entry)
  const level = levels.findLastIndex((start) => start <= position)
  const [stem] = walkBack(searched, [{ level, state: states[entry]! }])
  const indices = [...stem!, ...inside]
  const loop = indices.length - 1
  indices.push(...cycle.map(({ id }) => states[id]!))
  const { rules, synchronous = [] } = compiled.system
  const names = [...rules, ...synchronous].map(({ name }) => name)
  const asWanted = (at: number, { event }: Step): boolean => {
    const instance = cycle[at - loop - 1]?.instance ?? -1
    if (instance < 0) return true
    const groups = compiled.codec.groups + 1
    return event.rule === names[Math.floor(instance / groups)] && (event.group ?? -1) === (instance % groups) - 1
  }
  return { ...namePath(compiled, indices, (at, _before, step) => asWanted(at, step)), loop }
}
