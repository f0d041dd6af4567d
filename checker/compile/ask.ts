import type { Link } from '../system.ts'
import { TupleInterner } from './intern.ts'
import type { LinkRunner } from './run-link.ts'
import { Walker } from './walk.ts'

/**
 * What a group asks of the shared parts: one run of shared links, entered with one label. The hub answers with a label
 * and effects; the answers of an ask are numbered from 0 in the order they are first given.
 */
export interface Ask {
  readonly id: number
  readonly walker: Walker
  readonly label: number
  /** The groups that may ask, when the answer depends on who asks; otherwise the single entry 0. */
  readonly askers: readonly number[]
  readonly answers: TupleInterner
  /** Hubs below this number have been asked. */
  hubsDone: number
}

/** A run of shared links, used by one or several rules. */
export interface SharedRun {
  readonly id: number
  readonly walker: Walker
  readonly usesGroup: boolean
}

/** All asks of a system. */
export class AskTable {
  readonly asks: Ask[] = []
  readonly #runs = new Map<string, SharedRun>()
  readonly #linkIds = new Map<Link, number>()
  readonly #byKey = new Map<string, Ask>()

  /** Rules with the very same shared links share a run. */
  runOf(links: readonly Link[], partNames: readonly string[], runner: LinkRunner): SharedRun {
    const key = links.map((link) => this.#linkId(link)).join(',')
    let run = this.#runs.get(key)
    if (run === undefined) {
      const usesGroup = links.some((link) => link.step.length >= 3)
      run = { id: this.#runs.size, walker: new Walker(links, partNames, runner), usesGroup }
      this.#runs.set(key, run)
    }
    return run
  }

  ask(run: SharedRun, label: number, kind: number, groupsOfKind: readonly number[]): Ask {
    const key = `${run.id},${label},${run.usesGroup ? kind : -1}`
    let ask = this.#byKey.get(key)
    if (ask === undefined) {
      const askers = run.usesGroup ? groupsOfKind : [0]
      ask = { id: this.asks.length, walker: run.walker, label, askers, answers: new TupleInterner(2), hubsDone: 0 }
      this.asks.push(ask)
      this.#byKey.set(key, ask)
    }
    return ask
  }

  #linkId(link: Link): number {
    const id = this.#linkIds.get(link) ?? this.#linkIds.size
    this.#linkIds.set(link, id)
    return id
  }
}
