/** Where a learnt machine and the machine of a profile part: one difference for each input and pair of answers, with its shortest word. */
import { type Mealy, partings, type Word, walk } from './mealy.ts'

export interface Difference {
  readonly word: Word
  /** What the machines answer to the word, of which the last differs. */
  readonly learnt: readonly string[]
  readonly other: readonly string[]
  /** How many pairs of states part by this input with these answers. */
  readonly pairs: number
  /** Asked again, it was answered as the learnt machine has it. */
  readonly confirmed: boolean
}

/** @param again what is learnt answers the word now, whatever it has answered before */
export const differences = (a: Mealy, b: Mealy, again: (word: Word) => readonly string[]): readonly Difference[] => {
  const kinds = new Map<string, { word: Word; pairs: number }>()
  for (const { word, outputs } of partings(a, b)) {
    const key = JSON.stringify([word.at(-1), outputs])
    kinds.set(key, { word, ...kinds.get(key), pairs: (kinds.get(key)?.pairs ?? 0) + 1 })
  }
  return [...kinds.values()].map(({ word, pairs }) => {
    const learnt = walk(a, word).outputs
    return { word, learnt, other: walk(b, word).outputs, pairs, confirmed: String(again(word)) === String(learnt) }
  })
}
