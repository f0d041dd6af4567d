/**
 * A discrimination tree. Each fork asks one suffix, each leaf is a state: the answers to a few suffixes tell to which state a word leads.
 * M. Kearns, U. Vazirani: An Introduction to Computational Learning Theory (1994), chapter 8.
 */
import type { Edge, Mealy, Word } from './mealy.ts'
import type { Teacher } from './teacher.ts'

interface Leaf {
  readonly state: number
}

interface Fork {
  readonly suffix: Word
  readonly by: Map<string, Leaf | Fork>
}

const isLeaf = (node: Leaf | Fork): node is Leaf => 'state' in node

export class DiscriminationTree {
  /** A word that leads to each state. */
  readonly access: Word[] = [[]]
  readonly #teacher: Teacher
  #root: Leaf | Fork = { state: 0 }

  constructor(teacher: Teacher) {
    this.#teacher = teacher
  }

  /** What the teacher answers to the suffix after the word. */
  answers(word: Word, suffix: Word): string {
    return JSON.stringify(this.#teacher.ask([...word, ...suffix]).slice(word.length))
  }

  /** The state to which the word leads, a new one where no state answers alike. */
  sift(word: Word): number {
    let node = this.#root
    while (!isLeaf(node)) {
      const key = this.answers(word, node.suffix)
      const next = node.by.get(key)
      if (next === undefined) {
        const state = this.access.push(word) - 1
        node.by.set(key, { state })
        return state
      }
      node = next
    }
    return node.state
  }

  /** The word leads elsewhere than to the state: the suffix tells them apart, or what is left of it without inputs that do not matter. */
  split(state: number, word: Word, telling: Word): void {
    const old = this.access[state]!
    const tells = (suffix: Word) => this.answers(old, suffix) !== this.answers(word, suffix)
    let suffix = telling
    for (let i = suffix.length - 1; i >= 0; i--) {
      const shorter = suffix.toSpliced(i, 1)
      if (tells(shorter)) suffix = shorter
    }
    const fresh = this.access.push(word) - 1
    const fork: Fork = {
      suffix,
      by: new Map([
        [this.answers(old, suffix), { state }],
        [this.answers(word, suffix), { state: fresh }],
      ]),
    }
    const replaced = (node: Leaf | Fork): Leaf | Fork => {
      if (isLeaf(node)) return node.state === state ? fork : node
      for (const [key, next] of node.by) node.by.set(key, replaced(next))
      return node
    }
    this.#root = replaced(this.#root)
  }

  /** The suffixes that tell the state from all others. */
  suffixesOf(state: number, node: Leaf | Fork = this.#root): Word[] | undefined {
    if (isLeaf(node)) return node.state === state ? [] : undefined
    for (const next of node.by.values()) {
      const below = this.suffixesOf(state, next)
      if (below) return [node.suffix, ...below]
    }
    return undefined
  }

  /** The machine of all states, which grow in number while their edges are asked for. */
  machine(): Mealy {
    const { inputs } = this.#teacher
    const states: Map<string, Edge>[] = []
    for (let state = 0; state < this.access.length; state++) {
      const edges = inputs.map((input): [string, Edge] => {
        const word = [...this.access[state]!, input]
        return [input, { output: this.#teacher.ask(word).at(-1)!, to: this.sift(word) }]
      })
      states.push(new Map(edges))
    }
    return { inputs, states }
  }
}
