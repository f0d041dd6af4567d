import { StateInterner } from '../compile/intern.ts'
import type { State } from '../system.ts'

/**
 * What a predicate may look at, each as a number that says which of several values it has: a whole input, whether two
 * inputs are equal, or something inside an input's state.
 */
export class Features {
  /** The numbers of the states that the inputs have at the moment. */
  readonly inputs: Int32Array
  readonly #first: number[] = []
  /** The other input of a comparison; -1: none. */
  readonly #second: number[] = []
  /** What is inside a state, as a number, by the number of the state (+ 1; 0 is not computed yet). */
  readonly #columns: (Int32Array | undefined)[] = []
  readonly #inside: ((id: number) => State)[] = []
  readonly #values = new StateInterner()
  readonly #known = new Map<string, number>()

  constructor(inputs: number) {
    this.inputs = new Int32Array(inputs)
  }

  whole(input: number): number {
    return this.#feature(`${input}`, input, -1)
  }

  equality(a: number, b: number): number {
    return this.#feature(`${a}=${b}`, a, b)
  }

  /** `inside` gives the value by the number of the input's state. Not remembered by name: keep the feature. */
  inside(input: number, inside: (id: number) => State): number {
    const feature = this.#first.length
    this.#first.push(input)
    this.#second.push(-1)
    this.#columns.push(new Int32Array(16))
    this.#inside.push(inside)
    return feature
  }

  /** Which value a feature has at the moment. */
  valueOf(feature: number): number {
    const id = this.inputs[this.#first[feature]!]!
    const column = this.#columns[feature]
    if (column !== undefined) {
      const known = id < column.length ? column[id]! : 0
      return known > 0 ? known - 1 : this.#compute(feature, id)
    }
    const other = this.#second[feature]!
    if (other < 0) return id
    return id === this.inputs[other]! ? 1 : 0
  }

  #compute(feature: number, id: number): number {
    let column = this.#columns[feature]!
    if (id >= column.length) {
      column = new Int32Array(2 * id + 2)
      column.set(this.#columns[feature]!)
      this.#columns[feature] = column
    }
    const value = this.#values.intern(this.#inside[feature]!(id))
    column[id] = value + 1
    return value
  }

  #feature(name: string, first: number, second: number): number {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const feature = this.#first.length
    this.#known.set(name, feature)
    this.#first.push(first)
    this.#second.push(second)
    this.#columns.push(undefined)
    this.#inside.push(() => undefined)
    return feature
  }
}
