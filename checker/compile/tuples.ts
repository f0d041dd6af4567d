import { PairMap } from './pair-map.ts'

/**
 * Numbers tuples of a fixed width 0, 1, 2 … in the order they are first met. A tuple is a balanced tree of numbered pairs,
 * so only the pairs at the root are many, and a known tuple costs one look into a large table.
 */
export class TupleInterner {
  readonly width: number
  /** The tuples one after another: tuple `id` is at `id * width`. Replaced when it grows. */
  digits: Int32Array<ArrayBuffer>
  size = 0
  readonly #root: Branch | undefined
  readonly #single = new PairMap()

  constructor(width: number) {
    this.width = width
    this.digits = new Int32Array(width * 128)
    this.#root = width < 2 ? undefined : new Branch(0, width)
  }

  get bytes(): number {
    return this.digits.byteLength + (this.#root?.bytes ?? 0)
  }

  /** The number of the tuple that begins at `from`. */
  intern(tuple: Int32Array, from = 0): number {
    const id = this.#root === undefined ? this.#pairOf(tuple, from) : this.#root.number(tuple, from)
    if (id === this.size) this.#add(tuple, from)
    return id
  }

  /** Width 0 or 1. */
  #pairOf(tuple: Int32Array, from: number): number {
    return this.width === 0 ? 0 : this.#single.number(tuple[from]!, 0)
  }

  #add(tuple: Int32Array, from: number): void {
    const { width } = this
    const at = this.size++ * width
    if (at + width > this.digits.length) {
      const larger = new Int32Array(this.digits.length * 2)
      larger.set(this.digits)
      this.digits = larger
    }
    for (let i = 0; i < width; i++) this.digits[at + i] = tuple[from + i]!
  }
}

/** Numbers the pairs of what stands in the left and in the right half of a stretch of the tuple. */
class Branch {
  readonly #pairs = new PairMap()
  readonly #left: Branch | number
  readonly #right: Branch | number

  constructor(first: number, end: number) {
    const middle = (first + end) >> 1
    this.#left = middle - first > 1 ? new Branch(first, middle) : first
    this.#right = end - middle > 1 ? new Branch(middle, end) : middle
  }

  get bytes(): number {
    const below = (side: Branch | number): number => (typeof side === 'number' ? 0 : side.bytes)
    return this.#pairs.bytes + below(this.#left) + below(this.#right)
  }

  number(tuple: Int32Array, from: number): number {
    const left = this.#left
    const right = this.#right
    const a = typeof left === 'number' ? tuple[from + left]! : left.number(tuple, from)
    const b = typeof right === 'number' ? tuple[from + right]! : right.number(tuple, from)
    return this.#pairs.number(a, b)
  }
}
