import type { Rule } from '../system.ts'
import type { Acts } from './acts.ts'
import type { AskTable, SharedRun } from './ask.ts'
import type { Chain } from './chain.ts'
import { IntList } from './int-list.ts'
import { PairMap } from './pair-map.ts'
import type { LinkMemo, LinkRunner } from './run-link.ts'
import { TupleInterner } from './tuples.ts'

/** A link of the group: the place of its part in the tuple, and its memory. `undefined`: the visit to the shared parts. */
type Stop = { readonly place: number; readonly memo: LinkMemo } | undefined

interface Route {
  readonly rule: number
  readonly stops: readonly Stop[]
  readonly run: SharedRun | undefined
}

/**
 * The chains of one kind of group as one automaton. A *node* is everything that matters of a chain on its way: which chain,
 * which link is next, the label it is handed, the effects so far. From a node, the state of one part decides the rest, so a
 * step of a slice is one table look-up per link, however many slices share that stretch.
 */
export class Plan {
  /** Which part decides at a node; -1 at a leaf. */
  readonly place = new IntList()
  /** Act of the step that ends at a leaf. */
  readonly act = new IntList()
  /** Ask + 1 of a leaf that asks the shared parts; 0 ends a step, -1 is declared impossible. */
  readonly ask = new IntList()
  /** By (node, state), one after another: how many ways on, then the next state and the next node of each. */
  readonly ways = new IntList()
  /** Where every walk begins: one node per part that some chain begins with, and the leaves that ask at once. */
  readonly starts: readonly number[]
  readonly #routes: readonly Route[]
  readonly #nodes = new TupleInterner(4)
  readonly #known = new PairMap()
  readonly #runner: LinkRunner
  readonly #acts: Acts
  readonly #asks: AskTable
  readonly #kind: number
  readonly #groups: readonly number[]
  readonly #startsAt = new Map<number, readonly number[]>()

  constructor(
    chains: readonly Chain[],
    partNames: readonly string[],
    sharedNames: readonly string[],
    kind: { readonly index: number; readonly groups: readonly number[] },
    asks: AskTable,
    runner: LinkRunner,
    acts: Acts,
  ) {
    this.#kind = kind.index
    this.#groups = kind.groups
    this.#asks = asks
    this.#runner = runner
    this.#acts = acts
    const stop = (link: Rule['links'][number]): Stop => ({
      place: partNames.indexOf(link.part),
      memo: runner.memo(link, 0),
    })
    this.#routes = chains.map(({ rule, before, shared, after }) => ({
      rule,
      stops: [...before.map(stop), ...(shared.length > 0 ? [undefined] : []), ...after.map(stop)],
      run: shared.length > 0 ? asks.runOf(shared, sharedNames, runner) : undefined,
    }))
    const first = chains.map((_, route) => this.#node(route, 0, 0, 0))
    const alone = first.filter((node) => this.place.at(node) < 0)
    const places = [...new Set(first.map((node) => this.place.at(node)).filter((place) => place >= 0))]
    this.starts = [...places.map((place) => this.#startAt(place, first)), ...alone]
  }

  /** Where the ways on from a node are, given the state of the part that decides. */
  waysFrom(node: number, state: number): number {
    const known = this.#known.get(node, state)
    if (known >= 0) return known
    const ways = this.#startsAt.has(node) ? this.#fromStart(node, state) : this.#fromLink(node, state)
    const at = this.ways.length
    this.ways.push(ways.length / 2)
    for (const number of ways) this.ways.push(number)
    this.#known.add(node, state, at)
    return at
  }

  /** The node after an answer to what a leaf asked. */
  afterAnswer(leaf: number, label: number, effects: number): number {
    const at = leaf * 4
    const { digits } = this.#nodes
    return this.#node(digits[at]!, digits[at + 1]! + 1, label, this.#runner.join(digits[at + 3]!, effects))
  }

  #fromStart(start: number, state: number): number[] {
    const ways: number[] = []
    for (const node of this.#startsAt.get(start)!) {
      const at = this.waysFrom(node, state)
      for (let i = 1; i <= this.ways.at(at) * 2; i++) ways.push(this.ways.at(at + i))
    }
    return ways
  }

  #fromLink(node: number, state: number): number[] {
    const [route, stop, label, effects] = this.#nodes.digits.subarray(node * 4, node * 4 + 4) as unknown as number[]
    const { outcomes } = this.#runner
    const run = this.#routes[route!]!.stops[stop!]!.memo.run(state, label!)
    const count = outcomes.at(run)
    if (count < 0) return [state, this.#node(route!, stop!, -1, effects!)]
    return Array.from({ length: count }, (_, i) => {
      const at = run + 1 + 3 * i
      const joined = this.#runner.join(effects!, outcomes.at(at + 2))
      return [outcomes.at(at), this.#node(route!, stop! + 1, outcomes.at(at + 1), joined)]
    }).flat()
  }

  /** `label` -1: declared impossible. */
  #node(route: number, stop: number, label: number, effects: number): number {
    const { rule, stops, run } = this.#routes[route]!
    const atEnd = label < 0 || stop === stops.length
    const node = this.#nodes.intern(Int32Array.of(route, stop, atEnd ? Math.min(label, 0) : label, effects))
    if (node < this.place.length) return node
    const next = atEnd ? undefined : stops[stop]
    this.place.push(next?.place ?? -1)
    this.act.push(this.#acts.of(rule, effects))
    if (label < 0) this.ask.push(-1)
    else if (atEnd || next !== undefined) this.ask.push(0)
    else this.ask.push(this.#asks.ask(run!, label, this.#kind, this.#groups).id + 1)
    return node
  }

  /** One node for all chains that begin with this part. */
  #startAt(place: number, first: readonly number[]): number {
    const node = this.#nodes.intern(Int32Array.of(-1 - place, 0, 0, 0))
    this.place.push(place)
    this.act.push(0)
    this.ask.push(0)
    this.#startsAt.set(
      node,
      first.filter((other) => this.place.at(other) === place),
    )
    return node
  }
}
