import type { Compiled } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'

/** Leaves the shared parts as they are. */
export const STAY = 0

/** Stands for a combination that is declared impossible, among next hubs and next slices. */
export const IMPOSSIBLE_TARGET = -1

/**
 * What steps of one group do to its slice and to the shared parts. Steps that ask the shared parts the same and go on after the same
 * answer do the same to them, whatever the slice: these are few, and each has a number, a *move*.
 */
export class SharedMoves {
  readonly #compiled: Compiled
  readonly #rank: readonly number[]
  readonly #isAlike: boolean
  /** By ask: the answers that it may get anywhere. */
  readonly #answers: readonly (readonly number[])[]
  /** By move and hub: the next hubs. */
  readonly #hubs: (readonly (readonly number[])[])[] = []
  readonly #numbers = new Map<string, number>()
  readonly #known = new Map<string, number>()
  readonly #rows: (Int32Array | undefined)[][] = []

  constructor(compiled: Compiled) {
    const { tables, closed } = compiled
    this.#compiled = compiled
    this.#rank = closed.kindOfGroup.map((kind, group) => closed.kinds[kind]!.groups.indexOf(group))
    this.#isAlike = tables.askStride.every((stride) => stride === 0)
    this.#answers = Array.from(tables.askBase, (_, ask) => answersOf(compiled, ask))
    this.#number(Array.from({ length: tables.hubs }, (_, hub) => [hub]))
  }

  /** The next hubs of a move beside a hub, `IMPOSSIBLE_TARGET` among them where that was declared. */
  nextHubs(move: number, hub: number): readonly number[] {
    return this.#hubs[move]![hub]!
  }

  /**
   * The steps of a group from a slice, each once: next slice (or `IMPOSSIBLE_TARGET`) and move, alternating. Those that change nothing are
   * left out.
   */
  row(group: number, slice: number): Int32Array {
    const of = this.#isAlike ? this.#compiled.closed.kindOfGroup[group]! : group
    this.#rows[of] ??= []
    const rows = this.#rows[of]
    rows[slice] ??= this.#find(group, slice)
    return rows[slice]
  }

  #find(group: number, slice: number): Int32Array {
    const { tables } = this.#compiled
    const { localStart, entryStart, entryAsk, entryBase, answerStart, stepTarget } = tables
    const row: number[] = []
    const add = (target: number, move: number): void => {
      if (target === slice && move === STAY) return
      for (let i = 0; i < row.length; i += 2) if (row[i] === target && row[i + 1] === move) return
      row.push(target, move)
    }
    for (let step = localStart[slice]!; step < localStart[slice + 1]!; step++) add(stepTarget[step]!, STAY)
    for (let entry = entryStart[slice]!; entry < entryStart[slice + 1]!; entry++) {
      const ask = entryAsk[entry]!
      for (const answer of this.#answers[ask]!) {
        const move = this.#move(ask, group, answer)
        if (answer === IMPOSSIBLE_TARGET) add(IMPOSSIBLE_TARGET, move)
        else {
          const at = entryBase[entry]! + answer
          for (let step = answerStart[at]!; step < answerStart[at + 1]!; step++) add(stepTarget[step]!, move)
        }
      }
    }
    return Int32Array.from(row)
  }

  /** What the shared parts do where a group is given this answer. */
  #move(ask: number, group: number, answer: number): number {
    const { tables } = this.#compiled
    const { askBase, askStride, rowStart, rowHub, rowAnswer, hubs } = tables
    const first = askBase[ask]! + askStride[ask]! * this.#rank[group]!
    const key = `${first} ${answer}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const next = Array.from({ length: hubs }, (_, hub) => {
      const to: number[] = []
      for (let r = rowStart[first + hub]!; r < rowStart[first + hub + 1]!; r++) {
        const given = rowHub[r]! < 0 ? IMPOSSIBLE_TARGET : rowAnswer[r]!
        if (given === answer) to.push(rowHub[r]! < 0 ? hub : rowHub[r]!)
      }
      return to
    })
    const move = this.#number(next)
    this.#known.set(key, move)
    return move
  }

  #number(next: readonly (readonly number[])[]): number {
    const key = JSON.stringify(next)
    const known = this.#numbers.get(key) ?? this.#hubs.length
    if (known === this.#hubs.length) {
      this.#hubs.push(next)
      this.#numbers.set(key, known)
    }
    return known
  }
}

/** The answers of all rows of an ask; `IMPOSSIBLE_TARGET` stands for those that are declared impossible. */
function answersOf({ tables }: Compiled, ask: number): number[] {
  const { askBase, rowStart, rowHub, rowAnswer } = tables
  const found = new Set<number>()
  const end = askBase[ask + 1] ?? rowStart.length - 1
  for (let r = rowStart[askBase[ask]!]!; r < rowStart[end]!; r++)
    found.add(rowHub[r]! < 0 ? IMPOSSIBLE_TARGET : rowAnswer[r]!)
  return [...found]
}

/** @throws CheckerFault IMPOSSIBLE_MET */
export function meetImpossible(): never {
  throw new CheckerFault('IMPOSSIBLE_MET', 'A rule met a combination of parts declared impossible.')
}
