import { EMPTY, END, Nodes, sizeOfLeaf } from './nodes.ts'

export { EMPTY, END } from './nodes.ts'

/** Slots of the cache at first, and at most. */
const [SMALLEST_CACHE, LARGEST_CACHE] = [1 << 12, 1 << 20]
const [UNION, MINUS, BOTH] = [0, 1, 2]

/**
 * Sets of tuples as decision diagrams: sets that share a structure share memory, and equality of sets is equality of
 * numbers.
 */
export class Diagrams extends Nodes {
  /** Results of operations, four numbers a slot: which, its two operands, the result. */
  #cache = new Int32Array(4 * SMALLEST_CACHE)
  readonly #counts = new Map<number, bigint>([[END, 1n]])

  override get bytes(): number {
    return super.bytes + this.#cache.byteLength + this.#counts.size * 64
  }

  /** The set of one tuple. */
  single(tuple: readonly number[]): number {
    return tuple.reduceRight((child, value) => {
      this.begin()
      this.push(value, child)
      return this.finish()
    }, END)
  }

  union(a: number, b: number): number {
    if (a === b || b === EMPTY) return a
    if (a === EMPTY) return b
    if (a > b) return this.union(b, a)
    const slot = this.#slot(UNION, a, b)
    if (this.#isKnown(slot, UNION, a, b)) return this.#cache[slot + 3]!
    const begun = this.scratch.length
    const items = this.items.items
    const leaf = this.leaf.at(a)
    let [i, j] = [this.start.at(a), this.start.at(b)]
    const [endA, endB] = [this.start.at(a + 1), this.start.at(b + 1)]
    const scratch = this.scratch
    while (i < endA || j < endB) {
      const x = i < endA ? items[i]! : Number.POSITIVE_INFINITY
      const y = j < endB ? items[j]! : Number.POSITIVE_INFINITY
      let below: number
      if (x < y) below = items[i + 1]!
      else if (y < x) below = items[j + 1]!
      else if (leaf === 1) below = items[i + 1]! | items[j + 1]!
      else below = this.union(items[i + 1]!, items[j + 1]!)
      scratch.push(x < y ? x : y)
      scratch.push(below)
      if (x <= y) i += 2
      if (y <= x) j += 2
    }
    return this.#keep(UNION, a, b, this.node(begun, leaf))
  }

  /** The tuples of `a` that are not in `b`. */
  minus(a: number, b: number): number {
    if (a === b || a === EMPTY) return EMPTY
    if (b === EMPTY) return a
    const slot = this.#slot(MINUS, a, b)
    if (this.#isKnown(slot, MINUS, a, b)) return this.#cache[slot + 3]!
    const begun = this.scratch.length
    const items = this.items.items
    const leaf = this.leaf.at(a)
    let j = this.start.at(b)
    const [endA, endB] = [this.start.at(a + 1), this.start.at(b + 1)]
    for (let i = this.start.at(a); i < endA; i += 2) {
      const value = items[i]!
      while (j < endB && items[j]! < value) j += 2
      let below = items[i + 1]!
      if (j < endB && items[j] === value) {
        below = leaf === 1 ? below & ~items[j + 1]! : this.minus(below, items[j + 1]!)
      }
      this.put(value, below)
    }
    return this.#keep(MINUS, a, b, this.node(begun, leaf))
  }

  /** The tuples that are in `a` and in `b`. */
  both(a: number, b: number): number {
    if (a === b || a === EMPTY) return a
    if (b === EMPTY) return EMPTY
    if (a > b) return this.both(b, a)
    const slot = this.#slot(BOTH, a, b)
    if (this.#isKnown(slot, BOTH, a, b)) return this.#cache[slot + 3]!
    const begun = this.scratch.length
    const items = this.items.items
    const leaf = this.leaf.at(a)
    let [i, j] = [this.start.at(a), this.start.at(b)]
    const [endA, endB] = [this.start.at(a + 1), this.start.at(b + 1)]
    while (i < endA && j < endB) {
      const [x, y] = [items[i]!, items[j]!]
      if (x === y) {
        const [below, other] = [items[i + 1]!, items[j + 1]!]
        this.put(x, leaf === 1 ? below & other : this.both(below, other))
      }
      if (x <= y) i += 2
      if (y <= x) j += 2
    }
    return this.#keep(BOTH, a, b, this.node(begun, leaf))
  }

  /** Whether a tuple is in the set. */
  has(node: number, tuple: readonly number[]): boolean {
    let at = node
    for (let level = 0; level < tuple.length && at !== EMPTY; level++) at = this.child(at, tuple[level]!)
    return at !== EMPTY
  }

  /** Some tuple of a set that is not empty. */
  example(node: number): number[] {
    return [...this.tuples(node).next().value!]
  }

  /** Calls `visit` with every value that occurs at each level, once. */
  support(node: number, visit: (level: number, value: number) => void): void {
    let nodes = new Set(node === EMPTY ? [] : [node])
    for (let level = 0; nodes.size > 0 && !nodes.has(END); level++) {
      const values = new Set<number>()
      const below = new Set<number>()
      for (const one of nodes) {
        const entries = this.entries(one)
        for (let i = 0; i < entries.length; i += 2) {
          values.add(entries[i]!)
          below.add(entries[i + 1]!)
        }
      }
      for (const value of values) visit(level, value)
      nodes = below
    }
  }

  /** All tuples, one by one; each is only valid until the next. */
  *tuples(node: number, tuple: number[] = [], level = 0): Generator<readonly number[]> {
    if (node === END) yield tuple
    if (node === END || node === EMPTY) return
    const entries = this.entries(node)
    for (let i = 0; i < entries.length; i += 2) {
      tuple[level] = entries[i]!
      yield* this.tuples(entries[i + 1]!, tuple, level + 1)
    }
  }

  /** How many tuples are in the set. */
  count(node: number): bigint {
    if (node === EMPTY) return 0n
    const known = this.#counts.get(node)
    if (known !== undefined) return known
    const items = this.items.items
    const [first, end] = [this.start.at(node), this.start.at(node + 1)]
    let sum = 0n
    if (this.leaf.at(node) === 1) sum = BigInt(sizeOfLeaf(items, first, end))
    else for (let i = first; i < end; i += 2) sum += this.count(items[i + 1]!)
    this.#counts.set(node, sum)
    return sum
  }

  #slot(operation: number, a: number, b: number): number {
    const h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(operation, 0x27d4eb2f)
    return 4 * ((h ^ (h >>> 15)) & (this.#cache.length / 4 - 1))
  }

  #isKnown(slot: number, operation: number, a: number, b: number): boolean {
    const cache = this.#cache
    return cache[slot + 1] === a && cache[slot + 2] === b && cache[slot] === operation
  }

  #keep(operation: number, a: number, b: number, result: number): number {
    if (this.nodes > this.#cache.length / 4 && this.nodes < LARGEST_CACHE) {
      this.#cache = new Int32Array(this.#cache.length * 4)
    }
    const cache = this.#cache
    const slot = this.#slot(operation, a, b)
    cache[slot] = operation
    cache[slot + 1] = a
    cache[slot + 2] = b
    cache[slot + 3] = result
    return result
  }
}
