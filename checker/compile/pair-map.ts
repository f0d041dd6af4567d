/** From pairs of non-negative integers to non-negative integers: open addressing, 12 bytes a slot, at most half full. */
export class PairMap {
  size = 0
  /** Three numbers a slot: first + 1 (0 is empty), second, value. */
  #slots = new Int32Array(3 * 64)
  #mask = 63

  /** Bytes held; three times as many when it is about to grow, which takes a second table beside the first. */
  get bytes(): number {
    return this.#slots.byteLength * (this.size * 2.5 > this.#mask ? 3 : 1)
  }

  /** The value of a pair, or -1. */
  get(a: number, b: number): number {
    const slots = this.#slots
    for (let slot = hashPair(a, b) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * 3
      const held = slots[at]!
      if (held === 0) return -1
      if (held === a + 1 && slots[at + 1] === b) return slots[at + 2]!
    }
  }

  /** Sets the value of a pair that has none yet. */
  add(a: number, b: number, value: number): void {
    if (++this.size * 2 > this.#mask) this.#grow()
    this.#put(a + 1, b, value)
  }

  /** The number of a pair, in the order in which pairs are first numbered. */
  number(a: number, b: number): number {
    const known = this.get(a, b)
    if (known >= 0) return known
    this.add(a, b, this.size)
    return this.size - 1
  }

  #put(first: number, b: number, value: number): void {
    const slots = this.#slots
    let slot = hashPair(first - 1, b) & this.#mask
    while (slots[slot * 3] !== 0) slot = (slot + 1) & this.#mask
    slots[slot * 3] = first
    slots[slot * 3 + 1] = b
    slots[slot * 3 + 2] = value
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2)
    this.#mask = this.#mask * 2 + 1
    for (let at = 0; at < old.length; at += 3) if (old[at] !== 0) this.#put(old[at]!, old[at + 1]!, old[at + 2]!)
  }
}

function hashPair(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return h ^ (h >>> 13)
}
