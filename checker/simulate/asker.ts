import { IntList } from '../compile/int-list.ts'
import { TupleInterner } from '../compile/tuples.ts'
import type { Property, View } from '../property.ts'
import { askedOf, concernsRule, type Scope, scopeOf, viewOf } from '../scope.ts'
import { answerOfStep, answerOfWorld } from '../search/question.ts'
import type { State } from '../system.ts'
import { type Digits, type Move, numberAt, type Place, type Stepper } from './stepper.ts'

/** Asks one property about worlds and steps; its predicates run once per distinct input. Answers are bits, see `GIVEN`. */
export class Asker {
  readonly property: Property
  readonly isOfSteps: boolean
  /** What it is asked of, one by one: groups, or -1 for the world as a whole. */
  readonly asked: readonly number[]
  readonly #stepper: Stepper
  readonly #scope: Scope
  /** By what is asked: the parts that are read. */
  readonly #places: readonly (readonly Place[])[]
  /** By rule. */
  readonly #concerns: readonly boolean[]
  readonly #inputs: TupleInterner
  readonly #input: Int32Array
  readonly #answers = new IntList()

  constructor(stepper: Stepper, property: Property) {
    const { system } = stepper
    const scope = scopeOf(system, property)
    this.property = property
    this.isOfSteps = property.kind === 'step' || property.kind === 'happens'
    this.asked = askedOf(scope)
    this.#stepper = stepper
    this.#scope = scope
    this.#places = this.asked.map((group) => [
      ...(scope.of === 'shared' ? [] : group < 0 ? scope.groups : [group]).flatMap((g) =>
        scope.groupParts.map((name) => stepper.place(g, name)),
      ),
      ...scope.sharedParts.map((name) => stepper.place(-1, name)),
    ])
    const rules = [...system.rules, ...(system.synchronous ?? [])]
    this.#concerns = rules.map(({ name }) => concernsRule(system, scope, name))
    const width = this.#places[0]?.length ?? 0
    this.#input = new Int32Array(this.isOfSteps ? 2 * width + 2 : width)
    this.#inputs = new TupleInterner(this.#input.length)
  }

  /** About a world, for the `which`-th of what is asked. */
  ofWorld(which: number, digits: Digits): number {
    const places = this.#places[which]!
    for (let i = 0; i < places.length; i++) this.#input[i] = numberAt(places[i]!, digits)
    const known = this.#known()
    if (known >= 0) return known
    const { property } = this
    if (property.kind === 'step' || property.kind === 'happens') return 0
    return this.#learn(answerOfWorld(property, this.#view(0)))
  }

  /** About a step that is taken in a world; 0 where it is none of its business. */
  ofStep(which: number, before: Digits, { rule, group, effects, to }: Move): number {
    const asked = this.asked[which]!
    if (!this.#concerns[rule] || (asked >= 0 && group >= 0 && asked !== group)) return 0
    const places = this.#places[which]!
    const { length } = places
    for (let i = 0; i < length; i++) {
      this.#input[i] = numberAt(places[i]!, before)
      this.#input[length + i] = numberAt(places[i]!, to)
    }
    this.#input[2 * length] = rule
    this.#input[2 * length + 1] = effects
    const known = this.#known()
    if (known >= 0) return known
    const { property } = this
    if (property.kind !== 'step' && property.kind !== 'happens') return 0
    const { rules, synchronous = [] } = this.#stepper.system
    const { name } = rules[rule] ?? synchronous[rule - rules.length]!
    const seen = this.#stepper.runner.effects.states[effects] as readonly string[]
    const view = { before: this.#view(0), after: this.#view(length), rule: name, effects: seen }
    return this.#learn(answerOfStep(property, view))
  }

  /** -1: this input is new. */
  #known(): number {
    const input = this.#inputs.intern(this.#input)
    return input < this.#answers.length ? this.#answers.at(input) : -1
  }

  #learn(answer: number): number {
    this.#answers.push(answer)
    return answer
  }

  #view(first: number): View {
    const { groupParts, sharedParts, of, groups } = this.#scope
    const { runner } = this.#stepper
    const state = (at: number, name: string, shared: boolean): State =>
      runner.part(name, shared).states[this.#input[first + at]!]
    const inGroups = of === 'shared' ? 0 : of === 'every group' ? groups.length : 1
    const partsOf = (which: number) =>
      Object.fromEntries(groupParts.map((name, p) => [name, state(which * groupParts.length + p, name, false)]))
    const shared = () =>
      Object.fromEntries(sharedParts.map((name, p) => [name, state(inGroups * groupParts.length + p, name, true)]))
    return viewOf(this.#scope, 0, (group) => partsOf(of === 'every group' ? groups.indexOf(group) : 0), shared)
  }
}
