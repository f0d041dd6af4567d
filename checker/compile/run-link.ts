import { isImpossible, type Link, type State } from '../system.ts'
import { StateInterner } from './intern.ts'

/** Outcomes of one link for one input, as numbers: three per outcome (state, label, effects). `null`: declared impossible. */
export type LinkRun = readonly number[] | null

/** Runs every link at most once per distinct (part, label, group) and remembers the outcome as numbers. */
export class LinkRunner {
  /** How often a function of the system was really run. */
  runs = 0
  readonly labels = new StateInterner()
  /** Lists of effects, by number; 0 is the empty list. */
  readonly effects = new StateInterner()
  readonly shared = new Map<string, StateInterner>()
  readonly group = new Map<string, StateInterner>()
  readonly #memo = new Map<Link, Map<number, LinkRun>[]>()
  readonly #joined = new Map<number, number>()

  constructor() {
    this.labels.intern(undefined)
    this.effects.intern([])
  }

  /** The numbered states of a part; group parts of the same name share numbers over all kinds. */
  part(name: string, shared: boolean): StateInterner {
    const table = shared ? this.shared : this.group
    let interner = table.get(name)
    if (interner === undefined) {
      interner = new StateInterner()
      table.set(name, interner)
    }
    return interner
  }

  run(link: Link, state: number, label: number, group: number): LinkRun {
    let byGroup = this.#memo.get(link)
    if (byGroup === undefined) {
      byGroup = []
      this.#memo.set(link, byGroup)
    }
    const slot = link.step.length >= 3 ? group : 0
    let memo = byGroup[slot]
    if (memo === undefined) {
      memo = new Map()
      byGroup[slot] = memo
    }
    const key = label * 67_108_864 + state
    let run = memo.get(key)
    if (run === undefined) {
      run = this.#reallyRun(link, state, label, group)
      memo.set(key, run)
    }
    return run
  }

  #reallyRun(link: Link, state: number, label: number, group: number): LinkRun {
    this.runs++
    const interner = this.part(link.part, link.shared === true)
    const outcomes = link.step(interner.states[state], this.labels.states[label], group)
    if (isImpossible(outcomes)) return null
    return outcomes.flatMap((outcome) => [
      interner.intern(outcome.state),
      this.labels.intern(outcome.label),
      this.effects.intern(outcome.effects ?? []),
    ])
  }

  /** The number of the effects `a` followed by the effects `b`. */
  join(a: number, b: number): number {
    if (a === 0 || b === 0) return a + b
    const key = a * 67_108_864 + b
    let joined = this.#joined.get(key)
    if (joined === undefined) {
      joined = this.effects.intern([...this.effects.states[a], ...this.effects.states[b]] as State)
      this.#joined.set(key, joined)
    }
    return joined
  }
}
