import { IntList } from '../compile/int-list.ts'
import { PairMap } from '../compile/pair-map.ts'
import { type Diagrams, EMPTY, END } from './diagrams.ts'
import type { Relation } from './relations.ts'

/** Images of sets of worlds (tuples of slices) under what one group does, or all groups at once. */
export class Images {
  readonly #diagrams: Diagrams
  readonly #known = new PairMap()
  /** Collects the children of one node by value; empty between uses. */
  readonly #child: Int32Array
  readonly #touched = new IntList()
  readonly #poll: () => void
  readonly #cases = new PairMap()
  #ids = 0

  /** `poll` is called now and then and may throw to end the work. */
  constructor(diagrams: Diagrams, slices: number, poll: () => void) {
    this.#diagrams = diagrams
    this.#child = new Int32Array(slices + 1)
    this.#poll = poll
  }

  get bytes(): number {
    return this.#known.bytes
  }

  /** What comes of the set when the group `depth` levels down takes one step of the relation. */
  step(relation: Relation, depth: number, node: number): number {
    if (node === EMPTY) return EMPTY
    return this.#remember(this.#cases.number(4 * relation.id + 1, depth), node, () => {
      const d = this.#diagrams
      if (depth > 0) {
        const begun = d.begin()
        for (let i = d.first(node); i < d.end(node); i += 2)
          d.push(d.at(i), this.step(relation, depth - 1, d.at(i + 1)))
        return d.finish(begun)
      }
      for (let i = d.first(node); i < d.end(node); i += 2) {
        for (const target of relation.row(d.at(i))) this.#collect(target, d.at(i + 1))
      }
      return this.#collected()
    })
  }

  /** Adds to the set all that its groups can do one after another by these relations (one per level). */
  closure(relations: readonly Relation[], id: number, node: number, level = 0): number {
    if (node === EMPTY || node === END) return node
    return this.#remember(this.#cases.number(4 * id + 2, level), node, () => {
      const d = this.#diagrams
      const below: number[] = []
      for (let i = d.first(node); i < d.end(node); i += 2) {
        below.push(d.at(i), this.closure(relations, id, d.at(i + 1), level + 1))
      }
      for (let i = 0; i < below.length; i += 2) this.#collect(below[i]!, below[i + 1]!)
      const queue = below.filter((_, i) => i % 2 === 0)
      const waiting = new Set(queue)
      for (let at = 0; at < queue.length; at++) {
        const slice = queue[at]!
        waiting.delete(slice)
        for (const target of relations[level]!.row(slice)) {
          if (!this.#collect(target, this.#child[slice]!) || waiting.has(target)) continue
          waiting.add(target)
          queue.push(target)
        }
      }
      return this.#collected()
    })
  }

  /** Maps every slice at once; -1 leaves the tuple out. `id` numbers the function, see `newId`. */
  map(next: Int32Array, id: number, node: number): number {
    if (node === EMPTY || node === END) return node
    return this.#remember(this.#cases.number(4 * id + 3, 0), node, () => {
      const d = this.#diagrams
      const pairs: number[] = []
      for (let i = d.first(node); i < d.end(node); i += 2) {
        const to = next[d.at(i)]!
        if (to >= 0) pairs.push(to, this.map(next, id, d.at(i + 1)))
      }
      for (let i = 0; i < pairs.length; i += 2) this.#collect(pairs[i]!, pairs[i + 1]!)
      return this.#collected()
    })
  }

  /** A number for `map` or `restrict` that nothing else has. */
  newId(): number {
    return this.#ids++
  }

  /** The tuples all of whose slices are kept. `id` numbers the choice, see `newId`. */
  restrict(keep: (slice: number, level: number) => boolean, id: number, node: number, level = 0): number {
    if (node === EMPTY || node === END) return node
    return this.#remember(this.#cases.number(4 * id + 3, level), node, () => {
      const d = this.#diagrams
      const begun = d.begin()
      for (let i = d.first(node); i < d.end(node); i += 2) {
        if (keep(d.at(i), level)) d.push(d.at(i), this.restrict(keep, id, d.at(i + 1), level + 1))
      }
      return d.finish(begun)
    })
  }

  #remember(what: number, node: number, compute: () => number): number {
    const known = this.#known.get(what, node)
    if (known >= 0) return known
    this.#poll()
    const result = compute()
    this.#known.add(what, node, result)
    return result
  }

  /** Whether this made a difference. */
  #collect(value: number, child: number): boolean {
    if (child === EMPTY) return false
    const before = this.#child[value]!
    if (before === EMPTY) this.#touched.push(value)
    const after = this.#diagrams.union(before, child)
    this.#child[value] = after
    return after !== before
  }

  #collected(): number {
    const d = this.#diagrams
    const values = this.#touched.items.subarray(0, this.#touched.length).sort()
    const begun = d.begin()
    for (const value of values) {
      d.push(value, this.#child[value]!)
      this.#child[value] = EMPTY
    }
    this.#touched.length = 0
    return d.finish(begun)
  }
}
