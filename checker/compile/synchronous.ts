import type { State, SynchronousRule } from '../system.ts'
import { advancePurely } from './purity.ts'
import type { LinkRunner } from './run-link.ts'

type Advance = (state: State) => State | undefined

/** One side (the group's or the shared parts') of a synchronous rule over tuples of part numbers. */
export class SynchronousSide {
  /** The tuple after the last `advance`. */
  readonly next: Int32Array
  readonly #functions: readonly (Advance | undefined)[]
  readonly #names: readonly string[]
  readonly #shared: boolean
  readonly #rule: string
  readonly #memo: number[][]
  readonly #runner: LinkRunner

  constructor(rule: SynchronousRule, shared: boolean, partNames: readonly string[], runner: LinkRunner) {
    this.#rule = rule.name
    this.next = new Int32Array(partNames.length)
    this.#functions = partNames.map((name) => (shared ? rule.shared[name] : rule.group[name]))
    this.#names = partNames
    this.#shared = shared
    this.#memo = partNames.map(() => [])
    this.#runner = runner
  }

  /** Advances the tuple that begins at `from` into `next`; `false`: some part blocks. */
  advance(source: Int32Array, from: number): boolean {
    for (let at = 0; at < this.next.length; at++) {
      const id = source[from + at]!
      const step = this.#functions[at]
      let next = id
      if (step !== undefined) {
        const memo = this.#memo[at]!
        while (memo.length <= id) memo.push(-2)
        next = memo[id]!
        if (next === -2) {
          next = this.#really(step, at, id)
          memo[id] = next
        }
        if (next < 0) return false
      }
      this.next[at] = next
    }
    return true
  }

  /** -1: blocked. */
  #really(step: Advance, at: number, id: number): number {
    this.#runner.runs++
    const interner = this.#runner.part(this.#names[at]!, this.#shared)
    const next = advancePurely(step, interner.states[id], `rule ${this.#rule}, part ${this.#names[at]}`)
    return next === undefined ? -1 : interner.intern(next)
  }
}
