import { IntList } from '../compile/int-list.ts'

export const EMPTY = 0
export const END = 1

/** Slots of the cache at first, and at most. */
const [SMALLEST_CACHE, LARGEST_CACHE] = [1 << 12, 1 << 20]
/** New nodes between two polls. */
const POLLED = 1024
const [UNION, MINUS, BOTH] = [0, 1, 2]

/**
 * Sets of tuples as decision diagrams. A node is a sorted list of (value, child); equal nodes are one node, so sets that
 * share a structure share memory, and equality of sets is equality of numbers. 0 is the empty set, 1 the end of a tuple.
 * A *leaf*, whose children are all ends, is kept as a list of (word, 32 bits), one bit for each value.
 */
export class Diagrams {
  /** What all nodes consist of; node `n` is `items[start[n]] … items[start[n + 1]]`. */
  readonly #items = new IntList()
  readonly #start = new IntList()
  /** By node: 1 for leaves. */
  readonly #leaf = new IntList()
  #unique = new Int32Array(1 << 12)
  /** What nodes being made consist of. */
  readonly #scratch = new IntList()
  /** Where the node that is being made begins; before it stand where the one around it begins, and 1 if it is a leaf. */
  #open = 0
  /** Results of operations, four numbers a slot: which, its two operands, the result. */
  #cache = new Int32Array(4 * SMALLEST_CACHE)
  readonly #counts = new Map<number, bigint>([[END, 1n]])
  readonly #poll: () => void

  /** `poll` is called now and then while nodes are made and may throw to end the work; then call `abandon`. */
  constructor(poll: () => void = () => {}) {
    this.#poll = poll
    for (let i = 0; i < 3; i++) this.#start.push(0)
    for (let i = 0; i < 2; i++) this.#leaf.push(0)
  }

  /** Bytes held. */
  get bytes(): number {
    const lists = this.#items.items.byteLength + this.#start.items.byteLength + this.#leaf.items.byteLength
    return lists + this.#unique.byteLength + this.#cache.byteLength + this.#counts.size * 64
  }

  get nodes(): number {
    return this.#start.length - 1
  }

