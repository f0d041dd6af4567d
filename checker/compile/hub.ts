import type { System } from '../system.ts'
import type { Acts } from './acts.ts'
import type { Ask } from './ask.ts'
import type { Chain } from './chain.ts'
import { IntList } from './int-list.ts'
import type { LinkRunner } from './run-link.ts'
import { SynchronousSide } from './synchronous.ts'
import { TupleInterner } from './tuples.ts'
import { Walker } from './walk.ts'

/** The states of the shared parts together (*hubs*), what they can do by themselves, and how they answer. */
export class HubTable {
  readonly partNames: readonly string[]
  readonly hubs: TupleInterner
  expanded = 0
  readonly localStart = new IntList()
  readonly localTarget = new IntList()
  readonly localAct = new IntList()
  readonly together: readonly IntList[]
  readonly #chains: readonly { readonly rule: number; readonly walker: Walker }[]
  readonly #synchronous: readonly SynchronousSide[]
  readonly #acts: Acts

  constructor(system: System, chains: readonly Chain[], runner: LinkRunner, acts: Acts) {
    this.partNames = Object.keys(system.initial[0]!.shared).sort()
    this.hubs = new TupleInterner(this.partNames.length)
    this.#acts = acts
    this.#chains = chains
      .filter((chain) => system.rules[chain.rule]!.kinds === undefined)
      .map((chain) => ({ rule: chain.rule, walker: new Walker(chain.shared, this.partNames, runner) }))
    const rules = system.synchronous ?? []
    this.#synchronous = rules.map((rule) => new SynchronousSide(rule, true, this.partNames, runner))
    this.together = rules.map(() => new IntList())
  }

  /** Runs the rules of the shared parts alone on the next hub. */
  expandNext(): void {
    const { hubs } = this
    const hub = this.expanded++
    this.localStart.push(this.localTarget.length)
    for (const { rule, walker } of this.#chains) {
      const count = walker.walk(hubs.digits, hub * hubs.width, 0, -1)
      for (let at = 0; at < count * walker.stride; at += walker.stride) {
        this.localTarget.push(walker.found[at]! < 0 ? -1 : hubs.intern(walker.found, at + 2))
        this.localAct.push(this.#acts.of(rule, walker.found[at + 1]!))
      }
    }
    this.#synchronous.forEach((side, at) => {
      this.together[at]!.push(side.advance(hubs.digits, hub * hubs.width) ? hubs.intern(side.next) : -1)
    })
  }

  /** Goes past the hubs that no search comes to. */
  settle(): void {
    while (this.expanded < this.hubs.size) {
      this.expanded++
      this.localStart.push(this.localTarget.length)
      for (const next of this.together) next.push(-1)
    }
  }

  /** Puts an ask to a hub. Yields each next hub (-1: impossible) with the number of the answer. */
  answer(
    { walker, label, answers }: Ask,
    hub: number,
    group: number,
    leaf: (hub: number, answer: number) => void,
  ): void {
    const { hubs } = this
    const count = walker.walk(hubs.digits, hub * hubs.width, label, group)
    for (let at = 0; at < count * walker.stride; at += walker.stride) {
      if (walker.found[at]! < 0) leaf(-1, 0)
      else leaf(hubs.intern(walker.found, at + 2), answers.intern(walker.found, at))
    }
  }
}
