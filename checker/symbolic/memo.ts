import { PairMap } from '../compile/pair-map.ts'

/** What operations on nodes of diagrams have come to, so that each is done once. */
export class Memo {
  readonly #cases = new PairMap()
  readonly #known = new PairMap()
  readonly #poll: () => void

  /** `poll` is called before anything is worked out and may throw to end the work. */
  constructor(poll: () => void) {
    this.#poll = poll
  }

  get bytes(): number {
    return this.#cases.bytes + this.#known.bytes
  }

  /** The node that comes of an operation on a node at a level, worked out the first time it is asked for. */
  of(operation: number, level: number, node: number, compute: () => number): number {
    const what = this.#cases.number(operation, level)
    const known = this.#known.get(what, node)
    if (known >= 0) return known
    this.#poll()
    const result = compute()
    this.#known.add(what, node, result)
    return result
  }
}
