import type { State, SynchronousRule } from '../system.ts'
import type { LinkRunner } from './run-link.ts'

type Advance = (state: State) => State | undefined

/** One side (the group's or the shared parts') of a synchronous rule over tuples of part numbers. */
export class SynchronousSide {
  readonly #functions: readonly (Advance | undefined)[]
  readonly #names: readonly string[]
  readonly #shared: boolean
  readonly #memo: (number | undefined)[][]
  readonly #runner: LinkRunner

  constructor(rule: SynchronousRule, shared: boolean, partNames: readonly string[], runner: LinkRunner) {
    this.#functions = partNames.map((name) => (shared ? rule.shared[name] : rule.group[name]))
    this.#names = partNames
    this.#shared = shared
    this.#memo = partNames.map(() => [])
    this.#runner = runner
  }

  /** Advances the tuple in place; `false`: some part blocks (the tuple is then half changed). */
  advance(tuple: number[]): boolean {
    for (let at = 0; at < tuple.length; at++) {
      const step = this.#functions[at]
      if (step === undefined) continue
      const memo = this.#memo[at]!
      let next = memo[tuple[at]!]
      if (next === undefined) {
        next = this.#really(step, at, tuple[at]!)
        memo[tuple[at]!] = next
      }
      if (next < 0) return false
      tuple[at] = next
    }
    return true
  }

  #really(step: Advance, at: number, id: number): number {
    this.#runner.runs++
    const interner = this.#runner.part(this.#names[at]!, this.#shared)
    const next = step(interner.states[id])
    return next === undefined ? -1 : interner.intern(next)
  }
}
