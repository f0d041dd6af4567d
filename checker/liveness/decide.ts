import type { Compiled } from '../compile/index.ts'
import { namePath } from '../name-path.ts'
import type { Finding, LeadsTo, Path } from '../property.ts'
import { askedOf, scopeOf } from '../scope.ts'
import type { Searched } from '../search/bfs.ts'
import type { Bounds } from '../search/bounds.ts'
import type { Entry } from '../search/record.ts'
import { walkBack } from '../search/walk-back.ts'
import type { Step } from '../system.ts'
import { Classifier } from './classifier.ts'
import { type CycleStep, fairCycle } from './cycle.ts'
import { FairComponents } from './fair.ts'
import { Instances } from './instances.ts'
import { buildRegion, type Region } from './region.ts'

/**
 * Decides □(given ⇒ ◇then). It is violated by a run that meets *given*, never *then*, and is fair: a weakly fair instance
 * that is enabled for ever is taken, a strongly fair one that is enabled again and again is taken. *Enabled* means that it
 * could change the world. A run may stop for good where no fair instance is enabled.
 */
export function decideLeadsTo(
  compiled: Compiled,
  searched: Searched,
  property: LeadsTo,
  entry: Entry,
  bounds: Bounds,
): Finding {
  const scope = scopeOf(compiled.system, property)
  const instances = new Instances(compiled, property)
  const id = property.id
  if (!searched.exhausted) return { property: id, verdict: 'inconclusive' }
  for (const group of askedOf(scope)) {
    const classifier = new Classifier(compiled, property, scope, group)
    const region = buildRegion(compiled, searched, classifier, instances, bounds)
    if (region === undefined) return { property: id, verdict: 'inconclusive' }
    entry.exercised ||= region.exercised
    const path = lasso(compiled, searched, instances, region)
    if (path !== undefined) return { property: id, verdict: 'violated', path, ...(group >= 0 && { group }) }
  }
  return { property: id, verdict: entry.exercised ? 'holds' : 'not applicable' }
}

function lasso(compiled: Compiled, searched: Searched, instances: Instances, region: Region): Path | undefined {
  const fair = new FairComponents(compiled, searched.expander, instances, region)
  const component = fair.first()
  const turn = component === undefined ? -1 : component.members.reduce((least, id) => Math.min(least, id))
  if (component === undefined || (region.firstStop >= 0 && region.firstStop <= turn)) {
    return region.firstStop < 0 ? undefined : lassoPath(compiled, searched, region, region.firstStop, [])
  }
  return lassoPath(compiled, searched, region, turn, fairCycle(region, fair, component, turn))
}

/** The way to where the run begins to go round (or to stand still), and once round. */
function lassoPath(
  compiled: Compiled,
  searched: Searched,
  region: Region,
  turn: number,
  cycle: readonly CycleStep[],
): Path {
  const inside: number[] = []
  let entry = turn
  for (; region.parents[entry]! >= 0; entry = region.parents[entry]!) inside.unshift(region.states[entry]!)
  const target = { level: region.entryLevel.get(entry)!, state: region.states[entry]! }
  const [stem] = walkBack(compiled, searched.expander, searched.levels, [target])
  const indices = [...stem!, ...inside]
  const loop = indices.length - 1
  indices.push(...cycle.map(({ id }) => region.states[id]!))
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
