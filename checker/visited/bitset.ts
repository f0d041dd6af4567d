import { CheckerFault } from '../faults.ts'
import type { Visited } from './visited.ts'

/** One bit per index of the product: up to 2^32 indices. */
export class Bitset implements Visited {
  readonly name = 'bitset'
  readonly bytes: number
  count = 0
  readonly words: Int32Array

  constructor(size: number) {
    if (size > 2 ** 32) throw new CheckerFault('INDEX_TOO_LARGE', `A bitset holds up to 2^32 indices, not ${size}.`)
    this.words = new Int32Array(Math.ceil(size / 32))
    this.bytes = this.words.byteLength
  }

  addAll(candidates: Float64Array, count: number, fresh: Float64Array): number {
    const words = this.words
    let found = 0
    for (let i = 0; i < count; i++) {
      const index = candidates[i]!
      const word = index >>> 5
      const bit = 1 << (index & 31)
      const old = words[word]!
      if ((old & bit) === 0) {
        words[word] = old | bit
        fresh[found++] = index
      }
    }
    this.count += found
    return found
  }

  growth(): number {
    return 0
  }

  has(index: number): boolean {
    return ((this.words[index >>> 5]! >>> (index & 31)) & 1) === 1
  }
}
