import type { System } from '../system.ts'
import type { Acts } from './acts.ts'
import type { Ask, AskTable } from './ask.ts'
import type { Chain } from './chain.ts'
import { IntList } from './int-list.ts'
import { PairMap } from './pair-map.ts'
import { Plan } from './plan.ts'
import type { LinkRunner } from './run-link.ts'
import { SynchronousSide } from './synchronous.ts'
import { TupleInterner } from './tuples.ts'

/** The local states (*slices*) of the groups of one kind, and what each can do by itself or ask of the shared parts. */
export class KindTable {
  readonly name: string
  readonly groups: readonly number[]
  readonly partNames: readonly string[]
  readonly slices: TupleInterner
  /** Slices below this number have been expanded. */
  expanded = 0
  /** Per slice, the first of its local steps. */
  readonly localStart = new IntList()
  readonly localTarget = new IntList()
  readonly localAct = new IntList()
  /** Per slice, the first of its *entries*: ways into the shared parts. */
  readonly entryStart = new IntList()
  readonly entryAsk = new IntList()
  readonly #entryNode = new IntList()
  readonly #entryTuple = new IntList()
  /** Steps after an answer, in the order they were found. */
  readonly lateEntry = new IntList()
  readonly lateAnswer = new IntList()
  readonly lateTarget = new IntList()
  readonly lateAct = new IntList()
  /** Per synchronous rule, the next slice of each, or -1. */
  readonly together: readonly IntList[]
  /** Whether a search may take a step of a group by itself: from this slice to these parts. Others are not followed here. */
  permits: (from: number, to: Int32Array, act: number) => boolean = () => true
  /** Where the steps that may not be taken lead, by their place among the local steps. */
  readonly #behind: { readonly step: number; readonly tuple: Int32Array }[] = []
  readonly #plan: Plan
  readonly #synchronous: readonly SynchronousSide[]
  readonly #asks: AskTable
  readonly #entriesOfAsk: IntList[] = []
  readonly #afterAnswer = new PairMap()
  /** Where the walk is: the parts, and after an answer which entry and answer it was. */
  readonly #tuple: Int32Array
  #entry = -1
  #answer = 0

  constructor(
    system: System,
    index: number,
    name: string,
    chains: readonly Chain[],
    sharedNames: readonly string[],
    asks: AskTable,
    runner: LinkRunner,
    acts: Acts,
  ) {
    this.name = name
    this.groups = system.groups.flatMap((group, at) => (group.kind === name ? [at] : []))
    this.partNames = Object.keys(system.initial[0]!.groups[this.groups[0]!]!).sort()
    this.slices = new TupleInterner(this.partNames.length)
    this.#tuple = new Int32Array(this.partNames.length)
    this.#asks = asks
    const own = chains.filter((chain) => system.rules[chain.rule]!.kinds?.includes(name))
    const kind = { index, groups: this.groups }
    this.#plan = new Plan(own, this.partNames, sharedNames, kind, asks, runner, acts)
    const rules = system.synchronous ?? []
    this.#synchronous = rules.map((rule) => new SynchronousSide(rule, false, this.partNames, runner))
    this.together = rules.map(() => new IntList())
  }

  /** Runs every rule on the next slice, and after the answers known so far. */
  expandNext(): void {
    const { slices } = this
    const from = this.expanded++ * slices.width
    this.localStart.push(this.localTarget.length)
    this.entryStart.push(this.entryAsk.length)
    for (let i = 0; i < slices.width; i++) this.#tuple[i] = slices.digits[from + i]!
    for (let s = 0; s < this.#plan.starts.length; s++) this.#follow(this.#plan.starts[s]!)
    for (let r = 0; r < this.#synchronous.length; r++) {
      const side = this.#synchronous[r]!
      this.together[r]!.push(side.advance(slices.digits, from) ? slices.intern(side.next) : -1)
    }
  }

  /** Goes past the next slice: a constraint keeps every search from expanding it. */
  passNext(): void {
    this.expanded++
    this.localStart.push(this.localTarget.length)
    this.entryStart.push(this.entryAsk.length)
    for (const next of this.together) next.push(-1)
  }

  /** Gives numbers to what only steps lead to that may not be taken; nothing is run there. */
  settle(): void {
    for (const { step, tuple } of this.#behind) this.localTarget.items[step] = this.slices.intern(tuple)
    while (this.expanded < this.slices.size) this.passNext()
  }

  /** Goes on from all entries that wait for the answers of an ask from number `known` on. */
  goOnFrom(ask: Ask, known: number): void {
    const { width } = this.slices
    const entries = this.#entriesOfAsk[ask.id]
    for (let i = 0; i < (entries?.length ?? 0); i++) {
      const entry = entries!.at(i)
      for (let place = 0; place < width; place++) this.#tuple[place] = this.#entryTuple.at(entry * width + place)
      this.#goOn(entry, ask, known)
    }
  }

  #follow(node: number): void {
    const { place, ways } = this.#plan
    const decides = place.items[node]!
    if (decides < 0) {
      this.#leaf(node)
      return
    }
    const before = this.#tuple[decides]!
    const at = this.#plan.waysFrom(node, before)
    const end = at + 2 * ways.items[at]!
    for (let way = at; way < end; way += 2) {
      this.#tuple[decides] = ways.items[way + 1]!
      this.#follow(ways.items[way + 2]!)
    }
    this.#tuple[decides] = before
  }

  #leaf(node: number): void {
    const ask = this.#plan.ask.items[node]!
    if (ask > 0) {
      this.#enter(this.#asks.asks[ask - 1]!, node)
      return
    }
    const act = this.#plan.act.items[node]!
    if (this.#entry < 0 && ask === 0 && !this.permits(this.expanded - 1, this.#tuple, act)) {
      this.#behind.push({ step: this.localTarget.length, tuple: this.#tuple.slice() })
      this.localTarget.push(-1)
      this.localAct.push(act)
      return
    }
    const target = ask < 0 ? -1 : this.slices.intern(this.#tuple)
    if (this.#entry < 0) {
      this.localTarget.push(target)
      this.localAct.push(act)
    } else {
      this.lateEntry.push(this.#entry)
      this.lateAnswer.push(this.#answer)
      this.lateTarget.push(target)
      this.lateAct.push(act)
    }
  }

  #enter(ask: Ask, node: number): void {
    const entry = this.entryAsk.length
    this.entryAsk.push(ask.id)
    this.#entryNode.push(node)
    for (let i = 0; i < this.slices.width; i++) this.#entryTuple.push(this.#tuple[i]!)
    while (this.#entriesOfAsk.length <= ask.id) this.#entriesOfAsk.push(new IntList())
    this.#entriesOfAsk[ask.id]!.push(entry)
    this.#goOn(entry, ask, 0)
  }

  #goOn(entry: number, { answers }: Ask, known: number): void {
    const leaf = this.#entryNode.at(entry)
    this.#entry = entry
    for (let answer = known; answer < answers.size; answer++) {
      let node = this.#afterAnswer.get(leaf, answer)
      if (node < 0) {
        node = this.#plan.afterAnswer(leaf, answers.digits[answer * 2]!, answers.digits[answer * 2 + 1]!)
        this.#afterAnswer.add(leaf, answer, node)
      }
      this.#answer = answer
      this.#follow(node)
    }
    this.#entry = -1
  }
}
