import { IntList } from './int-list.ts'
import { PairMap } from './pair-map.ts'

/** Numbers *acts*: a rule together with the list of what was observable. All that a step shows besides the parts. */
export class Acts {
  readonly rule = new IntList()
  readonly effects = new IntList()
  readonly #known = new PairMap()

  of(rule: number, effects: number): number {
    const act = this.#known.number(rule, effects)
    if (act === this.rule.length) {
      this.rule.push(rule)
      this.effects.push(effects)
    }
    return act
  }
}
