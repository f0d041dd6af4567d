import type { Compiled } from '../compile/index.ts'
import { events } from '../interpret.ts'
import { exploreNaively } from '../naive.ts'
import type { System, World } from '../system.ts'
import type { ViewSet } from '../views/view-set.ts'

/** Every reachable world of a system, by brute force. */
export const worldsOf = (system: System): readonly World[] =>
  exploreNaively(system.initial, (world) => events(system, world)).map(({ world }) => world)

/** The views of a world that are missing in a set. */
export function missingViews({ closed, tables }: Compiled, views: ViewSet, system: System, world: World): string[] {
  const { hub, kinds, runner } = closed
  const tuple = Int32Array.from(hub.partNames, (name) => runner.part(name, true).intern(world.shared[name]))
  const hubId = hub.hubs.intern(tuple)
  return world.groups.flatMap((parts, g) => {
    const at = kinds.findIndex(({ name }) => name === system.groups[g]!.kind)
    const { slices, partNames } = kinds[at]!
    const slice = slices.intern(Int32Array.from(partNames, (name) => runner.part(name, false).intern(parts[name])))
    const isKnown = hubId < tables.hubs && slice + tables.kindOffset[at]! < views.slices
    return isKnown && views.has(slice + tables.kindOffset[at]!, hubId) ? [] : [JSON.stringify([parts, world.shared])]
  })
}
