import { canonicalKey } from '../canonical.ts'
import type { Compiled } from '../compile/index.ts'
import { events } from '../interpret.ts'
import { type CycleStep, fairCycle } from '../liveness/cycle.ts'
import { FairComponents } from '../liveness/fair.ts'
import type { Graph } from '../liveness/graph.ts'
import { Instances } from '../liveness/instances.ts'
import type { LeadsTo } from '../property.ts'
import type { World } from '../system.ts'
import type { Reached } from './reach.ts'
import type { Sets } from './sets.ts'

/** Worlds that are looked at one by one for a round. */
const MANY_WORLDS = 5000

/** A way from a world into a fair round and once round. `instance`: the fair instance that has to take the step, -1 any. */
export interface FairRound {
  readonly steps: readonly { readonly world: World; readonly instance: number }[]
  /** How many steps lead to where the round begins. */
  readonly entry: number
}

/** Looks, world by world, for a fair round inside the sets. `undefined`: none was found among the worlds nearest by. */
export function fairRoundFrom(
  compiled: Compiled,
  { diagrams }: Reached,
  property: LeadsTo,
  stay: Sets,
  digits: readonly number[],
): FairRound | undefined {
  const { codec, system } = compiled
  const worlds: World[] = [codec.worldOf(digits)]
  const ids = new Map([[canonicalKey(worlds[0]!), 0]])
  const parents = [-1]
  const isInside: boolean[] = [true]
  const edges: number[] = [0]
  const targets: number[] = []
  const instances: number[] = []
  const rules = [...system.rules, ...(system.synchronous ?? [])].map(({ name }) => name)
  for (let id = 0; id < worlds.length; id++) {
    const isExpanded = isInside[id]! && id < MANY_WORLDS
    for (const { event, world } of isExpanded ? events(system, worlds[id]!) : []) {
      const key = canonicalKey(world)
      const to = ids.get(key) ?? worlds.length
      if (to === id) continue
      if (to === worlds.length) {
        ids.set(key, to)
        const place = codec.digitsOf(world)
        worlds.push(world)
        parents.push(id)
        isInside.push(diagrams.has(stay[place.at(-1)!]!, place.slice(0, -1)))
      }
      targets.push(to)
      instances.push(rules.indexOf(event.rule) * (codec.groups + 1) + (event.group ?? -1) + 1)
    }
    edges.push(targets.length)
    isInside[id] = isExpanded
  }
  const size = worlds.length
  const everything = Int32Array.from({ length: size }, (_, id) => id)
  const graph: Graph = {
    size,
    states: new Float64Array(size),
    order: everything,
    levels: [0],
    edges: Int32Array.from(edges),
    targets: Int32Array.from(targets),
    instances: Int32Array.from(instances),
    onCycle: Uint8Array.from(isInside, (inside) => (inside ? 1 : 0)),
    bytes: 0,
  }
  const region = { members: everything, placeOf: everything, parents: Int32Array.from(parents), firstStop: -1 }
  const fair = new FairComponents(graph, new Instances(compiled, property), region)
  const component = fair.first()
  if (component === undefined) return undefined
  const inside: CycleStep[] = []
  for (let id = component.entry; parents[id]! >= 0; id = parents[id]!) inside.unshift({ id, instance: -1 })
  const steps = [...inside, ...fairCycle(fair, component)]
  return { steps: steps.map(({ id, instance }) => ({ world: worlds[id]!, instance })), entry: inside.length }
}
