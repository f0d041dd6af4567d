import type { Link } from '../system.ts'
import type { LinkRunner } from './run-link.ts'

/** Called for every way through a chain; `effects` and `label` are numbers. `impossible`: a link said so. */
export type Leaf = (tuple: readonly number[], label: number, effects: number, impossible: boolean) => void

/** A run of links over one tuple of parts, with the place of each link's part in the tuple looked up once. */
export class Walker {
  readonly #links: readonly Link[]
  readonly #places: readonly number[]
  readonly #runner: LinkRunner

  constructor(links: readonly Link[], partNames: readonly string[], runner: LinkRunner) {
    this.#links = links
    this.#places = links.map((link) => partNames.indexOf(link.part))
    this.#runner = runner
  }

  /** Depth first, in the order of the outcomes. The tuple is changed on the way and restored. */
  walk(tuple: number[], label: number, group: number, leaf: Leaf): void {
    this.#follow(0, tuple, label, 0, group, leaf)
  }

  #follow(at: number, tuple: number[], label: number, effects: number, group: number, leaf: Leaf): void {
    const link = this.#links[at]
    if (link === undefined) {
      leaf(tuple, label, effects, false)
      return
    }
    const place = this.#places[at]!
    const before = tuple[place]!
    const run = this.#runner.run(link, before, label, group)
    if (run === null) {
      leaf(tuple, label, effects, true)
      return
    }
    for (let i = 0; i < run.length; i += 3) {
      tuple[place] = run[i]!
      this.#follow(at + 1, tuple, run[i + 1]!, this.#runner.join(effects, run[i + 2]!), group, leaf)
    }
    tuple[place] = before
  }
}
