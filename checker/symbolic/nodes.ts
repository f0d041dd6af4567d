import { IntList } from '../compile/int-list.ts'

export const EMPTY = 0
export const END = 1

/** New nodes between two polls. */
const POLLED = 1024

/**
 * The nodes of decision diagrams: sorted lists of (value, child). Equal nodes are one node. 0 is the empty set, 1 the end of
 * a tuple. A *leaf*, whose children are all ends, is kept as a list of (word, 32 bits), one bit for each value.
 */
export class Nodes {
  /** What all nodes consist of; node `n` is `items[start[n]] … items[start[n + 1]]`. */
  protected readonly items = new IntList()
  protected readonly start = new IntList()
  /** By node: 1 for leaves. */
  protected readonly leaf = new IntList()
  /** What nodes being made consist of. */
  protected readonly scratch = new IntList()
  #unique = new Int32Array(1 << 12)
  /** Where the node that is being made begins; before it stand where the one around it begins, and 1 if it is a leaf. */
  #open = 0
  readonly #poll: () => void

  /** `poll` is called now and then while nodes are made and may throw to end the work; then call `abandon`. */
  constructor(poll: () => void = () => {}) {
    this.#poll = poll
    for (let i = 0; i < 3; i++) this.start.push(0)
    for (let i = 0; i < 2; i++) this.leaf.push(0)
  }

  /** Bytes held, or needed for a moment where a list is about to grow. */
  get bytes(): number {
    const unique = this.#unique.byteLength * (this.nodes * 2.5 > this.#unique.length ? 3 : 1)
    return this.items.bytes + this.start.bytes + this.leaf.bytes + unique
  }

  get nodes(): number {
    return this.start.length - 1
  }

  /** The values of a node and their children, alternating. Not to be written to. */
  entries(node: number): Int32Array {
    const items = this.items.items
    const [first, end] = [this.start.at(node), this.start.at(node + 1)]
    if (this.leaf.at(node) === 0) return items.subarray(first, end)
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

  /** What follows this value in a node's tuples. */
  child(node: number, value: number): number {
    const items = this.items.items
    const leaf = this.leaf.at(node) === 1
    const wanted = leaf ? value >>> 5 : value
    let [low, high] = [this.start.at(node) >> 1, this.start.at(node + 1) >> 1]
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

  /** Begins a node; `push` its children in the order of their values, then `finish`. Nodes may be made inside nodes. */
  begin(): void {
    this.scratch.push(this.#open)
    this.scratch.push(0)
    this.#open = this.scratch.length
  }

  push(value: number, child: number): void {
    if (child !== END) {
      this.put(value, child)
      return
    }
    const { items, length } = this.scratch
    items[this.#open - 1] = 1
    const bit = 1 << (value & 31)
    if (length > this.#open && items[length - 2] === value >>> 5) items[length - 1]! |= bit
    else this.put(value >>> 5, bit)
  }

  finish(): number {
    const scratch = this.scratch
    const [outer, leaf] = [scratch.at(this.#open - 2), scratch.at(this.#open - 1)]
    const node = this.node(this.#open, leaf)
    scratch.length -= 2
    this.#open = outer
    return node
  }

  /** Forgets nodes that were begun and will not be finished. */
  abandon(): void {
    this.scratch.length = 0
    this.#open = 0
  }

  /** As `push`, into a node that is made without `begin`; a leaf's words are pushed as they are. */
  protected put(value: number, below: number): void {
    if (below === EMPTY) return
    this.scratch.push(value)
    this.scratch.push(below)
  }

  /** The node that stands in `scratch` from `begun` on, which is cleared. */
  protected node(begun: number, leaf: number): number {
    const length = this.scratch.length - begun
    this.scratch.length = begun
    if (length === 0) return EMPTY
    const scratch = this.scratch.items
    const mask = this.#unique.length - 1
    let slot = hashOf(scratch, begun, begun + length) & mask
    for (let node = this.#unique[slot]!; node !== 0; node = this.#unique[slot]!) {
      if (this.leaf.at(node) === leaf && this.#isSame(node, scratch, begun, length)) return node
      slot = (slot + 1) & mask
    }
    const node = this.nodes
    if (node % POLLED === 0) this.#poll()
    for (let i = begun; i < begun + length; i++) this.items.push(scratch[i]!)
    this.start.push(this.items.length)
    this.leaf.push(leaf)
    this.#unique[slot] = node
    if (node * 2 > mask) this.#growUnique()
    return node
  }

  #isSame(node: number, scratch: Int32Array, begun: number, length: number): boolean {
    const first = this.start.at(node)
    if (this.start.at(node + 1) - first !== length) return false
    const items = this.items.items
    for (let i = 0; i < length; i++) if (items[first + i] !== scratch[begun + i]) return false
    return true
  }

  #growUnique(): void {
    this.#unique = new Int32Array(this.#unique.length * 2)
    const mask = this.#unique.length - 1
    for (let node = 2; node < this.nodes; node++) {
      let slot = hashOf(this.items.items, this.start.at(node), this.start.at(node + 1)) & mask
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

/** Values in a leaf. */
export function sizeOfLeaf(items: Int32Array, first: number, end: number): number {
  let size = 0
  for (let i = first; i < end; i += 2) {
    let bits = items[i + 1]!
    bits -= (bits >>> 1) & 0x55555555
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
    size += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return size
}
