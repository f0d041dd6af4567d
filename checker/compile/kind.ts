import type { System } from '../system.ts'
import type { Ask, AskTable, SharedRun } from './ask.ts'
import type { Chain } from './chain.ts'
import { IntList } from './int-list.ts'
import { TupleInterner } from './intern.ts'
import type { LinkRunner } from './run-link.ts'
import { SynchronousSide } from './synchronous.ts'
import { Walker } from './walk.ts'

interface KindChain {
  readonly rule: number
  readonly before: Walker
  readonly after: Walker
  readonly run: SharedRun | undefined
}

/** The local states (*slices*) of the groups of one kind, and what each can do by itself or ask of the shared parts. */
export class KindTable {
  readonly name: string
  readonly index: number
  readonly groups: readonly number[]
  readonly partNames: readonly string[]
  readonly slices: TupleInterner
  /** Slices below this number have been expanded. */
  expanded = 0
  /** Per slice, the first of its local steps and of its entries that ask. */
  readonly localStart = new IntList()
  readonly localTarget = new IntList()
  readonly localRule = new IntList()
  readonly localEffects = new IntList()
  readonly entryStart = new IntList()
  readonly entryAsk = new IntList()
  readonly entryChain = new IntList()
  readonly entryEffects = new IntList()
  /** The tuple of each entry half way, while the shared parts are asked. */
  readonly entryTuple = new IntList()
  /** Per synchronous rule and slice: the next slice or -1. */
  readonly together: readonly IntList[]
  readonly chains: KindChain[]
  readonly #entriesOfAsk = new Map<number, IntList>()
  readonly #synchronous: readonly SynchronousSide[]
  readonly #asks: AskTable

  constructor(
    system: System,
    index: number,
    name: string,
    chains: readonly Chain[],
    sharedNames: readonly string[],
    asks: AskTable,
    runner: LinkRunner,
  ) {
    this.name = name
    this.index = index
    this.groups = system.groups.flatMap((group, at) => (group.kind === name ? [at] : []))
    this.partNames = Object.keys(system.initial[0]!.groups[this.groups[0]!]!).sort()
    this.slices = new TupleInterner(this.partNames.length)
    this.#asks = asks
    this.chains = chains
      .filter((chain) => system.rules[chain.rule]!.kinds?.includes(name))
      .map((chain) => ({
        rule: chain.rule,
        before: new Walker(chain.before, this.partNames, runner),
        after: new Walker(chain.after, this.partNames, runner),
        run: chain.shared.length === 0 ? undefined : asks.runOf(chain.shared, sharedNames, runner),
      }))
    const rules = system.synchronous ?? []
    this.#synchronous = rules.map((rule) => new SynchronousSide(rule, false, this.partNames, runner))
    this.together = rules.map(() => new IntList())
  }

  /** Runs every rule on the next slice. Calls `onEntry` for each new entry that asks. */
  expandNext(onEntry: (entry: number, ask: Ask) => void): void {
    const tuple: number[] = []
    this.slices.read(this.expanded++, tuple)
    this.localStart.push(this.localTarget.length)
    this.entryStart.push(this.entryAsk.length)
    this.chains.forEach((chain, at) => {
      chain.before.walk(tuple, 0, 0, (next, label, effects, impossible) => {
        if (impossible || chain.run === undefined) {
          this.localTarget.push(impossible ? -1 : this.slices.intern(next))
          this.localRule.push(chain.rule)
          this.localEffects.push(effects)
        } else {
          const ask = this.#asks.ask(chain.run, label, this.index, this.groups)
          onEntry(this.#addEntry(ask, at, effects, next), ask)
        }
      })
    })
    this.#synchronous.forEach((side, at) => {
      const next = [...tuple]
      this.together[at]!.push(side.advance(next) ? this.slices.intern(next) : -1)
    })
  }

  entriesOf(ask: Ask): IntList | undefined {
    return this.#entriesOfAsk.get(ask.id)
  }

  /** Goes on from an entry after an answer; yields each next slice with the effects of this last stretch. */
  goOn(entry: number, answerLabel: number, leaf: (slice: number, effects: number) => void): void {
    const width = this.partNames.length
    const tuple = Array.from({ length: width }, (_, i) => this.entryTuple.at(entry * width + i))
    const chain = this.chains[this.entryChain.at(entry)]!
    chain.after.walk(tuple, answerLabel, 0, (next, _label, effects, impossible) => {
      leaf(impossible ? -1 : this.slices.intern(next), effects)
    })
  }

  #addEntry(ask: Ask, chain: number, effects: number, tuple: readonly number[]): number {
    const entry = this.entryAsk.length
    this.entryAsk.push(ask.id)
    this.entryChain.push(chain)
    this.entryEffects.push(effects)
    for (const part of tuple) this.entryTuple.push(part)
    let entries = this.#entriesOfAsk.get(ask.id)
    if (entries === undefined) {
      entries = new IntList()
      this.#entriesOfAsk.set(ask.id, entries)
    }
    entries.push(entry)
    return entry
  }
}
