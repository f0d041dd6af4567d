import { IntList } from '../compile/int-list.ts'

export const EMPTY = 0
export const END = 1

const CACHE = 1 << 20

/**
 * Sets of tuples as decision diagrams. A node is a sorted list of (value, child); equal nodes are one node, so sets that
 * share a structure share memory, and equality of sets is equality of numbers. 0 is the empty set, 1 the end of a tuple.
 */
export class Diagrams {
  /** Values and children of all nodes, alternating; node `n` is `items[start[n]] … items[start[n + 1]]`. */
  readonly #items = new IntList()
  readonly #start = new IntList()
  #unique = new Int32Array(1 << 12)
  /** Values and children of nodes being made. */
  readonly #scratch = new IntList()
  readonly #unions = new Int32Array(3 * CACHE)
  readonly #counts = new Map<number, bigint>([[END, 1n]])

  constructor() {
    for (let i = 0; i < 3; i++) this.#start.push(0)
  }

  /** Bytes held. */
  get bytes(): number {
    const lists = this.#items.items.byteLength + this.#start.items.byteLength
    return lists + this.#unique.byteLength + this.#unions.byteLength
  }

  get nodes(): number {
    return this.#start.length - 1
  }

  /** A node's items begin here … */
  first(node: number): number {
    return this.#start.items[node]!
  }

  /** … and end here; they alternate between value and child. */
  end(node: number): number {
    return this.#start.items[node + 1]!
  }

  at(item: number): number {
    return this.#items.items[item]!
  }

  /** Begins a node; `push` its children in the order of their values, then `finish`. Nodes may be made inside nodes. */
  begin(): number {
    return this.#scratch.length
  }

  push(value: number, child: number): void {
    if (child === EMPTY) return
    this.#scratch.push(value)
    this.#scratch.push(child)
  }

  finish(begun: number): number {
    const length = this.#scratch.length - begun
    this.#scratch.length = begun
    if (length === 0) return EMPTY
    const scratch = this.#scratch.items
    const mask = this.#unique.length - 1
    let h = length
    for (let i = begun; i < begun + length; i++) {
      h = Math.imul(h ^ scratch[i]!, 0x9e3779b1)
      h ^= h >>> 15
    }
    let slot = h & mask
    for (let node = this.#unique[slot]!; node !== 0; node = this.#unique[slot]!) {
      if (this.#isSame(node, scratch, begun, length)) return node
      slot = (slot + 1) & mask
    }
    const node = this.#start.length - 1
    for (let i = begun; i < begun + length; i++) this.#items.push(scratch[i]!)
    this.#start.push(this.#items.length)
    this.#unique[slot] = node
    if (node * 2 > mask) this.#growUnique()
    return node
  }

  /** The set of one tuple. */
  single(tuple: readonly number[]): number {
    return tuple.reduceRight((child, value) => {
      const begun = this.begin()
      this.push(value, child)
      return this.finish(begun)
    }, END)
  }

  union(a: number, b: number): number {
    if (a === b || b === EMPTY) return a
    if (a === EMPTY) return b
    if (a > b) return this.union(b, a)
    const slot = 3 * ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) & (CACHE - 1))
    const cache = this.#unions
    if (cache[slot] === a && cache[slot + 1] === b) return cache[slot + 2]!
    const begun = this.begin()
    let [i, j] = [this.first(a), this.first(b)]
    const [endA, endB] = [this.end(a), this.end(b)]
    while (i < endA || j < endB) {
      const x = i < endA ? this.at(i) : Number.POSITIVE_INFINITY
      const y = j < endB ? this.at(j) : Number.POSITIVE_INFINITY
      if (x < y) this.push(x, this.at(i + 1))
      else if (y < x) this.push(y, this.at(j + 1))
      else this.push(x, this.union(this.at(i + 1), this.at(j + 1)))
      if (x <= y) i += 2
      if (y <= x) j += 2
    }
    const node = this.finish(begun)
    cache[slot] = a
    cache[slot + 1] = b
    cache[slot + 2] = node
    return node
  }

  /** The tuples of `a` that are not in `b`. */
  minus(a: number, b: number): number {
    if (a === b || a === EMPTY) return EMPTY
    if (b === EMPTY) return a
    const begun = this.begin()
    let j = this.first(b)
    for (let i = this.first(a); i < this.end(a); i += 2) {
      while (j < this.end(b) && this.at(j) < this.at(i)) j += 2
      const both = j < this.end(b) && this.at(j) === this.at(i)
      this.push(this.at(i), both ? this.minus(this.at(i + 1), this.at(j + 1)) : this.at(i + 1))
    }
    return this.finish(begun)
  }

  /** Calls `visit` with every value that occurs at each level, once. */
  support(node: number, visit: (level: number, value: number) => void): void {
    let nodes = new Set(node === EMPTY ? [] : [node])
    for (let level = 0; nodes.size > 0 && !nodes.has(END); level++) {
      const values = new Set<number>()
      const below = new Set<number>()
      for (const one of nodes) {
        for (let i = this.first(one); i < this.end(one); i += 2) {
          values.add(this.at(i))
          below.add(this.at(i + 1))
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
    for (let i = this.first(node); i < this.end(node); i += 2) {
      tuple[level] = this.at(i)
      yield* this.tuples(this.at(i + 1), tuple, level + 1)
    }
  }

  /** How many tuples are in the set. */
  count(node: number): bigint {
    if (node === EMPTY) return 0n
    const known = this.#counts.get(node)
    if (known !== undefined) return known
    let sum = 0n
    for (let i = this.first(node); i < this.end(node); i += 2) sum += this.count(this.at(i + 1))
    this.#counts.set(node, sum)
    return sum
  }

  #isSame(node: number, scratch: Int32Array, begun: number, length: number): boolean {
    const first = this.first(node)
    if (this.end(node) - first !== length) return false
    for (let i = 0; i < length; i++) if (this.at(first + i) !== scratch[begun + i]) return false
    return true
  }

  #growUnique(): void {
    const old = this.#unique
    this.#unique = new Int32Array(old.length * 2)
    const mask = this.#unique.length - 1
    for (let node = 2; node < this.nodes; node++) {
      const [first, end] = [this.first(node), this.end(node)]
      let h = end - first
      for (let i = first; i < end; i++) {
        h = Math.imul(h ^ this.at(i), 0x9e3779b1)
        h ^= h >>> 15
      }
      let slot = h & mask
      while (this.#unique[slot] !== 0) slot = (slot + 1) & mask
      this.#unique[slot] = node
    }
  }
}
