/**
 * Active automaton learning of a TCP server's side of one connection: what it answers to calls and segments, as a Mealy machine.
 *
 * @example
 * const { study } = alphabets
 * const teacher = new TcpTeacher(new ModelHost('linux-6.18'), study)
 * const learnt = learn(teacher, { guides: [explored('linux-6.18', study)!], calls: study.calls, words: 0, seed: 1 })
 * learnt.machine.states.length // 44
 *
 * Read next: `alphabet.ts`, `learn.ts`, `tree.ts`, `equivalence.ts`, `tcp-teacher.ts`. `kernel-host.ts` needs koffi, and is loaded
 * where it is wanted.
 */
export { type Difference, differences } from './against.ts'
export { type Alphabet, type AlphabetName, alphabets } from './alphabet.ts'
export type { Guide } from './equivalence.ts'
export { explored } from './explored.ts'
export { type Learnt, learn } from './learn.ts'
export { accessWords } from './mealy.ts'
export { ModelHost } from './model-host.ts'
export { type Host, TcpTeacher, Unanswered } from './tcp-teacher.ts'
export { Contradiction, Remembered } from './teacher.ts'
export { toAut, toDot } from './written.ts'
