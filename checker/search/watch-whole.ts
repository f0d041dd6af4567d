import type { Compiled } from '../compile/index.ts'
import type { Scope } from '../scope.ts'
import { chooseVisited, makeVisited, type Visited } from '../visited/visited.ts'
import { hubClasses, sliceClasses } from './classes.ts'
import type { Space } from './space.ts'

/** Memory for the combinations one property may remember, in bytes. */
const MEMORY = 2 ** 28

/** A state in which a combination appears first, and where its digits are. */
export type OnNew = (state: number, digits: Int32Array, at: number) => void

/** Finds, for a property over all groups at once, each combination of what it reads the first time it appears. */
export class WholeWatch {
  readonly #groups: number
  readonly #asked: readonly number[]
  readonly #sliceClass: Int32Array
  readonly #hubClass: Int32Array
  readonly #weights: readonly number[]
  readonly #seen: Visited
  readonly #onNew: OnNew
  readonly #candidate = new Float64Array(1)
  readonly #fresh = new Float64Array(1)

  constructor(compiled: Compiled, scope: Scope, onNew: OnNew) {
    const slices = sliceClasses(compiled, scope.groupParts, scope.groups)
    const hubs = hubClasses(compiled, scope.sharedParts)
    let size = hubs.count
    this.#weights = scope.groups.map(() => {
      size *= slices.count
      return size / slices.count
    })
    this.#groups = compiled.codec.groups
    this.#asked = scope.groups
    this.#sliceClass = slices.classOf
    this.#hubClass = hubs.classOf
    this.#seen = makeVisited(chooseVisited(size, MEMORY), size)
    this.#onNew = onNew
  }

  /** An index is looked at in all its arrangements as soon as one of them is new: what is seen is closed under them. */
  inspect(states: Float64Array, digits: Int32Array, count: number, space: Space): void {
    for (let i = 0; i < count; i++) {
      const at = i * space.columns
      if (!this.#isNew(digits, at)) continue
      this.#onNew(states[i]!, digits, at)
      for (const world of space.arrangements(digits, at)) if (this.#isNew(world, 0)) this.#onNew(states[i]!, world, 0)
    }
  }

  #isNew(world: Int32Array, at: number): boolean {
    let index = this.#hubClass[world[at + this.#groups]!]!
    for (let k = 0; k < this.#asked.length; k++) {
      index += this.#sliceClass[world[at + this.#asked[k]!]!]! * this.#weights[k]!
    }
    this.#candidate[0] = index
    return this.#seen.addAll(this.#candidate, 1, this.#fresh) === 1
  }
}
