/** Pairs of numbers, each numbered when it first comes: a table in two pieces of memory, as a capture may have a million. */
import { Column } from './column.ts'

const FIRST_SLOTS = 2 ** 12

export class Pairs {
  readonly #low = new Column(Uint32Array)
  readonly #high = new Column(Uint32Array)
  /** One more than the number of the pair; 0 where a slot is free. At most half of them are taken. */
  #slots = new Uint32Array(FIRST_SLOTS)
  length = 0

  /** The same for a pair in either order. */
  number(a: number, b: number): number {
    const [low, high] = a < b ? [a, b] : [b, a]
    const slot = this.#slotOf(low, high)
    const known = this.#slots[slot]!
    if (known > 0) return known - 1
    this.#low.push(low)
    this.#high.push(high)
    this.length += 1
    this.#slots[slot] = this.length
    if (2 * this.length > this.#slots.length) this.#grow()
    return this.length - 1
  }

  /** Where it is, or would be put. */
  #slotOf(low: number, high: number): number {
    const last = this.#slots.length - 1
    let slot = hashOf(low, high) & last
    for (;;) {
      const known = this.#slots[slot]!
      if (known === 0 || (this.#low.at(known - 1) === low && this.#high.at(known - 1) === high)) return slot
      slot = (slot + 1) & last
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length)
    for (let i = 0; i < this.length; i++) this.#slots[this.#slotOf(this.#low.at(i), this.#high.at(i))] = i + 1
  }
}

/** Knuth's multiplier for the one, another prime for the other; the upper bits are the well mixed ones. */
const hashOf = (low: number, high: number): number => {
  const mixed = Math.imul(low, 2_654_435_761) ^ Math.imul(high, 2_246_822_519)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
