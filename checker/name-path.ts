import { canonicalKey } from './canonical.ts'
import type { Compiled } from './compile/index.ts'
import { permits } from './constraint.ts'
import { CheckerFault } from './faults.ts'
import { events } from './interpret.ts'
import type { Happens, Path, Property, StepProperty } from './property.ts'
import { concernsRule, scopeOf, viewOfWorld } from './scope.ts'
import type { Hit } from './search/record.ts'
import type { Event, Step, System, World } from './system.ts'

/**
 * Turns a sequence of indices into a path of events by taking every step again with the reducer itself, so a
 * counterexample is only ever reported if the system really has it. Where several steps lead on, one that the constraints
 * permit is taken; only the last step of a path may be one that they cut off.
 * @param isWanted which of the steps that lead to the index at a position is meant; any, when absent.
 */
export function namePath(
  compiled: Compiled,
  indices: readonly number[],
  isWanted: (at: number, before: World, step: Step) => boolean = () => true,
): Path {
  const worlds = indices.map((index) => compiled.codec.decode(index))
  return nameWorlds(compiled.system, worlds, isWanted)
}

/** The same for a sequence of worlds. */
export function nameWorlds(
  system: System,
  worlds: readonly World[],
  isWanted: (at: number, before: World, step: Step) => boolean = () => true,
): Path {
  const first = canonicalKey(worlds[0]!)
  const initial = system.initial.findIndex((world) => canonicalKey(world) === first)
  if (initial < 0) throw disagree()
  let world = system.initial[initial]!
  const taken: Event[] = []
  for (let i = 1; i < worlds.length; i++) {
    const key = canonicalKey(worlds[i]!)
    const steps = events(system, world).filter(
      (candidate) => canonicalKey(candidate.world) === key && isWanted(i, world, candidate),
    )
    const step = steps.find((candidate) => permits(system, world, candidate)) ?? steps[0]
    if (step === undefined) throw disagree()
    taken.push(step.event)
    world = step.world
  }
  return { initial, events: taken }
}

/** The path of a hit: the worlds walked to it, and the step or the world beyond that is meant. */
export function pathOf(compiled: Compiled, property: Property, hit: Hit, walked: readonly number[]): Path {
  const isOfStep = property.kind === 'step' || property.kind === 'happens'
  if (hit.to === undefined || !isOfStep) {
    const isCut = hit.to !== undefined && hit.to !== hit.from
    return namePath(compiled, isCut ? [...walked, hit.to] : walked)
  }
  return namePath(
    compiled,
    [...walked, hit.to],
    (at, before, step) => at < walked.length || isMeant(compiled.system, property, hit.group, before, step),
  )
}

/** Whether this very step violates the property (or witnesses it), asked of this group (-1: of the world as a whole). */
export function isMeant(
  system: System,
  property: StepProperty | Happens,
  group: number,
  before: World,
  step: Step,
): boolean {
  const { event, world, effects } = step
  const scope = scopeOf(system, property)
  if (!concernsRule(system, scope, event.rule)) return false
  if (group >= 0 && event.group !== undefined && event.group !== group) return false
  const view = {
    before: viewOfWorld(scope, group, before),
    after: viewOfWorld(scope, group, world),
    rule: event.rule,
    effects,
  }
  if (property.kind === 'happens') return property.when(view)
  return (property.given?.(view) ?? true) && !property.then(view)
}

function disagree(): CheckerFault {
  return new CheckerFault(
    'BAD_STATE',
    'A rule or property is not a pure function: taking the same steps again led elsewhere.',
  )
}
