/**
 * Keeps an exploration finite, in the sense of TLC's CONSTRAINT and ACTION_CONSTRAINT: what a constraint cuts off is
 * generated, counted as a transition and shown to the properties, but it is no state and the search goes no further.
 */
import type { Reads, StepView, View } from './property.ts'
import { askedOf, concernsRule, scopeOf, viewOfWorld } from './scope.ts'
import type { Step, System, World } from './system.ts'

/** Worlds that the search may enter. Like an invariant, it is asked of each group, unless it reads all of them. */
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
