import type { System } from '../system.ts'
import type { Ask } from './ask.ts'
import type { Chain } from './chain.ts'
import { IntList } from './int-list.ts'
import { TupleInterner } from './intern.ts'
import type { LinkRunner } from './run-link.ts'
import { SynchronousSide } from './synchronous.ts'
import { Walker } from './walk.ts'

/** The states of the shared parts together (*hubs*), what they can do by themselves, and how they answer. */
export class HubTable {
  readonly partNames: readonly string[]
  readonly hubs: TupleInterner
  expanded = 0
  readonly localStart = new IntList()
  readonly localTarget = new IntList()
  readonly localRule = new IntList()
  readonly localEffects = new IntList()
  readonly together: readonly IntList[]
  readonly #chains: readonly { readonly rule: number; readonly walker: Walker }[]
  readonly #synchronous: readonly SynchronousSide[]

  constructor(system: System, chains: readonly Chain[], runner: LinkRunner) {
    this.partNames = Object.keys(system.initial[0]!.shared).sort()
    this.hubs = new TupleInterner(this.partNames.length)
    this.#chains = chains
      .filter((chain) => system.rules[chain.rule]!.kinds === undefined)
      .map((chain) => ({ rule: chain.rule, walker: new Walker(chain.shared, this.partNames, runner) }))
    const rules = system.synchronous ?? []
    this.#synchronous = rules.map((rule) => new SynchronousSide(rule, true, this.partNames, runner))
    this.together = rules.map(() => new IntList())
  }

  /** Runs the rules of the shared parts alone on the next hub. */
  expandNext(): void {
    const tuple: number[] = []
    this.hubs.read(this.expanded++, tuple)
    this.localStart.push(this.localTarget.length)
    for (const { rule, walker } of this.#chains) {
      walker.walk(tuple, 0, -1, (next, _label, effects, impossible) => {
        this.localTarget.push(impossible ? -1 : this.hubs.intern(next))
        this.localRule.push(rule)
        this.localEffects.push(effects)
      })
    }
    this.#synchronous.forEach((side, at) => {
      const next = [...tuple]
      this.together[at]!.push(side.advance(next) ? this.hubs.intern(next) : -1)
    })
  }

  /** Puts an ask to a hub. Yields each next hub (-1: impossible) with the number of the answer. */
  answer(ask: Ask, hub: number, group: number, leaf: (hub: number, answer: number) => void): void {
    const tuple: number[] = []
    this.hubs.read(hub, tuple)
    ask.walker.walk(tuple, ask.label, group, (next, label, effects, impossible) => {
      if (impossible) leaf(-1, 0)
      else leaf(this.hubs.intern(next), ask.answers.intern([label, effects]))
    })
  }
}
