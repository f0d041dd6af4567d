import type { Compiled } from '../compile/index.ts'
import type { LeadsTo } from '../property.ts'

/** Rule instances (a rule of one group) and what fairness promises of each. */
export class Instances {
  readonly #groups: number
  readonly #rules: number
  readonly #stepAct: Int32Array
  readonly #actRule: Int32Array
  /** By rule, synchronous ones last: 0 none, 1 weak, 2 strong. */
  readonly #fairness: Uint8Array

  constructor({ system, tables, codec }: Compiled, property: LeadsTo) {
    const rules = [...system.rules, ...(system.synchronous ?? [])]
    this.#groups = codec.groups
    this.#rules = system.rules.length
    this.#stepAct = tables.stepAct
    this.#actRule = tables.actRule
    this.#fairness = Uint8Array.from(rules, ({ name, fairness }) => {
      if (fairness === 'strong') return 2
      return fairness === 'weak' || property.alsoFair?.includes(name) ? 1 : 0
    })
  }

  #ruleOf(step: number): number {
    return step < 0 ? this.#rules - 1 - step : this.#actRule[this.#stepAct[step]!]!
  }

  /** The number of the fair instance that takes this step, or -1 when fairness promises nothing of it. */
  fairOf(step: number, group: number): number {
    const rule = this.#ruleOf(step)
    return this.#fairness[rule] === 0 ? -1 : rule * (this.#groups + 1) + group + 1
  }

  isStrong(instance: number): boolean {
    return this.#fairness[Math.floor(instance / (this.#groups + 1))] === 2
  }
}
