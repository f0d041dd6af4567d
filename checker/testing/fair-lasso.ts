import { expect } from 'vitest'
import { canonicalKey } from '../canonical.ts'
import { events } from '../interpret.ts'
import { replayPath } from '../path.ts'
import type { LeadsTo, Path } from '../property.ts'
import { scopeOf, viewOf } from '../scope.ts'
import type { System, World } from '../system.ts'

/** Rule and group of every step that would change this world. */
const enabledIn = (system: System, world: World): Set<string> =>
  new Set(
    events(system, world)
      .filter((step) => canonicalKey(step.world) !== canonicalKey(world))
      .map(({ event }) => `${event.rule} ${event.group ?? ''}`),
  )

/** Checks a lasso by the plain meaning of fairness alone. */
export function expectFairLasso(system: System, property: LeadsTo, path: Path, group: number): void {
  const steps = replayPath(system, path)
  const worlds = [system.initial[path.initial]!, ...steps.map(({ world }) => world)]
  const loop = path.loop!
  const inLoop = worlds.slice(loop)
  const scope = scopeOf(system, property)
  const view = (world: World) =>
    viewOf(
      scope,
      group,
      (g) => world.groups[g]!,
      () => world.shared,
    )
  const lastThen = worlds.findLastIndex((world) => property.then(view(world)))
  expect(worlds.some((world, at) => at > lastThen && property.given(view(world)))).toBe(true)
  expect(inLoop.some((world) => property.then(view(world)))).toBe(false)
  const taken = new Set(
    steps
      .slice(loop)
      .filter((step, i) => canonicalKey(step.world) !== canonicalKey(worlds[loop + i]!))
      .map(({ event }) => `${event.rule} ${event.group ?? ''}`),
  )
  const enabled = inLoop.map((world) => enabledIn(system, world))
  for (const { name, fairness: promised = 'none' } of [...system.rules, ...(system.synchronous ?? [])]) {
    const fairness = promised === 'none' && property.alsoFair?.includes(name) ? 'weak' : promised
    if (fairness === 'none') continue
    for (const who of ['', ...system.groups.keys()]) {
      const instance = `${name} ${who}`
      if (taken.has(instance)) continue
      const here = enabled.filter((set) => set.has(instance)).length
      if (fairness === 'weak') expect(here).toBeLessThan(enabled.length)
      else expect(here).toBe(0)
    }
  }
}
