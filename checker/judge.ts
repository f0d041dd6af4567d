/** What a property says of one world, or of one step, outside of any search. */
import type { Property, View } from './property.ts'
import { askedOf, concernsRule, scopeOf, viewOfWorld } from './scope.ts'
import type { Step, System, World } from './system.ts'

export interface Judgement {
  /** Invariants and step properties: `holds`, `violated`, or `not applicable`; what is looked for: `reached` or `not reached`. */
  readonly verdict: 'holds' | 'violated' | 'not applicable' | 'reached' | 'not reached'
  /** The group that violates it, where the property is decided group by group. */
  readonly group?: number
}

/** What is judged: a world, and for properties of steps the step that led to it. */
export interface Moment {
  readonly world: World
  readonly before?: World
  readonly step?: Pick<Step, 'event' | 'effects'>
}

/** A predicate of a property, and what it is shown at this moment. */
export interface Asked {
  readonly group: number
  readonly view: View
}

/** What the predicates of a property are shown at a moment, once per group that is asked; nothing where it is not asked. */
export function asksAt(system: System, property: Property, { world, before, step }: Moment): Asked[] {
  const scope = scopeOf(system, property)
  const isOfStep = property.kind === 'step' || property.kind === 'happens'
  if (!isOfStep) return askedOf(scope).map((group) => ({ group, view: viewOfWorld(scope, group, world) }))
  if (before === undefined || step === undefined || !concernsRule(system, scope, step.event.rule)) return []
  const { group: actor, rule } = step.event
  return askedOf(scope)
    .filter((group) => group < 0 || actor === undefined || actor === group)
    .map((group) => ({
      group,
      view: {
        before: viewOfWorld(scope, group, before),
        after: viewOfWorld(scope, group, world),
        rule,
        effects: step.effects,
      },
    }))
}

/** The property at one moment. Of a leads-to property only this can be said: whether it is waiting for its `then`. */
export function judge(system: System, property: Property, moment: Moment): Judgement {
  const asked = asksAt(system, property, moment)
  const found = (verdict: Judgement['verdict'], at?: Asked): Judgement =>
    at === undefined || at.group < 0 ? { verdict } : { verdict, group: at.group }
  if (property.kind === 'reachable' || property.kind === 'happens') {
    const at = asked.find(({ view }) => property.when(view))
    return at === undefined ? found('not reached') : found('reached', at)
  }
  if (property.kind === 'leads-to') {
    const at = asked.find(({ view }) => property.given(view) && !property.then(view))
    return found(at === undefined ? 'holds' : 'violated', at)
  }
  const applies = asked.filter(({ view }) => property.given?.(view) ?? true)
  const broken = applies.find(({ view }) => !property.then(view))
  if (broken !== undefined) return found('violated', broken)
  return found(applies.length === 0 ? 'not applicable' : 'holds')
}
