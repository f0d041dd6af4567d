import type { Compiled } from '../compile/index.ts'
import { events } from '../interpret.ts'
import { isMeant, nameWorlds } from '../name-path.ts'
import type { LeadsTo, Path } from '../property.ts'
import type { Entry } from '../search/record.ts'
import type { Step } from '../system.ts'
import { EMPTY } from './diagrams.ts'
import { fairRoundFrom } from './fair-round.ts'
import type { Inspected } from './inspect.ts'
import { type Layers, Region } from './layers.ts'
import type { Broken } from './leads-to.ts'
import type { Reached } from './reach.ts'
import { both, example, isEmpty, type Sets } from './sets.ts'
import { Lookout, type Sighting } from './sightings.ts'
import type { Ways } from './ways.ts'

/** A shortest path to what was looked for, and the group it was found for. */
export interface Witness {
  readonly path: Path
  readonly group?: number
}

/** What is known to be there, and how. */
export interface Goal {
  readonly inspected: Inspected
  readonly promises: ReadonlyMap<Entry, Broken | 'holds' | 'too many'>
  /** Whether a path is wanted for an entry, or for a deadlock. */
  readonly wants: (what: Entry | 'deadlock') => boolean
}

/** Shortest paths to everything that is known to be there, found layer by layer and put into `found` one by one. */
export function findPaths(
  compiled: Compiled,
  reached: Reached,
  layers: Layers,
  ways: Ways,
  entries: readonly Entry[],
  { inspected, promises, wants }: Goal,
  found: Map<Entry | 'deadlock', Witness>,
): void {
  const wanted = entries.filter((entry) => entry.hit !== undefined && wants(entry))
  const lookout = new Lookout(
    compiled,
    reached,
    wanted.filter((entry) => !inspected.shown.has(entry)),
  )
  const open = new Map<Entry | 'deadlock', Sets>()
  for (const entry of wanted) if (inspected.shown.has(entry)) open.set(entry, inspected.shown.get(entry)!)
  const regions = new Map<Entry, { readonly region: Region; readonly broken: Broken }>()
  for (const [entry, broken] of promises) {
    if (typeof broken === 'string' || !wants(entry)) continue
    regions.set(entry, { region: new Region(reached, ways, layers, broken.starts, broken.open), broken })
  }
  if (inspected.deadlocked !== undefined && !isEmpty(inspected.deadlocked) && wants('deadlock')) {
    open.set('deadlock', inspected.deadlocked)
  }
  for (let level = 0; !lookout.isDone || open.size > 0 || regions.size > 0; level++) {
    if (level === layers.all.length) layers.grow()
    if (!lookout.isDone && level < layers.all.length) {
      for (const sighting of lookout.look(layers.all[level]!)) {
        found.set(sighting.entry, pathToSighting(compiled, reached, layers, level, sighting))
      }
    }
    for (const [what, sets] of open) {
      const met = layers.meet(level, sets)
      if (isEmpty(met)) continue
      open.delete(what)
      const way = layers.wayTo(example(reached.diagrams, met), level)
      found.set(what, { path: pathToWorld(compiled, way, what) })
    }
    for (const [entry, { region, broken }] of regions) {
      const met = both(reached.diagrams, region.at(level), broken.stay)
      if (isEmpty(met)) continue
      regions.delete(entry)
      const way = region.wayTo(example(reached.diagrams, met), level)
      const witness = lassoOf(compiled, reached, entry.property as LeadsTo, broken, way)
      if (witness !== undefined) found.set(entry, witness)
    }
  }
}

/** The way, and for a property of steps one step more that shows it. */
function pathToWorld({ system, codec }: Compiled, way: readonly (readonly number[])[], what: Entry | 'deadlock'): Path {
  const worlds = way.map((digits) => codec.worldOf(digits))
  const path = nameWorlds(system, worlds)
  if (what === 'deadlock') return path
  const { property } = what
  if (property.kind !== 'step' && property.kind !== 'happens') return path
  const last = worlds.at(-1)!
  const step = events(system, last).find((taken) => isMeant(system, property, -1, last, taken))
  return { ...path, events: [...path.events, step!.event] }
}

/** The way to where the run may stay, and once round. `undefined`: no round was found among the worlds nearest by. */
function lassoOf(
  compiled: Compiled,
  reached: Reached,
  property: LeadsTo,
  broken: Broken,
  way: readonly (readonly number[])[],
): Witness | undefined {
  const { codec, system } = compiled
  const worlds = way.map((digits) => codec.worldOf(digits))
  const group = broken.group >= 0 ? { group: broken.group } : {}
  if (broken.standsStill) return { path: { ...nameWorlds(system, worlds), loop: worlds.length - 1 }, ...group }
  const round = fairRoundFrom(compiled, reached, property, broken.stay, way.at(-1)!)
  if (round === undefined) return undefined
  const rules = [...system.rules, ...(system.synchronous ?? [])].map(({ name }) => name)
  const isTaken = (instance: number, { event }: Step): boolean =>
    instance < 0 ||
    (event.rule === rules[Math.floor(instance / (codec.groups + 1))] &&
      (event.group ?? -1) === (instance % (codec.groups + 1)) - 1)
  const path = nameWorlds(system, [...worlds, ...round.steps.map(({ world }) => world)], (at, _before, step) =>
    isTaken(round.steps[at - worlds.length]?.instance ?? -1, step),
  )
  return { path: { ...path, loop: worlds.length - 1 + round.entry }, ...group }
}

function pathToSighting(
  compiled: Compiled,
  reached: Reached,
  layers: Layers,
  level: number,
  { entry, hub, group, slice, step, asked }: Sighting,
): Witness {
  const { images, diagrams } = reached
  const { codec, tables, system } = compiled
  const at = (set: number): number =>
    group < 0 ? set : images.restrict((other, depth) => depth !== group || other === slice, images.newId(), set)
  let place = at(layers.all[level]![hub]!)
  if (step !== undefined && 'together' in step) {
    const next = tables.togetherSlice[step.together]!
    place = images.restrict((other) => next[other]! >= 0, images.newId(), place)
  }
  if (place === EMPTY) throw new Error('What was sighted is there; this cannot happen.')
  const way = layers.wayTo([...diagrams.example(place), hub], level)
  const { property } = entry
  const last = way.at(-1)!
  if (step !== undefined && 'together' in step) {
    const next = tables.togetherSlice[step.together]!
    way.push([...last.slice(0, -1).map((digit) => next[digit]!), tables.togetherHub[step.together]![hub]!])
  } else if (step !== undefined) {
    const after = [...last]
    if (group >= 0) after[group] = tables.stepTarget[step.step]!
    after[codec.groups] = step.nextHub
    way.push(after)
  }
  const worlds = way.map((digits) => codec.worldOf(digits))
  const isOfStep = step !== undefined && (property.kind === 'step' || property.kind === 'happens')
  const path = nameWorlds(
    system,
    worlds,
    (position, before, taken) =>
      !isOfStep || position < worlds.length - 1 || isMeant(system, property, asked, before, taken),
  )
  return { path, ...(asked >= 0 && { group: asked }) }
}
