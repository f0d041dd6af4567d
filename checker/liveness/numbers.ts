import type { Levels } from '../search/levels.ts'
import { Bitset } from '../visited/bitset.ts'
import type { Visited } from '../visited/visited.ts'
import { IndexMap } from './index-map.ts'

/** Words whose set bits are counted together: a number is one stored count and at most this many words away. */
const STRETCH = 8

/** Numbers all reachable states 0 … n - 1: by their rank in a bitset, or in the order of their discovery. */
export interface Numbers {
  readonly bytes: number
  of(index: number): number
}

/** Bytes that numbering them takes, while it grows. */
export function numbersBytes(visited: Visited): number {
  return visited instanceof Bitset ? visited.words.length / 2 : visited.count * 54
}

export function numberStates(visited: Visited, levels: Levels): Numbers {
  if (visited instanceof Bitset) return new Ranks(visited.words)
  const map = new IndexMap()
  const block = new Float64Array(4096)
  for (let at = 0; at < levels.length; ) {
    const count = levels.read(at, block.length, block)
    for (let i = 0; i < count; i++) map.add(block[i]!)
    at += count
  }
  return { bytes: map.bytes, of: (index) => map.get(index) }
}

class Ranks implements Numbers {
  readonly #words: Int32Array
  /** Set bits before each stretch. */
  readonly #before: Int32Array

  constructor(words: Int32Array) {
    this.#words = words
    this.#before = new Int32Array(Math.ceil(words.length / STRETCH))
    let count = 0
    for (let w = 0; w < words.length; w++) {
      if (w % STRETCH === 0) this.#before[w / STRETCH] = count
      count += bitsIn(words[w]!)
    }
  }

  get bytes(): number {
    return this.#before.byteLength
  }

  of(index: number): number {
    const word = index >>> 5
    const stretch = word >>> 3
    let rank = this.#before[stretch]!
    for (let w = stretch << 3; w < word; w++) rank += bitsIn(this.#words[w]!)
    return rank + bitsIn(this.#words[word]! & ((1 << (index & 31)) - 1))
  }
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
