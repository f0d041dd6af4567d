/**
 * Numbers that look random and are the same for the same seed everywhere: xoshiro128** (Blackman and Vigna), its state
 * filled by splitmix32 so that neighbouring seeds and streams have nothing in common.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  /** `seed` and `stream` are 32-bit; each stream of a seed is a sequence of its own. */
  constructor(seed: number, stream = 0) {
    const next = splitmix32((seed ^ Math.imul(stream, 0x85ebca6b)) | 0)
    const mix = splitmix32((next() ^ stream) | 0)
    this.#a = mix()
    this.#b = mix()
    this.#c = mix()
    this.#d = mix() | 1
  }

  /** 0 … 2³² - 1. */
  next(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9)
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotate(this.#d, 11)
    return result >>> 0
  }

  /** 0 … count - 1, each as likely as the others. */
  below(count: number): number {
    const fair = 2 ** 32 - (2 ** 32 % count)
    let drawn = this.next()
    while (drawn >= fair) drawn = this.next()
    return drawn % count
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

function splitmix32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
}
