import type { Compiled } from '../compile/index.ts'

/** A step of a group beside a hub: -1 as its next slice or next hub is declared impossible. */
export type OwnStep = (step: number, next: number, nextHub: number) => void

/** Steps of one group, read from the tables. Groups that are told apart by their index have none here: they are refused. */
export class OwnSteps {
  readonly #compiled: Compiled

  constructor(compiled: Compiled) {
    this.#compiled = compiled
  }

  /** What the group does by itself, beside any hub. */
  local(slice: number, visit: (step: number, next: number) => void): void {
    const { localStart, stepTarget } = this.#compiled.tables
    for (let step = localStart[slice]!; step < localStart[slice + 1]!; step++) visit(step, stepTarget[step]!)
  }

  /** What it does after an answer of this hub. */
  asking(slice: number, hub: number, visit: OwnStep): void {
    const { entryStart, entryAsk, entryBase, answerStart, stepTarget } = this.#compiled.tables
    const { askBase, rowStart, rowHub, rowAnswer } = this.#compiled.tables
    for (let entry = entryStart[slice]!; entry < entryStart[slice + 1]!; entry++) {
      const row = askBase[entryAsk[entry]!]! + hub
      for (let r = rowStart[row]!; r < rowStart[row + 1]!; r++) {
        const nextHub = rowHub[r]!
        if (nextHub < 0) {
          visit(-1, -1, -1)
          continue
        }
        const answer = entryBase[entry]! + rowAnswer[r]!
        for (let step = answerStart[answer]!; step < answerStart[answer + 1]!; step++) {
          visit(step, stepTarget[step]!, nextHub)
        }
      }
    }
  }

  /** Both. */
  each(slice: number, hub: number, visit: OwnStep): void {
    this.local(slice, (step, next) => visit(step, next, hub))
    this.asking(slice, hub, visit)
  }
}
