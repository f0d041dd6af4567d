import type { Compiled } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'

/** Which steps count. Choices with the same key are the same. */
export interface Only {
  readonly key: string
  /** By rule, synchronous ones last: 0 leaves its steps out. */
  readonly rules?: Uint8Array
  /** Numbers of slices and hubs: steps from one number to another are left out. */
  readonly slices?: Int32Array
  readonly hubs?: Int32Array
}

export const EVERY_STEP: Only = { key: '' }

const NONE: readonly number[] = []

/** What a group may do while the shared parts go from one hub to another: slices to slices. */
export class Relation {
  readonly id: number
  readonly #compiled: Compiled
  readonly #isLocal: boolean
  readonly #answers: ReadonlyMap<number, readonly number[]>
  readonly #only: Only
  readonly #rows: (readonly number[])[] = []
  #found: number[] = []

  /** `answers`: by ask, the answers that lead from the one hub to the other (-1: declared impossible here). */
  constructor(
    id: number,
    compiled: Compiled,
    isLocal: boolean,
    answers: ReadonlyMap<number, readonly number[]>,
    only: Only,
  ) {
    this.id = id
    this.#compiled = compiled
    this.#isLocal = isLocal
    this.#answers = answers
    this.#only = only
  }

  /**
   * The next slices, without repetition, the slice itself left out of local steps.
   * @throws CheckerFault IMPOSSIBLE_MET
   */
  row(slice: number): readonly number[] {
    const known = this.#rows[slice]
    if (known !== undefined) return known
    this.#find(slice)
    const row = this.#found.length === 0 ? NONE : this.#found
    this.#rows[slice] = row
    return row
  }

  #find(slice: number): void {
    const { localStart, entryStart, entryAsk, entryBase, answerStart } = this.#compiled.tables
    this.#found = []
    if (this.#isLocal) for (let s = localStart[slice]!; s < localStart[slice + 1]!; s++) this.#add(slice, s)
    for (let entry = entryStart[slice]!; entry < entryStart[slice + 1]!; entry++) {
      for (const answer of this.#answers.get(entryAsk[entry]!) ?? NONE) {
        const at = entryBase[entry]! + possible(answer)
        for (let s = answerStart[at]!; s < answerStart[at + 1]!; s++) this.#add(slice, s)
      }
    }
  }

  #add(slice: number, step: number): void {
    const { stepTarget, stepAct, actRule } = this.#compiled.tables
    const { rules, slices } = this.#only
    const target = possible(stepTarget[step]!)
    if (this.#isLocal && target === slice) return
    if (rules !== undefined && rules[actRule[stepAct[step]!]!] === 0) return
    if (slices !== undefined && slices[slice] !== slices[target]) return
    if (!this.#found.includes(target)) this.#found.push(target)
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
  movesOf(group: number, hub: number, only = EVERY_STEP): Move[] {
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
    return [...answersTo]
      .filter(([to]) => only.hubs === undefined || only.hubs[to] === only.hubs[hub])
      .map(([to, answers]) => ({ hub: to, relation: this.#relation(group, to === hub, answers, only) }))
  }

  #relation(group: number, isLocal: boolean, answers: ReadonlyMap<number, readonly number[]>, only: Only): Relation {
    const key = JSON.stringify([this.#compiled.closed.kindOfGroup[group], isLocal, [...answers], only.key])
    let relation = this.#known.get(key)
    if (relation === undefined) {
      relation = new Relation(this.#known.size, this.#compiled, isLocal, answers, only)
      this.#known.set(key, relation)
    }
    return relation
  }
}