  /** The values of a node and their children, alternating. Not to be written to. */
  entries(node: number): Int32Array {
    const items = this.#items.items
    const [first, end] = [this.#start.at(node), this.#start.at(node + 1)]
    if (this.#leaf.at(node) === 0) return items.subarray(first, end)
    const entries = new Int32Array(2 * sizeOfLeaf(items, first, end))
    let at = 0
    for (let i = first; i < end; i += 2) {
      for (let bits = items[i + 1]!; bits !== 0; bits &= bits - 1) {
        entries[at++] = 32 * items[i]! + 31 - Math.clz32(bits & -bits)
        entries[at++] = END
      }
    }
    return entries
  }

  /** Begins a node; `push` its children in the order of their values, then `finish`. Nodes may be made inside nodes. */
  begin(): void {
    this.#scratch.push(this.#open)
    this.#scratch.push(0)
    this.#open = this.#scratch.length
  }

  push(value: number, child: number): void {
    if (child !== END) {
      this.#push(value, child)
      return
    }
    const { items, length } = this.#scratch
    items[this.#open - 1] = 1
    const bit = 1 << (value & 31)
    if (length > this.#open && items[length - 2] === value >>> 5) items[length - 1]! |= bit
    else this.#push(value >>> 5, bit)
  }

  finish(): number {
    const scratch = this.#scratch
    const [outer, leaf] = [scratch.at(this.#open - 2), scratch.at(this.#open - 1)]
    const node = this.#node(this.#open, leaf)
    scratch.length -= 2
    this.#open = outer
    return node
  }

  /** Forgets nodes that were begun and will not be finished. */
  abandon(): void {
    this.#scratch.length = 0
    this.#open = 0
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
    const begun = this.#scratch.length
    const items = this.#items.items
    const leaf = this.#leaf.at(a)
    let [i, j] = [this.#start.at(a), this.#start.at(b)]
    const [endA, endB] = [this.#start.at(a + 1), this.#start.at(b + 1)]
    const scratch = this.#scratch
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
    return this.#keep(UNION, a, b, this.#node(begun, leaf))
  }

  /** The tuples of `a` that are not in `b`. */
  minus(a: number, b: number): number {
    if (a === b || a === EMPTY) return EMPTY
    if (b === EMPTY) return a
    const slot = this.#slot(MINUS, a, b)
    if (this.#isKnown(slot, MINUS, a, b)) return this.#cache[slot + 3]!
    const begun = this.#scratch.length
    const items = this.#items.items
    const leaf = this.#leaf.at(a)
    let j = this.#start.at(b)
    const [endA, endB] = [this.#start.at(a + 1), this.#start.at(b + 1)]
    for (let i = this.#start.at(a); i < endA; i += 2) {
      const value = items[i]!
      while (j < endB && items[j]! < value) j += 2
      let below = items[i + 1]!
      if (j < endB && items[j] === value) {
        below = leaf === 1 ? below & ~items[j + 1]! : this.minus(below, items[j + 1]!)
      }
      this.#push(value, below)
    }
    return this.#keep(MINUS, a, b, this.#node(begun, leaf))
  }

  /** The tuples that are in `a` and in `b`. */
  both(a: number, b: number): number {
    if (a === b || a === EMPTY) return a
    if (b === EMPTY) return EMPTY
    if (a > b) return this.both(b, a)
    const slot = this.#slot(BOTH, a, b)
    if (this.#isKnown(slot, BOTH, a, b)) return this.#cache[slot + 3]!
    const begun = this.#scratch.length
    const items = this.#items.items
    const leaf = this.#leaf.at(a)
    let [i, j] = [this.#start.at(a), this.#start.at(b)]
    const [endA, endB] = [this.#start.at(a + 1), this.#start.at(b + 1)]
    while (i < endA && j < endB) {
      const [x, y] = [items[i]!, items[j]!]
      if (x === y) {
        const [below, other] = [items[i + 1]!, items[j + 1]!]
        this.#push(x, leaf === 1 ? below & other : this.both(below, other))
      }
      if (x <= y) i += 2
      if (y <= x) j += 2
    }
    return this.#keep(BOTH, a, b, this.#node(begun, leaf))
  }

  /** What follows this value in a node's tuples. */
  child(node: number, value: number): number {
    const items = this.#items.items
    const leaf = this.#leaf.at(node) === 1
    const wanted = leaf ? value >>> 5 : value
    let [low, high] = [this.#start.at(node) >> 1, this.#start.at(node + 1) >> 1]
    const end = high
    while (low < high) {
      const middle = (low + high) >> 1
      if (items[2 * middle]! < wanted) low = middle + 1
      else high = middle
    }
    if (low === end || items[2 * low] !== wanted) return EMPTY
    const below = items[2 * low + 1]!
    if (!leaf) return below
    return (below & (1 << (value & 31))) === 0 ? EMPTY : END
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
    const items = this.#items.items
    const [first, end] = [this.#start.at(node), this.#start.at(node + 1)]
    let sum = 0n
    if (this.#leaf.at(node) === 1) sum = BigInt(sizeOfLeaf(items, first, end))
    else for (let i = first; i < end; i += 2) sum += this.count(items[i + 1]!)
    this.#counts.set(node, sum)
    return sum
  }

  #push(value: number, below: number): void {
    if (below === EMPTY) return
    this.#scratch.push(value)
    this.#scratch.push(below)
  }

  #node(begun: number, leaf: number): number {
    const length = this.#scratch.length - begun
    this.#scratch.length = begun
    if (length === 0) return EMPTY
    const scratch = this.#scratch.items
    const mask = this.#unique.length - 1
    let slot = hashOf(scratch, begun, begun + length) & mask
    for (let node = this.#unique[slot]!; node !== 0; node = this.#unique[slot]!) {
      if (this.#leaf.at(node) === leaf && this.#isSame(node, scratch, begun, length)) return node
      slot = (slot + 1) & mask
    }
    const node = this.nodes
    if (node % POLLED === 0) this.#poll()
    for (let i = begun; i < begun + length; i++) this.#items.push(scratch[i]!)
    this.#start.push(this.#items.length)
    this.#leaf.push(leaf)
    this.#unique[slot] = node
    if (node * 2 > mask) this.#growUnique()
    return node
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

  #isSame(node: number, scratch: Int32Array, begun: number, length: number): boolean {
    const first = this.#start.at(node)
    if (this.#start.at(node + 1) - first !== length) return false
    const items = this.#items.items
    for (let i = 0; i < length; i++) if (items[first + i] !== scratch[begun + i]) return false
    return true
  }

  #growUnique(): void {
    this.#unique = new Int32Array(this.#unique.length * 2)
    const mask = this.#unique.length - 1
    for (let node = 2; node < this.nodes; node++) {
      let slot = hashOf(this.#items.items, this.#start.at(node), this.#start.at(node + 1)) & mask
      while (this.#unique[slot] !== 0) slot = (slot + 1) & mask
      this.#unique[slot] = node
    }
  }
}

function hashOf(items: Int32Array, from: number, end: number): number {
  let h = end - from
  for (let i = from; i < end; i++) {
    h = Math.imul(h ^ items[i]!, 0x9e3779b1)
    h ^= h >>> 15
  }
  return h
}

function sizeOfLeaf(items: Int32Array, first: number, end: number): number {
  let size = 0
  for (let i = first; i < end; i += 2) {
    let bits = items[i + 1]!
    bits -= (bits >>> 1) & 0x55555555
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
    size += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return size
}
