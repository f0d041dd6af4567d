import { GIVEN, HIT } from '../search/question.ts'
import type { Asker } from './asker.ts'
import type { Seen } from './report.ts'
import type { Digits, Move } from './stepper.ts'

/** Where something was met first: the run, how far it had come, and the group it was met for. */
export interface First {
  readonly run: number
  readonly steps: number
  readonly group: number
}

class Count implements Seen {
  times = 0
  runs = 0
  #last = -1

  add(run: number): void {
    this.times++
    if (this.#last !== run) this.runs++
    this.#last = run
  }
}

/** Counts, for one property, where it applied and where it was violated or witnessed. */
export class Tally {
  readonly asker: Asker
  readonly seen = new Count()
  readonly given = new Count()
  first: First | undefined

  constructor(asker: Asker) {
    this.asker = asker
  }

  /** @returns whether it is met here for the first time */
  world(run: number, steps: number, world: Digits): boolean {
    if (this.asker.isOfSteps) return false
    return this.#note(run, steps, (which) => this.asker.ofWorld(which, world))
  }

  /** @returns whether it is met here for the first time */
  step(run: number, steps: number, before: Digits, move: Move): boolean {
    if (!this.asker.isOfSteps) return false
    return this.#note(run, steps, (which) => this.asker.ofStep(which, before, move))
  }

  #note(run: number, steps: number, answer: (which: number) => number): boolean {
    const { asker } = this
    let bits = 0
    let group = -1
    for (let which = 0; which < asker.asked.length; which++) {
      const answered = answer(which)
      if ((answered & HIT) !== 0 && (bits & HIT) === 0) group = asker.asked[which]!
      bits |= answered
    }
    if ((bits & GIVEN) !== 0) this.given.add(run)
    if ((bits & HIT) === 0 || asker.property.kind === 'leads-to') return false
    this.seen.add(run)
    if (this.first !== undefined) return false
    this.first = { run, steps, group }
    return true
  }
}

/** Counts what is met without a property. */
export class PlainTally {
  readonly seen = new Count()
  first: First | undefined

  note(run: number, steps: number): boolean {
    this.seen.add(run)
    if (this.first !== undefined) return false
    this.first = { run, steps, group: -1 }
    return true
  }
}
