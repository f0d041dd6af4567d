import { canonicalKey } from '../canonical.ts'
import type { State } from '../system.ts'

/** Numbers states 0, 1, 2 … in the order they are first met; equal states get equal numbers. */
export class StateInterner {
  readonly states: State[] = []
  readonly #ids = new Map<string, number>()
  readonly #byObject = new WeakMap<object, number>()

  intern(state: State): number {
    if (typeof state !== 'object' || state === null) return this.#internKey(state)
    const before = this.#byObject.get(state)
    if (before !== undefined) return before
    const id = this.#internKey(state)
    this.#byObject.set(state, id)
    return id
  }

  #internKey(state: State): number {
    const key = canonicalKey(state)
    const before = this.#ids.get(key)
    if (before !== undefined) return before
    const id = this.states.length
    this.states.push(state)
    this.#ids.set(key, id)
    return id
  }
}

/** Numbers tuples of a fixed width, digit by digit through a chain of maps. Ids within a tuple must be below 2^26. */
export class TupleInterner {
  readonly width: number
  /** The tuples one after another: tuple `id` is at `id * width`. */
  readonly digits: number[] = []
  size = 0
  readonly #steps: Map<number, number>[]
  readonly #prefixes: number[]

  constructor(width: number) {
    this.width = width
    this.#steps = Array.from({ length: width }, () => new Map<number, number>())
    this.#prefixes = new Array<number>(width).fill(0)
  }

  intern(tuple: ArrayLike<number>): number {
    if (this.width === 0) {
      this.size = 1
      return 0
    }
    let prefix = 0
    for (let at = 0; at < this.width; at++) {
      const steps = this.#steps[at]!
      const key = prefix * 67_108_864 + tuple[at]!
      let next = steps.get(key)
      if (next === undefined) {
        next = this.#prefixes[at]!++
        steps.set(key, next)
        if (at === this.width - 1) {
          for (let i = 0; i < this.width; i++) this.digits.push(tuple[i]!)
          this.size++
        }
      }
      prefix = next
    }
    return prefix
  }

  read(id: number, into: number[]): void {
    for (let i = 0; i < this.width; i++) into[i] = this.digits[id * this.width + i]!
  }
}
