import { hashIndex } from '../visited/hash-table.ts'

/** Numbers indices 0, 1, 2 … in the order they are added: open addressing, 12 bytes a slot. */
export class IndexMap {
  size = 0
  #keys = new Float64Array(1024)
  #ids = new Int32Array(1024)
  #mask = 1023

  get bytes(): number {
    return this.#keys.byteLength + this.#ids.byteLength
  }

  /** The number of an index, or -1. */
  get(index: number): number {
    const slot = this.#find(index)
    return this.#keys[slot] === 0 ? -1 : this.#ids[slot]!
  }

  /** Numbers an index that is not known yet. */
  add(index: number): number {
    if (this.size * 3 > this.#keys.length * 2) this.#grow()
    const slot = this.#find(index)
    this.#keys[slot] = index + 1
    this.#ids[slot] = this.size
    return this.size++
  }

  #find(index: number): number {
    const keys = this.#keys
    let slot = hashIndex(index) & this.#mask
    while (keys[slot] !== 0 && keys[slot] !== index + 1) slot = (slot + 1) & this.#mask
    return slot
  }

  #grow(): void {
    const [keys, ids] = [this.#keys, this.#ids]
    this.#keys = new Float64Array(keys.length * 2)
    this.#ids = new Int32Array(keys.length * 2)
    this.#mask = this.#keys.length - 1
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue
      const slot = this.#find(keys[i]! - 1)
      this.#keys[slot] = keys[i]!
      this.#ids[slot] = ids[i]!
    }
  }
}
