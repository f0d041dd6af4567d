import type { Visited } from './visited.ts'

/** Spreads an index of up to 53 bits over 32. */
export function hashIndex(index: number): number {
  const high = (index / 4_294_967_296) | 0
  let h = Math.imul(index | 0, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}

/** An open-addressing table of whole indices (8 bytes each, at most two thirds full). */
export class HashTable implements Visited {
  readonly name = 'hash table'
  count = 0
  /** Index + 1; 0 is empty. */
  #slots = new Float64Array(1024)
  #mask = 1023

  get bytes(): number {
    return this.#slots.byteLength
  }

  addAll(candidates: Float64Array, count: number, fresh: Float64Array): number {
    let found = 0
    for (let i = 0; i < count; i++) {
      const index = candidates[i]!
      const slot = this.#find(index)
      if (this.#slots[slot] !== 0) continue
      this.#slots[slot] = index + 1
      fresh[found++] = index
      this.count++
      if (this.count * 3 > this.#slots.length * 2) this.#grow()
    }
    return found
  }

  growth(count: number): number {
    let length = this.#slots.length
    while ((this.count + count) * 3 > length * 2) length *= 2
    return length === this.#slots.length ? 0 : length * 8
  }

  has(index: number): boolean {
    return this.#slots[this.#find(index)] !== 0
  }

  #find(index: number): number {
    const slots = this.#slots
    const mask = this.#mask
    let slot = hashIndex(index) & mask
    while (true) {
      const held = slots[slot]!
      if (held === 0 || held === index + 1) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Float64Array(old.length * 2)
    this.#mask = this.#slots.length - 1
    for (const held of old) {
      if (held !== 0) this.#slots[this.#find(held - 1)] = held
    }
  }
}
