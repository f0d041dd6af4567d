import { canonicalKey } from './canonical.ts'
import type { Compiled } from './compile/index.ts'
import { CheckerFault } from './faults.ts'
import { events } from './interpret.ts'
import type { Path, StepProperty } from './property.ts'
import { scopeOf, viewOf } from './scope.ts'
import type { Event, Step, System, World } from './system.ts'

/**
 * Turns a sequence of indices into a path of events by taking every step again with the reducer itself, so a
 * counterexample is only ever reported if the system really has it.
 * @param chosen which of the steps between the last two states is meant; any, when absent.
 */
export function namePath(
  compiled: Compiled,
  indices: readonly number[],
  chosen?: (before: World, step: Step) => boolean,
): Path {
  const { codec, system } = compiled
  const first = canonicalKey(codec.decode(indices[0]!))
  const initial = system.initial.findIndex((world) => canonicalKey(world) === first)
  if (initial < 0) throw disagree()
  let world = system.initial[initial]!
  const taken: Event[] = []
  for (let i = 1; i < indices.length; i++) {
    const key = canonicalKey(codec.decode(indices[i]!))
    const last = i === indices.length - 1
    const step = events(system, world).find(
      (candidate) =>
        canonicalKey(candidate.world) === key && (!last || chosen === undefined || chosen(world, candidate)),
    )
    if (step === undefined) throw disagree()
    taken.push(step.event)
    world = step.world
  }
  return { initial, events: taken }
}

/** Whether this very step violates the property, asked of this group (-1: of the world as a whole). */
export function violatesStep(
  system: System,
  property: StepProperty,
  group: number,
  before: World,
  step: Step,
): boolean {
  const scope = scopeOf(system, property)
  const view = {
    before: viewOf(
      scope,
      group,
      (g) => before.groups[g]!,
      () => before.shared,
    ),
    after: viewOf(
      scope,
      group,
      (g) => step.world.groups[g]!,
      () => step.world.shared,
    ),
    rule: step.event.rule,
    effects: step.effects,
  }
  return (
    (group < 0 || step.event.group === undefined || step.event.group === group) &&
    (property.given?.(view) ?? true) &&
    !property.then(view)
  )
}

function disagree(): CheckerFault {
  return new CheckerFault(
    'BAD_STATE',
    'A rule or property is not a pure function: taking the same steps again led elsewhere.',
  )
}
