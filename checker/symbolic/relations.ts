import type { Compiled } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'

/** What a group may do while the shared parts go from one hub to another: slices to slices. */
export class Relation {
  readonly id: number
  readonly #compiled: Compiled
  readonly #isLocal: boolean
  readonly #answers: ReadonlyMap<number, readonly number[]>
  readonly #rows: (Int32Array | undefined)[] = []

  /** `answers`: by ask, the answers that lead from the one hub to the other (-1: declared impossible here). */
  constructor(id: number, compiled: Compiled, isLocal: boolean, answers: ReadonlyMap<number, readonly number[]>) {
    this.id = id
    this.#compiled = compiled
    this.#isLocal = isLocal
    this.#answers = answers
  }

  /**
   * The next slices, without repetition, the slice itself left out of local steps.
   * @throws CheckerFault IMPOSSIBLE_MET
   */
  row(slice: number): Int32Array {
    let row = this.#rows[slice]
    if (row === undefined) {
      row = Int32Array.from(new Set(this.#targets(slice)))
      this.#rows[slice] = row
    }
    return row
  }

  *#targets(slice: number): Generator<number> {
    const { localStart, entryStart, entryAsk, entryBase, answerStart, stepTarget } = this.#compiled.tables
    if (this.#isLocal) {
      for (let step = localStart[slice]!; step < localStart[slice + 1]!; step++) {
        const target = possible(stepTarget[step]!)
        if (target !== slice) yield target
      }
    }
    for (let entry = entryStart[slice]!; entry < entryStart[slice + 1]!; entry++) {
      for (const answer of this.#answers.get(entryAsk[entry]!) ?? []) {
        const at = entryBase[entry]! + possible(answer)
        for (let step = answerStart[at]!; step < answerStart[at + 1]!; step++) {
          const target = possible(stepTarget[step]!)
          if (target !== slice || !this.#isLocal) yield target
        }
      }
    }
  }
}

/** @throws CheckerFault IMPOSSIBLE_MET */
export function possible(target: number): number {
  if (target >= 0) return target
  throw new CheckerFault('IMPOSSIBLE_MET', 'A rule met a combination of parts declared impossible.')
}

/** What a group may do beside one hub: where the shared parts go, and how its slice changes. */
export interface Move {
  readonly hub: number
  readonly relation: Relation
}

/** All relations of a system; those that do the same beside different hubs, or for different groups, are one. */
export class Relations {
  readonly #compiled: Compiled
  readonly #known = new Map<string, Relation>()
  readonly #rank: readonly number[]

  constructor(compiled: Compiled) {
    const { kindOfGroup, kinds } = compiled.closed
    this.#compiled = compiled
    this.#rank = kindOfGroup.map((kind, group) => kinds[kind]!.groups.indexOf(group))
  }

  /** The moves of a group beside a hub; the first one stays there. */
  movesOf(group: number, hub: number): Move[] {
    const { askBase, askStride, rowStart, rowHub, rowAnswer } = this.#compiled.tables
    const answersTo = new Map<number, Map<number, number[]>>([[hub, new Map()]])
    for (let ask = 0; ask < askBase.length; ask++) {
      const row = askBase[ask]! + askStride[ask]! * this.#rank[group]! + hub
      for (let r = rowStart[row]!; r < rowStart[row + 1]!; r++) {
        const isImpossible = rowHub[r]! < 0
        const to = isImpossible ? hub : rowHub[r]!
        const answers = answersTo.get(to) ?? new Map<number, number[]>()
        answersTo.set(to, answers)
        answers.set(ask, [...(answers.get(ask) ?? []), isImpossible ? -1 : rowAnswer[r]!])
      }
    }
    return [...answersTo].map(([to, answers]) => ({ hub: to, relation: this.#relation(group, to === hub, answers) }))
  }

  #relation(group: number, isLocal: boolean, answers: ReadonlyMap<number, readonly number[]>): Relation {
    const key = JSON.stringify([this.#compiled.closed.kindOfGroup[group], isLocal, [...answers]])
    let relation = this.#known.get(key)
    if (relation === undefined) {
      relation = new Relation(this.#known.size, this.#compiled, isLocal, answers)
      this.#known.set(key, relation)
    }
    return relation
  }
}
