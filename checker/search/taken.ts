import { PairMap } from '../compile/pair-map.ts'
import type { Tables } from '../compile/tables.ts'

/** Bits that the memory of one synchronous rule may take. */
const LARGEST = 2 ** 31

/** Where a synchronous step was taken: per slice, or per slice beside a hub. */
export class Taken {
  readonly #hubs: number
  readonly #words: Int32Array
  readonly #pairs: PairMap | undefined

  constructor({ slices, hubs }: Tables, besideHub: boolean) {
    this.#hubs = besideHub || slices === 0 ? hubs : 1
    const bits = Math.max(slices, 1) * this.#hubs
    this.#pairs = bits > LARGEST ? new PairMap() : undefined
    this.#words = new Int32Array(bits > LARGEST ? 0 : Math.ceil(bits / 32))
  }

  /** Whether it is taken here for the first time; from then on it is known. */
  isNew(slice: number, hub: number): boolean {
    const at = this.#hubs === 1 ? slice : slice * this.#hubs + hub
    if (this.#pairs !== undefined) {
      const known = this.#pairs.size
      return this.#pairs.number(slice, hub) === known
    }
    const bit = 1 << (at & 31)
    const word = this.#words[at >>> 5]!
    if ((word & bit) !== 0) return false
    this.#words[at >>> 5] = word | bit
    return true
  }
}
