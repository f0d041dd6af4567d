import type { Link } from '../system.ts'
import { type LinkMemo, type LinkRunner, usesGroup } from './run-link.ts'

/**
 * A run of links over one tuple of parts. What a walk finds is left in `found`: per way through the chain `stride` numbers,
 * its last label (-1: a link declared the combination impossible), its effects, and the tuple.
 */
export class Walker {
  found = new Int32Array(256)
  readonly stride: number
  readonly usesGroup: boolean
  readonly #links: readonly Link[]
  readonly #places: Int32Array
  readonly #runner: LinkRunner
  readonly #tuple: Int32Array
  readonly #memosOf: LinkMemo[][] = []
  #memos: readonly LinkMemo[] = []
  #count = 0

  constructor(links: readonly Link[], partNames: readonly string[], runner: LinkRunner) {
    this.#links = links
    this.#places = Int32Array.from(links, (link) => partNames.indexOf(link.part))
    this.#runner = runner
    this.#tuple = new Int32Array(partNames.length)
    this.stride = partNames.length + 2
    this.usesGroup = links.some(usesGroup)
  }

  /** Depth first, in the order of the outcomes, from the tuple that begins at `from`. Says how many ways were found. */
  walk(source: Int32Array, from: number, label: number, group: number): number {
    const tuple = this.#tuple
    for (let i = 0; i < tuple.length; i++) tuple[i] = source[from + i]!
    const slot = this.usesGroup ? group + 1 : 0
    this.#memosOf[slot] ??= this.#links.map((link) => this.#runner.memo(link, group))
    this.#memos = this.#memosOf[slot]!
    this.#count = 0
    this.#follow(0, label, 0)
    return this.#count
  }

  #follow(at: number, label: number, effects: number): void {
    if (at === this.#places.length) {
      this.#leaf(label, effects)
      return
    }
    const place = this.#places[at]!
    const before = this.#tuple[place]!
    const { outcomes } = this.#runner
    const run = this.#memos[at]!.run(before, label)
    const count = outcomes.items[run]!
    if (count < 0) {
      this.#leaf(-1, effects)
      return
    }
    for (let i = 0; i < count; i++) {
      const { items } = outcomes
      const outcome = run + 1 + 3 * i
      this.#tuple[place] = items[outcome]!
      this.#follow(at + 1, items[outcome + 1]!, this.#runner.join(effects, items[outcome + 2]!))
    }
    this.#tuple[place] = before
  }

  #leaf(label: number, effects: number): void {
    const at = this.#count++ * this.stride
    if (at + this.stride > this.found.length) {
      const larger = new Int32Array(this.found.length * 2 + this.stride)
      larger.set(this.found)
      this.found = larger
    }
    const { found } = this
    found[at] = label
    found[at + 1] = effects
    for (let i = 0; i < this.#tuple.length; i++) found[at + 2 + i] = this.#tuple[i]!
  }
}
