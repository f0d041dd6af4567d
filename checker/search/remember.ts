import { IntList } from '../compile/int-list.ts'
import { PairMap } from '../compile/pair-map.ts'
import { Features } from './features.ts'

/**
 * Remembers what a pure function said, by that which it really looked at. The memory is a decision tree: each node asks for
 * one feature of the inputs, each leaf is an answer. A predicate that looks at the effects first and says no, or at the
 * state of a socket and nothing else of it, is not run again for whatever else may differ.
 */
export class Remembered {
  /** How often the function was really run. */
  runs = 0
  readonly features: Features
  readonly #run: () => number
  /** The feature that a node asks for, or -1 - answer at a leaf. */
  readonly #asksFor = new IntList()
  /** The branch of a node that was found first, which is often the only one: the value and where it leads. */
  readonly #firstValue = new IntList()
  readonly #firstNode = new IntList()
  #branches = new PairMap()
  #looked = new Set<number>()
  /** The function does not look at the same features each time: all inputs count. */
  #fickle = false

  /** `run` answers 0, 1, 2 …; it must call `look` for each feature of the inputs before it uses it. */
  constructor(inputs: number, run: () => number) {
    this.features = new Features(inputs)
    this.#run = run
  }

  look(feature: number): void {
    this.#looked.add(feature)
  }

  ask(): number {
    if (this.#asksFor.length === 0) return this.#learn()
    const { features } = this
    const asksFor = this.#asksFor.items
    const firstValue = this.#firstValue.items
    const firstNode = this.#firstNode.items
    let node = 0
    for (let asks = asksFor[0]!; asks >= 0; asks = asksFor[node]!) {
      const value = features.valueOf(asks)
      node = firstValue[node] === value ? firstNode[node]! : this.#branches.get(node, value)
      if (node < 0) return this.#learn()
    }
    return -1 - asksFor[node]!
  }

  #learn(): number {
    this.runs++
    this.#looked = new Set()
    const answer = this.#run()
    const path = this.#fickle ? this.#everything() : [...this.#looked]
    if (!this.#grow(path, answer)) {
      this.#fickle = true
      for (const list of [this.#asksFor, this.#firstValue, this.#firstNode]) list.length = 0
      this.#branches = new PairMap()
    }
    return answer
  }

  /** `false`: the tree already asks for something else where this path leads. */
  #grow(path: readonly number[], answer: number): boolean {
    let node = this.#asksFor.length === 0 ? -1 : 0
    let parent = -1
    for (let i = 0; i <= path.length; i++) {
      const asks = path[i] ?? -1 - answer
      if (node < 0) {
        node = this.#asksFor.length
        this.#asksFor.push(asks)
        this.#firstValue.push(-1)
        this.#firstNode.push(-1)
        if (i > 0) this.#branch(parent, this.features.valueOf(path[i - 1]!), node)
      } else if (this.#asksFor.at(node) !== asks) return false
      parent = node
      if (i < path.length) node = this.#next(node, this.features.valueOf(asks))
    }
    return true
  }

  #next(node: number, value: number): number {
    return this.#firstValue.at(node) === value ? this.#firstNode.at(node) : this.#branches.get(node, value)
  }

  #branch(node: number, value: number, to: number): void {
    if (this.#firstValue.at(node) < 0) {
      this.#firstValue.items[node] = value
      this.#firstNode.items[node] = to
    } else this.#branches.add(node, value, to)
  }

  #everything(): number[] {
    return Array.from(this.features.inputs, (_, input) => this.features.whole(input))
  }
}
