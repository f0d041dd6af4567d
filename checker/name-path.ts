import { canonicalKey } from './canonical.ts'
import type { Compiled } from './compile/index.ts'
import { CheckerFault } from './faults.ts'
import { events } from './interpret.ts'
import type { Happens, Path, StepProperty } from './property.ts'
import { concernsRule, scopeOf, viewOf } from './scope.ts'
import type { Event, Step, System, World } from './system.ts'

/**
 * Turns a sequence of indices into a path of events by taking every step again with the reducer itself, so a
 * counterexample is only ever reported if the system really has it.
 * @param isWanted which of the steps that lead to the index at a position is meant; any, when absent.
 */
export function namePath(
  compiled: Compiled,
  indices: readonly number[],
  isWanted: (at: number, before: World, step: Step) => boolean = () => true,
): Path {
  const { codec, system } = compiled
  const first = canonicalKey(codec.decode(indices[0]!))
  const initial = system.initial.findIndex((world) => canonicalKey(world) === first)
  if (initial < 0) throw disagree()
  let world = system.initial[initial]!
  const taken: Event[] = []
  for (let i = 1; i < indices.length; i++) {
    const key = canonicalKey(codec.decode(indices[i]!))
    const step = events(system, world).find(
      (candidate) => canonicalKey(candidate.world) === key && isWanted(i, world, candidate),
    )
    if (step === undefined) throw disagree()
    taken.push(step.event)
    world = step.world
  }
  return { initial, events: taken }
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
    before: viewOf(
      scope,
      group,
      (g) => before.groups[g]!,
      () => before.shared,
    ),
    after: viewOf(
      scope,
      group,
      (g) => world.groups[g]!,
      () => world.shared,
    ),
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
