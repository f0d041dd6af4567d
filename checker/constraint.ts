/**
 * Keeps an exploration finite, in the sense of TLC's CONSTRAINT and ACTION_CONSTRAINT: what a constraint cuts off is
 * generated, counted as a transition and shown to the properties, but it is no state and the search goes no further.
 */
import { CheckerFault } from './faults.ts'
import type { Reads, StepView, View } from './property.ts'
import { askedOf, concernsRule, scopeOf, viewOfWorld } from './scope.ts'
import type { Step, System, World } from './system.ts'

/** Worlds that the search may enter. Like an invariant, it is about each group, unless it reads all of them. */
export interface StateConstraint {
  readonly id: string
  readonly reads: Reads
  readonly when: (view: View) => boolean
}

/** Steps that the search may take; asked of the same steps as a step property. */
export interface StepConstraint {
  readonly id: string
  readonly reads: Reads
  readonly when: (step: StepView) => boolean
}

export interface Constraints {
  readonly states?: readonly StateConstraint[]
  readonly steps?: readonly StepConstraint[]
}

/** @throws CheckerFault BAD_PROPERTY when one reads a part that does not exist, BAD_SYSTEM when no search can begin. */
export function validateConstraints(system: System): void {
  const { states = [], steps = [] } = system.constraints ?? {}
  for (const constraint of [...states, ...steps]) scopeOf(system, constraint)
  if (system.initial.some((world) => admits(system, world))) return
  throw new CheckerFault('BAD_SYSTEM', 'The constraints admit none of the initial worlds.')
}

/** Whether the search may enter this world. */
export function admits(system: System, world: World): boolean {
  return (system.constraints?.states ?? []).every((constraint) => {
    const scope = scopeOf(system, constraint)
    return askedOf(scope).every((group) => constraint.when(viewOfWorld(scope, group, world)))
  })
}

/** Whether the search may take this step, wherever it leads. */
export function permits(system: System, before: World, { event, world, effects }: Step): boolean {
  const { rule } = event
  return (system.constraints?.steps ?? []).every((constraint) => {
    const scope = scopeOf(system, constraint)
    if (!concernsRule(system, scope, rule)) return true
    return askedOf(scope).every(
      (group) =>
        (group >= 0 && event.group !== undefined && event.group !== group) ||
        constraint.when({
          before: viewOfWorld(scope, group, before),
          after: viewOfWorld(scope, group, world),
          rule,
          effects,
        }),
    )
  })
}
