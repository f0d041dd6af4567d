import { IntList } from '../compile/int-list.ts'
import { PairMap } from '../compile/pair-map.ts'

/**
 * Remembers what a pure function said, by those of its inputs that it really looked at. The memory is a decision tree: each
 * node asks for one input, each leaf is an answer. A function that looks at an effect first and says no costs nothing more.
 */
export class Remembered {
  /** How often the function was really run. */
  runs = 0
  /** The inputs as numbers: to be filled in before `ask`. */
  readonly inputs: Int32Array
  readonly #run: () => number
  /** The input that a node asks for, or -1 - answer at a leaf. */
  readonly #asksFor = new IntList()
  #branches = new PairMap()
  #looked: number[] = []
  /** The function does not look at the same inputs each time: all of them count. */
  #fickle = false

  /** `run` answers 0, 1, 2 …; it must call `look` for each input before it uses it. */
  constructor(inputs: number, run: () => number) {
    this.inputs = new Int32Array(inputs)
    this.#run = run
  }

  look(input: number): void {
    if (!this.#looked.includes(input)) this.#looked.push(input)
  }

  ask(): number {
    let node = 0
    if (this.#asksFor.length === 0) return this.#learn()
    for (let asks = this.#asksFor.items[0]!; asks >= 0; asks = this.#asksFor.items[node]!) {
      node = this.#branches.get(node, this.inputs[asks]!)
      if (node < 0) return this.#learn()
    }
    return -1 - this.#asksFor.items[node]!
  }

  #learn(): number {
    this.runs++
    this.#looked = this.#fickle ? Array.from(this.inputs, (_, input) => input) : []
    const answer = this.#run()
    const path = [...this.#looked, -1 - answer]
    let node = -1
    path.forEach((asks, i) => {
      const branch = i === 0 ? 0 : this.inputs[path[i - 1]!]!
      let next = i === 0 ? (this.#asksFor.length > 0 ? 0 : -1) : this.#branches.get(node, branch)
      if (next < 0) {
        next = this.#asksFor.length
        this.#asksFor.push(asks)
        if (i > 0) this.#branches.add(node, branch, next)
      } else if (this.#asksFor.at(next) !== asks) this.#fickle = true
      node = next
    })
    if (this.#fickle && this.#looked.length < this.inputs.length) this.#forget()
    return answer
  }

  #forget(): void {
    this.#asksFor.length = 0
    this.#branches = new PairMap()
  }
}
