import type { Link } from '../system.ts'
import { IntList } from './int-list.ts'
import type { LinkRunner } from './run-link.ts'
import { TupleInterner } from './tuples.ts'
import { Walker } from './walk.ts'

/**
 * What a group asks of the shared parts: one run of shared links, entered with one label. The hub answers with a label
 * and effects; the answers of an ask are numbered from 0 in the order they are first given.
 */
export interface Ask {
  readonly id: number
  readonly walker: Walker
  readonly label: number
  /** The groups that may ask, when the answer depends on the group; otherwise the single entry 0. */
  readonly askers: readonly number[]
  /** Label and effects of each answer. */
  readonly answers: TupleInterner
  /** Hubs below this number have been asked. */
  hubsDone: number
}

/** A run of shared links, used by one or several rules. */
export interface SharedRun {
  readonly walker: Walker
  /** By kind (0 when the answer does not depend on the group) and label: number of the ask + 1. */
  readonly askOf: readonly IntList[]
}

/** All asks of a system. */
export class AskTable {
  readonly asks: Ask[] = []
  readonly #kinds: number
  readonly #runs = new Map<string, SharedRun>()
  readonly #linkIds = new Map<Link, number>()

  constructor(kinds: number) {
    this.#kinds = kinds
  }

  /** Rules with the very same shared links share a run. */
  runOf(links: readonly Link[], partNames: readonly string[], runner: LinkRunner): SharedRun {
    const key = links.map((link) => this.#linkId(link)).join(',')
    let run = this.#runs.get(key)
    if (run === undefined) {
      const walker = new Walker(links, partNames, runner)
      const askOf = Array.from({ length: walker.usesGroup ? this.#kinds : 1 }, () => new IntList())
      run = { walker, askOf }
      this.#runs.set(key, run)
    }
    return run
  }

  ask({ walker, askOf }: SharedRun, label: number, kind: number, groupsOfKind: readonly number[]): Ask {
    const known = askOf[walker.usesGroup ? kind : 0]!
    while (known.length <= label) known.push(0)
    const id = known.at(label) - 1
    if (id >= 0) return this.asks[id]!
    const askers = walker.usesGroup ? groupsOfKind : [0]
    const ask = { id: this.asks.length, walker, label, askers, answers: new TupleInterner(2), hubsDone: 0 }
    this.asks.push(ask)
    known.items[label] = ask.id + 1
    return ask
  }

  #linkId(link: Link): number {
    const id = this.#linkIds.get(link) ?? this.#linkIds.size
    this.#linkIds.set(link, id)
    return id
  }
}
