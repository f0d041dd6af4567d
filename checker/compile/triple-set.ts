/** A set of triples of non-negative integers: open addressing, 12 bytes a slot, at most half full. */
export class TripleSet {
  size = 0
  /** First + 1 (0 is empty), second, third. */
  #slots = new Int32Array(3 * 64)
  #mask = 63

  /** Whether the triple is new; from then on it is known. */
  add(a: number, b: number, c: number): boolean {
    const slots = this.#slots
    let slot = hashTriple(a, b, c) & this.#mask
    for (; slots[slot * 3] !== 0; slot = (slot + 1) & this.#mask) {
      const at = slot * 3
      if (slots[at] === a + 1 && slots[at + 1] === b && slots[at + 2] === c) return false
    }
    slots[slot * 3] = a + 1
    slots[slot * 3 + 1] = b
    slots[slot * 3 + 2] = c
    if (++this.size * 2 > this.#mask) this.#grow()
    return true
  }

  #grow(): void {
    const old = this.#slots
    const slots = new Int32Array(old.length * 2)
    this.#slots = slots
    this.#mask = this.#mask * 2 + 1
    for (let at = 0; at < old.length; at += 3) {
      if (old[at] === 0) continue
      let slot = hashTriple(old[at]! - 1, old[at + 1]!, old[at + 2]!) & this.#mask
      while (slots[slot * 3] !== 0) slot = (slot + 1) & this.#mask
      slots.set(old.subarray(at, at + 3), slot * 3)
    }
  }
}

function hashTriple(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return h ^ (h >>> 13)
}
