import type { Compiled } from '../compile/index.ts'
import type { Invariant, StepProperty } from '../property.ts'
import { concernsRule, type Scope, scopeOf } from '../scope.ts'
import { HIT, StepQuestion, WorldQuestion } from './question.ts'

interface Asked<Question> {
  readonly scope: Scope
  readonly question: Question
}

/** Asks the constraints of a system about worlds and steps given by their digits. */
export class Admission {
  readonly #compiled: Compiled
  readonly #states: readonly Asked<WorldQuestion>[]
  readonly #steps: readonly (Asked<StepQuestion> & { readonly concerns: readonly boolean[] })[]
  readonly #pair: Int32Array

  constructor(compiled: Compiled) {
    const { system, codec } = compiled
    const { states = [], steps = [] } = system.constraints ?? {}
    this.#compiled = compiled
    this.#pair = new Int32Array(2 * (codec.groups + 1))
    this.#states = states.map(({ id, reads, when }) => {
      const invariant: Invariant = { id, reads, kind: 'invariant', then: when }
      const scope = scopeOf(system, invariant)
      return { scope, question: new WorldQuestion(compiled, invariant, scope) }
    })
    const names = [...system.rules, ...(system.synchronous ?? [])].map(({ name }) => name)
    this.#steps = steps.map(({ id, reads, when }) => {
      const property: StepProperty = { id, reads, kind: 'step', then: when }
      const scope = scopeOf(system, property)
      const concerns = names.map((name) => concernsRule(system, scope, name))
      return { scope, concerns, question: new StepQuestion(compiled, property, scope) }
    })
  }

  /** Whether the world with these digits may be entered. */
  admits(digits: Int32Array, at: number): boolean {
    const hub = digits[at + this.#compiled.codec.groups]!
    return this.#states.every(({ scope, question }) => {
      if (scope.of === 'shared') return (question.ask(0, hub) & HIT) === 0
      if (scope.of === 'every group') return (question.askAll(scope.groups, digits, at, hub) & HIT) === 0
      return scope.groups.every((group) => (question.ask(digits[at + group]!, hub) & HIT) === 0)
    })
  }

  /** Whether a step (see `Visit`) between worlds with these digits may be taken. */
  permits(step: number, actor: number, before: Int32Array, at: number, after: Int32Array, to: number): boolean {
    if (this.#steps.length === 0) return true
    const { tables, codec } = this.#compiled
    const act = step < 0 ? tables.togetherAct[-1 - step]! : tables.stepAct[step]!
    const rule = tables.actRule[act]!
    const [hub, nextHub] = [before[at + codec.groups]!, after[to + codec.groups]!]
    return this.#steps.every(({ scope, concerns, question }) => {
      if (!concerns[rule]) return true
      if (scope.of === 'shared') return (question.ask(0, 0, hub, nextHub, act) & HIT) === 0
      if (scope.of === 'every group') {
        this.#pair.set(before.subarray(at, at + codec.groups + 1))
        this.#pair.set(after.subarray(to, to + codec.groups + 1), codec.groups + 1)
        return (question.askAll(scope.groups, this.#pair, act) & HIT) === 0
      }
      return scope.groups.every((group) => {
        if (actor >= 0 && actor !== group) return true
        return (question.ask(before[at + group]!, after[to + group]!, hub, nextHub, act) & HIT) === 0
      })
    })
  }
}
