import { IntList } from '../compile/int-list.ts'
import { PairMap } from '../compile/pair-map.ts'
import { type Diagrams, EMPTY, END } from './diagrams.ts'
import { Memo } from './memo.ts'
import type { Relation } from './relations.ts'

/** Operations whose results are remembered. */
const [STEP, MAP, BACK, MAP_BACK] = [0, 1, 2, 3]
const OPERATIONS = 4

/** Images of sets of worlds (tuples of slices) under what one group does, or all groups at once. */
export class Images {
  readonly #diagrams: Diagrams
  readonly #memo: Memo
  /** Collects the children of one node by value; empty between uses. */
  readonly #child: Int32Array
  readonly #touched = new IntList()
  readonly #pairs = new PairMap()
  #ids = 0

  /** `slices`: how many there are; `poll` is called now and then and may throw to end the work. */
  constructor(diagrams: Diagrams, slices: number, poll: () => void) {
    this.#diagrams = diagrams
    this.#child = new Int32Array(slices + 1)
    this.#memo = new Memo(poll)
  }

  get bytes(): number {
    return this.#memo.bytes + this.#pairs.bytes + this.#child.byteLength
  }

  /** Forgets what was being collected when a poll ended the work. */
  abandon(): void {
    for (let i = 0; i < this.#touched.length; i++) this.#child[this.#touched.at(i)] = EMPTY
    this.#touched.length = 0
  }

  /** What comes of the set when the group `depth` levels down takes one step of the relation. */
  step(relation: Relation, depth: number, node: number): number {
    if (node === EMPTY) return EMPTY
    return this.#memo.of(OPERATIONS * relation.id + STEP, depth, node, () => {
      const d = this.#diagrams
      const entries = d.entries(node)
      if (depth > 0) {
        d.begin()
        for (let i = 0; i < entries.length; i += 2) d.push(entries[i]!, this.step(relation, depth - 1, entries[i + 1]!))
        return d.finish()
      }
      for (let i = 0; i < entries.length; i += 2) {
        for (const target of relation.row(entries[i]!)) this.#collect(target, entries[i + 1]!)
      }
      return this.#collected()
    })
  }

  /** The worlds of `within` from which the group `depth` levels down gets into the set by one step of the relation. */
  back(relation: Relation, depth: number, node: number, within: number): number {
    if (node === EMPTY || within === EMPTY) return EMPTY
    return this.#memo.of(OPERATIONS * relation.id + BACK, depth, this.#pairs.number(node, within), () => {
      const d = this.#diagrams
      const entries = d.entries(within)
      d.begin()
      for (let i = 0; i < entries.length; i += 2) {
        const value = entries[i]!
        const below = entries[i + 1]!
        if (depth > 0) {
          d.push(value, this.back(relation, depth - 1, d.child(node, value), below))
          continue
        }
        let from = EMPTY
        for (const target of relation.row(value)) from = d.union(from, d.both(d.child(node, target), below))
        d.push(value, from)
      }
      return d.finish()
    })
  }

  /** Maps every slice at once; -1 leaves the tuple out. `id` numbers the function, see `newId`. */
  map(next: Int32Array, id: number, node: number): number {
    if (node === EMPTY || node === END) return node
    return this.#memo.of(OPERATIONS * id + MAP, 0, node, () => {
      const d = this.#diagrams
      const entries = d.entries(node)
      const pairs: number[] = []
      for (let i = 0; i < entries.length; i += 2) {
        const to = next[entries[i]!]!
        if (to >= 0) pairs.push(to, this.map(next, id, entries[i + 1]!))
      }
      for (let i = 0; i < pairs.length; i += 2) this.#collect(pairs[i]!, pairs[i + 1]!)
      return this.#collected()
    })
  }

  /** The worlds of `within` that `map` takes into the set. `id` as given to `map`. */
  mapBack(next: Int32Array, id: number, node: number, within: number): number {
    if (node === EMPTY || within === EMPTY) return EMPTY
    if (node === END) return END
    return this.#memo.of(OPERATIONS * id + MAP_BACK, 0, this.#pairs.number(node, within), () => {
      const d = this.#diagrams
      const entries = d.entries(within)
      d.begin()
      for (let i = 0; i < entries.length; i += 2) {
        const to = next[entries[i]!]!
        if (to >= 0) d.push(entries[i]!, this.mapBack(next, id, d.child(node, to), entries[i + 1]!))
      }
      return d.finish()
    })
  }

  /** A number for `map` or `restrict` that nothing else has. */
  newId(): number {
    return this.#ids++
  }

  /** The tuples all of whose slices are kept. `id` numbers the choice, see `newId`. */
  restrict(keep: (slice: number, level: number) => boolean, id: number, node: number, level = 0): number {
    if (node === EMPTY || node === END) return node
    return this.#memo.of(OPERATIONS * id + MAP, level, node, () => {
      const d = this.#diagrams
      const entries = d.entries(node)
      d.begin()
      for (let i = 0; i < entries.length; i += 2) {
        if (keep(entries[i]!, level)) d.push(entries[i]!, this.restrict(keep, id, entries[i + 1]!, level + 1))
      }
      return d.finish()
    })
  }

  #collect(value: number, child: number): void {
    if (child === EMPTY) return
    const before = this.#child[value]!
    if (before === EMPTY) this.#touched.push(value)
    this.#child[value] = this.#diagrams.union(before, child)
  }

  #collected(): number {
    const d = this.#diagrams
    const values = this.#touched.items.subarray(0, this.#touched.length).sort()
    d.begin()
    for (const value of values) {
      d.push(value, this.#child[value]!)
      this.#child[value] = EMPTY
    }
    this.#touched.length = 0
    return d.finish()
  }
}
