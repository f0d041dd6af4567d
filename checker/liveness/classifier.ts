import type { Compiled } from '../compile/index.ts'
import type { LeadsTo } from '../property.ts'
import type { Scope } from '../scope.ts'
import { hubClasses, sliceClasses } from '../search/classes.ts'
import { WorldQuestion } from '../search/question.ts'

const LARGEST_TABLE = 2 ** 24

/** Evaluates `given` and `then` once per distinct combination of what the property reads. */
export class Classifier {
  readonly #groups: number
  readonly #question: WorldQuestion
  readonly #columns: readonly number[]
  readonly #isOfEvery: boolean
  readonly #weights: readonly number[]
  readonly #sliceClass: Int32Array
  readonly #hubClass: Int32Array
  /** Status + 1 by combination; 0 is not evaluated yet. */
  readonly #table: Uint8Array | undefined
  readonly #map = new Map<number, number>()

  /** `group`: the one it is about; -1 for the world as a whole. */
  constructor(compiled: Compiled, property: LeadsTo, scope: Scope, group: number) {
    this.#groups = compiled.codec.groups
    this.#question = new WorldQuestion(compiled, property, scope)
    this.#columns = group >= 0 ? [group] : scope.groups
    this.#isOfEvery = scope.of === 'every group'
    const slices = sliceClasses(compiled, scope.groupParts, this.#columns)
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

  /** The status of the state whose digits begin at `at`. */
  status(digits: Int32Array, at: number): number {
    const hub = digits[at + this.#groups]!
    let key = this.#hubClass[hub]!
    for (let k = 0; k < this.#columns.length; k++) {
      key += this.#sliceClass[digits[at + this.#columns[k]!]!]! * this.#weights[k]!
    }
    const known = this.#table === undefined ? this.#map.get(key) : this.#table[key]! - 1
    if (known !== undefined && known >= 0) return known
    const status = this.#isOfEvery
      ? this.#question.askAll(this.#columns, digits, at, hub)
      : this.#question.ask(digits[at + (this.#columns[0] ?? 0)]!, hub)
    if (this.#table === undefined) this.#map.set(key, status)
    else this.#table[key] = status + 1
    return status
  }
}
