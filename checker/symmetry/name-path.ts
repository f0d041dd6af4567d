import { canonicalKey } from '../canonical.ts'
import type { Compiled } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'
import { events } from '../interpret.ts'
import { isMeant } from '../name-path.ts'
import type { Finding, Path, Property } from '../property.ts'
import { askedOf, scopeOf, viewOf } from '../scope.ts'
import type { Hit } from '../search/record.ts'
import type { Step, World } from '../system.ts'
import type { Orbits } from './orbits.ts'

/** A path through single worlds, and where it ends. */
interface Walked {
  readonly path: Path
  readonly world: World
}

/** Turns a sequence of orbits into a path of events by taking every step again with the reducer itself. */
export function nameOrbitPath(compiled: Compiled, orbits: Orbits, indices: readonly number[]): Walked {
  const { system } = compiled
  const initial = system.initial.findIndex((world) => orbits.indexOf(world) === indices[0])
  if (initial < 0) throw disagree()
  let world = system.initial[initial]!
  const taken = indices.slice(1).map((index) => {
    const step = events(system, world).find((candidate) => orbits.indexOf(candidate.world) === index)
    if (step === undefined) throw disagree()
    world = step.world
    return step.event
  })
  return { path: { initial, events: taken }, world }
}

/** The path to where a property was decided, and the group it was decided for. */
export function nameOrbitHit(
  compiled: Compiled,
  orbits: Orbits,
  property: Property,
  hit: Hit,
  indices: readonly number[],
): Pick<Finding, 'path' | 'group'> {
  const walked = nameOrbitPath(compiled, orbits, indices)
  if (property.kind === 'step' || property.kind === 'happens') {
    const { group, step } = meantStep(compiled, orbits, property, hit, walked.world)
    const path = { ...walked.path, events: [...walked.path.events, step.event] }
    return { path, ...(group >= 0 && { group }) }
  }
  if (hit.world !== undefined) return { path: renamed(compiled, walked, hit.world) }
  if (hit.group < 0) return { path: walked.path }
  const scope = scopeOf(compiled.system, property)
  const group = scope.groups.find((one) => isHitBy(property, viewIn(walked.world, scope, one)))
  if (group === undefined) throw disagree()
  return { path: walked.path, group }
}

/** The same path with its groups renamed so that it ends in the world with these digits. */
export function renamed({ system, codec }: Compiled, { path, world }: Walked, digits: readonly number[]): Path {
  const wanted = codec.worldOf(digits).groups.map((parts) => canonicalKey(parts))
  const names = new Map<number, number>()
  world.groups.forEach((parts, group) => {
    const key = canonicalKey(parts)
    const { kind } = system.groups[group]!
    const taken = [...names.values()]
    const to = wanted.findIndex((one, i) => one === key && system.groups[i]!.kind === kind && !taken.includes(i))
    names.set(group, to)
  })
  const before = system.initial[path.initial]!
  const groups = before.groups.slice()
  for (const [from, to] of names) groups[to] = before.groups[from]!
  const key = canonicalKey({ ...before, groups })
  const initial = system.initial.findIndex((one) => canonicalKey(one) === key)
  if (initial < 0) throw disagree()
  const taken = path.events.map((event) =>
    event.group === undefined ? event : { ...event, group: names.get(event.group)! },
  )
  return { initial, events: taken }
}

function meantStep(
  { system }: Compiled,
  orbits: Orbits,
  property: Extract<Property, { kind: 'step' | 'happens' }>,
  { to }: Hit,
  world: World,
): { readonly group: number; readonly step: Step } {
  for (const step of events(system, world)) {
    if (orbits.indexOf(step.world) !== to) continue
    const group = askedOf(scopeOf(system, property)).find((one) => isMeant(system, property, one, world, step))
    if (group !== undefined) return { group, step }
  }
  throw disagree()
}

function viewIn(world: World, scope: ReturnType<typeof scopeOf>, group: number) {
  return viewOf(
    scope,
    group,
    (g) => world.groups[g]!,
    () => world.shared,
  )
}

function isHitBy(property: Property, view: ReturnType<typeof viewIn>): boolean {
  if (property.kind === 'reachable') return property.when(view)
  return property.kind === 'invariant' && (property.given?.(view) ?? true) && !property.then(view)
}

function disagree(): CheckerFault {
  return new CheckerFault(
    'BAD_STATE',
    'A rule or property is not a pure function: taking the same steps again led elsewhere.',
  )
}
