/** States per chunk. */
const CHUNK = 1 << 16

/**
 * All states in the order of their discovery, cut into levels (distance from an initial world): the queue of the
 * breadth-first search, and what counterexamples are walked back through. 4 bytes a state below 2^32, else 8.
 */
export class Levels {
  /** Where each level begins; the last entry is the total once the level after it is open. */
  readonly starts: number[] = [0]
  length = 0
  readonly #wide: boolean
  readonly #chunks: (Uint32Array | Float64Array)[] = []

  constructor(size: number) {
    this.#wide = size > 2 ** 32
  }

  get bytes(): number {
    return this.#chunks.length * CHUNK * (this.#wide ? 8 : 4)
  }

  append(states: Float64Array, count: number): void {
    let done = 0
    while (done < count) {
      const offset = this.length % CHUNK
      if (offset === 0) this.#chunks.push(this.#wide ? new Float64Array(CHUNK) : new Uint32Array(CHUNK))
      const take = Math.min(count - done, CHUNK - offset)
      this.#chunks.at(-1)!.set(states.subarray(done, done + take), offset)
      done += take
      this.length += take
    }
  }

  /** Copies up to `count` states from position `from` on into `into`; says how many. */
  read(from: number, count: number, into: Float64Array): number {
    const offset = from % CHUNK
    const take = Math.min(count, CHUNK - offset, this.length - from)
    if (take > 0) into.set(this.#chunks[(from - offset) / CHUNK]!.subarray(offset, offset + take))
    return Math.max(take, 0)
  }

  /** Closes the current level: what is appended from now on is one step further. */
  close(): void {
    this.starts.push(this.length)
  }

  /** The positions of a level. */
  range(level: number): { readonly from: number; readonly to: number } {
    return { from: this.starts[level]!, to: this.starts[level + 1] ?? this.length }
  }
}
