import type { Compiled } from '../compile/index.ts'
import type { LeadsTo } from '../property.ts'

/** Rule instances (a rule of one group, see `Graph.instances`) and what fairness promises of each. */
export class Instances {
  readonly #columns: number
  /** By rule, synchronous ones last, then unattributed: 0 none, 1 weak, 2 strong. */
  readonly #fairness: Uint8Array

  constructor({ system, codec }: Compiled, property: LeadsTo) {
    this.#columns = codec.groups + 1
    const promised = [...system.rules, ...(system.synchronous ?? [])].map(({ name, fairness }) => {
      if (fairness === 'strong') return 2
      return fairness === 'weak' || property.alsoFair?.includes(name) ? 1 : 0
    })
    this.#fairness = Uint8Array.of(...promised, 0)
  }

  isFair(instance: number): boolean {
    return this.#fairness[(instance / this.#columns) | 0] !== 0
  }

  isStrong(instance: number): boolean {
    return this.#fairness[(instance / this.#columns) | 0] === 2
  }
}
