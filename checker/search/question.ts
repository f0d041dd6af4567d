import type { Compiled } from '../compile/index.ts'
import type { Happens, Invariant, LeadsTo, Reachable, StepProperty, StepView, View } from '../property.ts'
import type { Scope } from '../scope.ts'
import { Look } from './look.ts'
import { Remembered } from './remember.ts'
import { said } from './said.ts'

/** Bits of an answer: `given` holds; the property is broken, witnessed, or (leads-to) `then` holds. */
export const GIVEN = 1
export const HIT = 2

/** A property of worlds, asked by slice and hub. Its predicates run once per distinct input that they look at. */
export class WorldQuestion {
  readonly #look: Look
  readonly #remembered: Remembered

  constructor(compiled: Compiled, property: Invariant | Reachable | LeadsTo, scope: Scope) {
    this.#remembered = new Remembered(widthOf(scope), () => answerOfWorld(property, this.#look.view))
    this.#look = new Look(compiled, scope, this.#remembered, 0)
  }

  /** Asked of one group, or of the shared parts alone. */
  ask(slice: number, hub: number): number {
    const { inputs } = this.#remembered.features
    this.#look.writeSlice(inputs, 0, 0, slice)
    this.#look.writeHub(inputs, 0, hub)
    return this.#remembered.ask()
  }

  /** Asked of all groups at once: the slices of these groups stand in the digits from `at` on. */
  askAll(groups: readonly number[], digits: Int32Array, at: number, hub: number): number {
    const { inputs } = this.#remembered.features
    groups.forEach((group, which) => {
      this.#look.writeSlice(inputs, 0, which, digits[at + group]!)
    })
    this.#look.writeHub(inputs, 0, hub)
    return this.#remembered.ask()
  }
}

/** A property of steps, asked by what stands before and after, and the act. */
export class StepQuestion {
  readonly #before: Look
  readonly #after: Look
  readonly #remembered: Remembered
  readonly #act: { readonly rule: Int32Array; readonly effects: Int32Array }

  constructor(compiled: Compiled, property: StepProperty | Happens, scope: Scope) {
    const { tables, system, closed } = compiled
    const names = [...system.rules, ...(system.synchronous ?? [])].map(({ name }) => name)
    const effects = closed.runner.effects.states
    this.#act = { rule: tables.actRule, effects: tables.actEffects }
    const width = widthOf(scope)
    const remembered: Remembered = new Remembered(2 * width + 2, () => answerOfStep(property, view))
    const before = new Look(compiled, scope, remembered, 0)
    const after = new Look(compiled, scope, remembered, width, before)
    const { features } = remembered
    const view: StepView = {
      before: before.view,
      after: after.view,
      get rule() {
        remembered.look(features.whole(2 * width))
        return names[features.inputs[2 * width]!]!
      },
      get effects() {
        remembered.look(features.whole(2 * width + 1))
        return effects[features.inputs[2 * width + 1]!]
      },
    }
    this.#before = before
    this.#after = after
    this.#remembered = remembered
  }

  ask(slice: number, next: number, hub: number, nextHub: number, act: number): number {
    const { inputs } = this.#remembered.features
    const { width } = this.#before
    this.#before.writeSlice(inputs, 0, 0, slice)
    this.#before.writeHub(inputs, 0, hub)
    this.#after.writeSlice(inputs, width, 0, next)
    this.#after.writeHub(inputs, width, nextHub)
    return this.#askAct(act)
  }

  /** Asked of all groups at once: two worlds' digits, one after the other. */
  askAll(groups: readonly number[], digits: Int32Array, act: number): number {
    const { inputs } = this.#remembered.features
    const { width } = this.#before
    const half = digits.length / 2
    groups.forEach((group, which) => {
      this.#before.writeSlice(inputs, 0, which, digits[group]!)
      this.#after.writeSlice(inputs, width, which, digits[half + group]!)
    })
    this.#before.writeHub(inputs, 0, digits[half - 1]!)
    this.#after.writeHub(inputs, width, digits[2 * half - 1]!)
    return this.#askAct(act)
  }

  #askAct(act: number): number {
    const { inputs } = this.#remembered.features
    const { width } = this.#before
    inputs[2 * width] = this.#act.rule[act]!
    inputs[2 * width + 1] = this.#act.effects[act]!
    return this.#remembered.ask()
  }
}

/** Bits, see above. */
export function answerOfWorld(property: Invariant | Reachable | LeadsTo, view: View): number {
  const says = (name: string, predicate: (view: View) => boolean): boolean => said(property, name, predicate, view)
  if (property.kind === 'reachable') return says('when', property.when) ? HIT : 0
  if (property.kind === 'leads-to')
    return (says('given', property.given) ? GIVEN : 0) | (says('then', property.then) ? HIT : 0)
  if (property.given !== undefined && !says('given', property.given)) return 0
  return says('then', property.then) ? GIVEN : GIVEN | HIT
}

/** Bits, see above. */
export function answerOfStep(property: StepProperty | Happens, view: StepView): number {
  const says = (name: string, predicate: (view: StepView) => boolean): boolean => said(property, name, predicate, view)
  if (property.kind === 'happens') return says('when', property.when) ? HIT : 0
  if (property.given !== undefined && !says('given', property.given)) return 0
  return says('then', property.then) ? GIVEN : GIVEN | HIT
}

function widthOf({ of, groups, groupParts, sharedParts }: Scope): number {
  const asked = of === 'shared' ? 0 : of === 'every group' ? groups.length : 1
  return asked * groupParts.length + sharedParts.length
}
