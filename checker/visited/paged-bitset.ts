import { CheckerFault } from '../faults.ts'
import type { Visited } from './visited.ts'

/** Bits of a page: 1024 (128 bytes). */
const PAGE_BITS = 1024
const PAGE_WORDS = PAGE_BITS / 32
/** Pages per chunk of storage: 2 MiB. */
const CHUNK_PAGES = 16_384

/** A bitset whose pages appear when they are first needed: for an index far larger than what is reachable of it. */
export class PagedBitset implements Visited {
  readonly name = 'paged bitset'
  count = 0
  /** Page number + 1, or 0 for a page not needed yet. */
  readonly #directory: Int32Array
  readonly #chunks: Int32Array[] = []
  #pages = 0

  static directoryBytes(size: number): number {
    return Math.ceil(size / PAGE_BITS) * 4
  }

  constructor(size: number) {
    if (size > 2 ** 41)
      throw new CheckerFault('INDEX_TOO_LARGE', `A paged bitset holds up to 2^41 indices, not ${size}.`)
    this.#directory = new Int32Array(Math.ceil(size / PAGE_BITS))
  }

  get bytes(): number {
    return this.#directory.byteLength + this.#chunks.length * CHUNK_PAGES * PAGE_WORDS * 4
  }

  addAll(candidates: Float64Array, count: number, fresh: Float64Array): number {
    const directory = this.#directory
    const chunks = this.#chunks
    let found = 0
    for (let i = 0; i < count; i++) {
      const index = candidates[i]!
      const slot = (index / PAGE_BITS) | 0
      const inside = index - slot * PAGE_BITS
      let page = directory[slot]!
      if (page === 0) page = this.#newPage(slot)
      const words = chunks[(page - 1) >>> 14]!
      const word = ((page - 1) & (CHUNK_PAGES - 1)) * PAGE_WORDS + (inside >>> 5)
      const bit = 1 << (inside & 31)
      const old = words[word]!
      if ((old & bit) === 0) {
        words[word] = old | bit
        fresh[found++] = index
      }
    }
    this.count += found
    return found
  }

  growth(count: number): number {
    const missing = this.#pages + count - this.#chunks.length * CHUNK_PAGES
    return Math.max(0, Math.ceil(missing / CHUNK_PAGES)) * CHUNK_PAGES * PAGE_WORDS * 4
  }

  has(index: number): boolean {
    const slot = Math.floor(index / PAGE_BITS)
    const page = this.#directory[slot]!
    if (page === 0) return false
    const inside = index - slot * PAGE_BITS
    const word = ((page - 1) & (CHUNK_PAGES - 1)) * PAGE_WORDS + (inside >>> 5)
    return ((this.#chunks[(page - 1) >>> 14]![word]! >>> (inside & 31)) & 1) === 1
  }

  #newPage(slot: number): number {
    if (this.#pages === this.#chunks.length * CHUNK_PAGES) this.#chunks.push(new Int32Array(CHUNK_PAGES * PAGE_WORDS))
    this.#pages++
    this.#directory[slot] = this.#pages
    return this.#pages
  }
}
