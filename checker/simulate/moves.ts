import { cutChain } from '../compile/chain.ts'
import { IntList } from '../compile/int-list.ts'
import { PairMap } from '../compile/pair-map.ts'
import type { LinkRunner } from '../compile/run-link.ts'
import type { TupleInterner } from '../compile/tuples.ts'
import { Walker } from '../compile/walk.ts'
import { CheckerFault } from '../faults.ts'
import type { System } from '../system.ts'

/** Numbers per move in `Moves.items`: rule, choice, next slice, next hub, effects. */
export const MOVE = 5

/** Moves to remember (numbers, not bytes) before all are forgotten and filled in anew. */
const MANY = 2 ** 25

interface Chain {
  readonly rule: number
  readonly before: Walker
  readonly shared: Walker
  readonly after: Walker
}

/**
 * What a group of one kind (or, without a kind, the shared parts alone) can do, worked out for a slice beside a hub when a
 * run first gets there: what no run meets costs nothing, and each function of the system runs once per local input.
 */
export class Moves {
  readonly #system: System
  readonly #chains: readonly Chain[]
  readonly #slices: TupleInterner
  readonly #hubs: TupleInterner
  readonly #runner: LinkRunner
  readonly #usesGroup: boolean
  /** By group, where the answer depends on it: the number of a slice and hub. */
  #rows: PairMap[] = []
  #items = new IntList()
  /** Where the moves of a row begin, and end. */
  #ends = new IntList()

  constructor(
    system: System,
    kind: string | undefined,
    partNames: readonly string[],
    sharedNames: readonly string[],
    slices: TupleInterner,
    hubs: TupleInterner,
    runner: LinkRunner,
  ) {
    this.#system = system
    this.#slices = slices
    this.#hubs = hubs
    this.#runner = runner
    this.#chains = system.rules.flatMap((rule, index) => {
      if (kind === undefined ? rule.kinds !== undefined : !rule.kinds?.includes(kind)) return []
      const { before, shared, after } = cutChain(rule, index)
      const walker = (links: typeof before, names: readonly string[]) => new Walker(links, names, runner)
      return [
        {
          rule: index,
          before: walker(before, partNames),
          shared: walker(shared, sharedNames),
          after: walker(after, partNames),
        },
      ]
    })
    this.#usesGroup = this.#chains.some(({ shared }) => shared.usesGroup)
  }

  /** Moves one after another, `MOVE` numbers each. Replaced when more are found. */
  get items(): Int32Array {
    return this.#items.items
  }

  /** The row of a slice beside a hub. */
  row(slice: number, hub: number, group: number): number {
    const of = this.#usesGroup ? group + 1 : 0
    this.#rows[of] ??= new PairMap()
    const known = this.#rows[of].get(slice, hub)
    if (known >= 0) return known
    if (this.#items.length > MANY) this.#forget(of)
    const row = this.#ends.length / 2
    this.#ends.push(this.#items.length)
    for (const chain of this.#chains) this.#follow(chain, slice, hub, group)
    this.#ends.push(this.#items.length)
    this.#rows[of].add(slice, hub, row)
    return row
  }

  first(row: number): number {
    return this.#ends.at(2 * row)
  }

  end(row: number): number {
    return this.#ends.at(2 * row + 1)
  }

  #forget(of: number): void {
    this.#rows = []
    this.#rows[of] = new PairMap()
    this.#items = new IntList()
    this.#ends = new IntList()
  }

  /** Depth first through the chain, so that choices are numbered as `events` numbers them. */
  #follow({ rule, before, shared, after }: Chain, slice: number, hub: number, group: number): void {
    let choice = 0
    const entered = this.#walk(before, this.#slices, slice, 0, group, rule)
    for (const entry of entered) {
      for (const answer of this.#walk(shared, this.#hubs, hub, entry.label, group, rule)) {
        const effects = this.#runner.join(entry.effects, answer.effects)
        for (const last of this.#walk(after, this.#slices, entry.tuple, answer.label, group, rule)) {
          const seen = this.#runner.join(effects, last.effects)
          for (const item of [rule, choice++, last.tuple, answer.tuple, seen]) this.#items.push(item)
        }
      }
    }
  }

  /** @throws CheckerFault IMPOSSIBLE_MET */
  #walk(walker: Walker, tuples: TupleInterner, tuple: number, label: number, group: number, rule: number) {
    const count = walker.walk(tuples.digits, tuple * tuples.width, label, group)
    return Array.from({ length: count }, (_, i) => {
      const at = i * walker.stride
      if (walker.found[at]! < 0) {
        const { name } = this.#system.rules[rule]!
        throw new CheckerFault('IMPOSSIBLE_MET', `Rule ${name} met a combination of parts declared impossible.`)
      }
      return {
        label: walker.found[at]!,
        effects: walker.found[at + 1]!,
        tuple: tuples.intern(walker.found, at + 2),
      }
    })
  }
}
