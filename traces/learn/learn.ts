/**
 * Active automaton learning: a machine is made from answers, words are looked for that show it to be wrong, and each of them tells
 * one state from another, until none is found. D. Angluin 1987; R. Rivest, R. Schapire 1993.
 */
import { type Guide, type Tests, testWords } from './equivalence.ts'
import { type Mealy, type Word, walk } from './mealy.ts'
import { type Asked, Remembered, type Teacher } from './teacher.ts'
import { DiscriminationTree } from './tree.ts'

export interface Learnt extends Guide, Asked {
  /** Words that were tried on the last machine and those before it, and the rounds: machines that were made. */
  readonly tests: number
  readonly rounds: number
  /** The tests were ended before all were tried. */
  readonly stopped?: true
}

export interface Progress extends Asked {
  readonly states: number
  readonly tests: number
}

export interface LearnOptions extends Tests {
  /** Polled: true ends the tests, and the machine is what it is. */
  readonly shouldStop?: () => boolean
  readonly progress?: (p: Progress) => void
}

/** @throws Contradiction where the teacher answers the same word differently */
export const learn = (teacher: Teacher, o: LearnOptions): Learnt => {
  const asked = teacher instanceof Remembered ? teacher : new Remembered(teacher)
  const tree = new DiscriminationTree(asked)
  let [machine, tests, rounds, stopped] = [tree.machine(), 0, 1, false]
  const isRight = (word: Word) => String(asked.ask(word)) === String(walk(machine, word).outputs)
  const counterexample = (): Word | undefined => {
    for (const word of testWords(machine, o)) {
      stopped = o.shouldStop?.() ?? false
      if (stopped) return undefined
      tests += 1
      o.progress?.({ ...asked.asked, states: machine.states.length, tests })
      if (!isRight(word)) return word
    }
    return undefined
  }
  for (let word = counterexample(); word !== undefined; word = counterexample())
    while (!isRight(word)) {
      tree.split(...divided(tree, machine, word))
      machine = tree.machine()
      rounds += 1
    }
  const suffixes = tree.access.map((_, state) => tree.suffixesOf(state)!)
  return { machine, suffixes, ...asked.asked, tests, rounds, ...(stopped && { stopped }) }
}

/**
 * The transition that leads elsewhere than the machine has it: up to it the state's own word serves as well as the word that was
 * tried, after it no more. The state, the word that does not lead there, and the suffix that shows it. Rivest, Schapire 1993.
 */
const divided = (tree: DiscriminationTree, machine: Mealy, word: Word): [number, Word, Word] => {
  const { outputs, states } = walk(machine, word)
  const agrees = (i: number) =>
    tree.answers(tree.access[states[i]!]!, word.slice(i)) === JSON.stringify(outputs.slice(i))
  let [wrong, right] = [0, word.length]
  while (right - wrong > 1) {
    const middle = (wrong + right) >> 1
    if (agrees(middle)) right = middle
    else wrong = middle
  }
  return [states[right]!, [...tree.access[states[wrong]!]!, word[wrong]!], word.slice(right)]
}
