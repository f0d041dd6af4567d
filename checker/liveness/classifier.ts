import type { Compiled } from '../compile/index.ts'
import type { LeadsTo } from '../property.ts'
import { type Scope, viewOf } from '../scope.ts'
import { hubClasses, sliceClasses } from '../search/classes.ts'

/** Bits of a world's status for a leads-to property. */
export const GIVEN = 1
export const THEN = 2

const LARGEST_TABLE = 2 ** 24

/** Evaluates `given` and `then` once per distinct combination of what the property reads. */
export class Classifier {
  readonly #compiled: Compiled
  readonly #property: LeadsTo
  readonly #scope: Scope
  readonly #group: number
  readonly #columns: readonly number[]
  readonly #weights: readonly number[]
  readonly #sliceClass: Int32Array
  readonly #hubClass: Int32Array
  /** Status + 1 by combination; 0 is not evaluated yet. */
  readonly #table: Uint8Array | undefined
  readonly #map = new Map<number, number>()

  /** `group`: whom it is asked of; -1 for the world as a whole. */
  constructor(compiled: Compiled, property: LeadsTo, scope: Scope, group: number) {
    this.#compiled = compiled
    this.#property = property
    this.#scope = scope
    this.#group = group
    this.#columns = group >= 0 ? [group] : scope.groups
    const slices = sliceClasses(compiled, scope.groupParts)
    const hubs = hubClasses(compiled, scope.sharedParts)
    let size = hubs.count
    this.#weights = this.#columns.map(() => {
      size *= slices.count
      return size / slices.count
    })
    this.#sliceClass = slices.classOf
    this.#hubClass = hubs.classOf
    this.#table = size <= LARGEST_TABLE ? new Uint8Array(size) : undefined
  }

  /** The status of a state whose digits begin at `at`. */
  status(state: number, digits: Int32Array, at: number): number {
    let key = this.#hubClass[digits[at + this.#compiled.codec.groups]!]!
    for (let k = 0; k < this.#columns.length; k++) {
      key += this.#sliceClass[digits[at + this.#columns[k]!]!]! * this.#weights[k]!
    }
    const known = this.#table === undefined ? this.#map.get(key) : this.#table[key]! - 1
    if (known !== undefined && known >= 0) return known
    const status = this.#evaluate(state)
    if (this.#table === undefined) this.#map.set(key, status)
    else this.#table[key] = status + 1
    return status
  }

  #evaluate(state: number): number {
    const world = this.#compiled.codec.decode(state)
    const view = viewOf(
      this.#scope,
      this.#group,
      (g) => world.groups[g]!,
      () => world.shared,
    )
    return (this.#property.given(view) ? GIVEN : 0) | (this.#property.then(view) ? THEN : 0)
  }
}
