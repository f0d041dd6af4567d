/** What is learnt: something that starts anew, takes inputs, and answers each. All answers are kept in a tree of prefixes. */
import type { Word } from './mealy.ts'

export interface Teacher {
  readonly inputs: readonly string[]
  /** Starts anew, and answers each input of the word. */
  ask(word: Word): readonly string[]
}

/** The teacher has answered the same word differently, however often it was asked. */
export class Contradiction extends Error {
  readonly word: Word
  readonly answers: readonly [readonly string[], readonly string[]]

  constructor(word: Word, before: readonly string[], now: readonly string[]) {
    super(`${word.join(' ')}: first ${before.join(' ')}, then ${now.join(' ')}`)
    this.word = word
    this.answers = [before, now]
  }
}

export interface Asked {
  /** Words that the teacher was asked, and the inputs in them. */
  queries: number
  steps: number
  /** How often a word was asked again because its answer contradicted an earlier one. */
  repeated: number
}

interface Node {
  readonly output: string
  readonly next: Map<string, Node>
}

/** So often a word is asked again before a contradiction is reported. */
const REPETITIONS = 7

/** A teacher that is asked nothing twice. */
export class Remembered implements Teacher {
  readonly inputs: readonly string[]
  readonly asked: Asked = { queries: 0, steps: 0, repeated: 0 }
  readonly #teacher: Teacher
  readonly #root: Node = { output: '', next: new Map() }

  constructor(teacher: Teacher) {
    this.#teacher = teacher
    this.inputs = teacher.inputs
  }

  /** @throws Contradiction */
  ask(word: Word): readonly string[] {
    const known = this.#known(word)
    if (known.length === word.length) return known
    const isSame = (answer: readonly string[]) => known.every((output, i) => output === answer[i])
    let answer = this.askAgain(word)
    for (let n = 0; !isSame(answer); n++) {
      if (n === REPETITIONS) throw new Contradiction(word.slice(0, known.length), known, answer.slice(0, known.length))
      this.asked.repeated += 1
      answer = this.askAgain(word)
    }
    this.#keep(word, answer)
    return answer
  }

  /** Whatever was answered before. */
  askAgain(word: Word): readonly string[] {
    this.asked.queries += 1
    this.asked.steps += word.length
    return this.#teacher.ask(word)
  }

  /** The answer as far as it is known. */
  #known(word: Word): string[] {
    const outputs: string[] = []
    let node: Node | undefined = this.#root
    for (const input of word) {
      node = node.next.get(input)
      if (node === undefined) break
      outputs.push(node.output)
    }
    return outputs
  }

  #keep(word: Word, answer: readonly string[]): void {
    let node = this.#root
    for (const [i, input] of word.entries()) {
      let next = node.next.get(input)
      if (next === undefined) {
        next = { output: answer[i]!, next: new Map() }
        node.next.set(input, next)
      }
      node = next
    }
  }
}
