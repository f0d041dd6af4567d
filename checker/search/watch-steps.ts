import type { Compiled } from '../compile/index.ts'
import { PairMap } from '../compile/pair-map.ts'
import { TripleSet } from '../compile/triple-set.ts'
import { TupleInterner } from '../compile/tuples.ts'
import { concernsRule, type Scope, scopeOf } from '../scope.ts'
import { type Classes, hubClasses, sliceClasses } from './classes.ts'
import { GIVEN, HIT, StepQuestion } from './question.ts'
import type { Entry } from './record.ts'
import { bySameReads } from './same-reads.ts'
import { Taken } from './taken.ts'

interface Watched {
  readonly entry: Entry
  readonly scope: Scope
  readonly question: StepQuestion
  /** By rule: whether it is asked of steps of this rule. */
  readonly concerns: readonly boolean[]
}

/** Properties that read the same: looked at once per class of what they read, before and after, and act. */
interface Watcher {
  readonly all: readonly Watched[]
  readonly ofShared: boolean
  readonly slices: Classes
  readonly hubs: Classes
  /** Act together with what the hub was and becomes, as one number. */
  readonly hubChanges: PairMap
  readonly actsBesideHubs: PairMap
  readonly seen: TripleSet
}

/** Evaluates step properties once per distinct local step that a search takes, and notes which rules fired. */
export class StepRecorder {
  /** The level of the states being expanded; set by the search. */
  level = 0
  /** Names of the rules that were taken. */
  readonly fired = new Set<string>()
  /** Whether some property looks at whole worlds: then every single step has to be shown to `lookAtWhole`. */
  readonly needsEvery: boolean
  readonly #compiled: Compiled
  readonly #names: readonly string[]
  readonly #ofGroup: readonly Watcher[]
  /** Those that read shared parts. */
  readonly #ofHub: readonly Watcher[]
  readonly #whole: readonly Watched[]
  readonly #stepSeen: Uint8Array
  readonly #wholeSeen: TupleInterner
  readonly #taken: readonly Taken[]

  constructor(compiled: Compiled, entries: readonly Entry[]) {
    const { system, tables, codec } = compiled
    this.#compiled = compiled
    this.#names = [...system.rules, ...(system.synchronous ?? [])].map(({ name }) => name)
    const watched = entries.flatMap((entry): Watched[] => {
      const { property } = entry
      if (property.kind !== 'step' && property.kind !== 'happens') return []
      const scope = scopeOf(system, property)
      const concerns = this.#names.map((name) => concernsRule(system, scope, name))
      return [{ entry, scope, concerns, question: new StepQuestion(compiled, property, scope) }]
    })
    const watchers = (wants: (of: Scope['of']) => boolean): Watcher[] =>
      bySameReads(watched.filter(({ scope }) => wants(scope.of))).map((all) => ({
        all,
        ofShared: all[0]!.scope.of === 'shared',
        slices: sliceClasses(compiled, all[0]!.scope.groupParts, all[0]!.scope.groups),
        hubs: hubClasses(compiled, all[0]!.scope.sharedParts),
        hubChanges: new PairMap(),
        actsBesideHubs: new PairMap(),
        seen: new TripleSet(),
      }))
    this.#ofGroup = watchers((of) => of === 'group')
    this.#ofHub = watchers((of) => of === 'shared' || of === 'group and shared')
    this.#whole = watched.filter(({ scope }) => scope.of === 'every group')
    this.needsEvery = this.#whole.length > 0
    this.#stepSeen = new Uint8Array(tables.stepTarget.length)
    this.#wholeSeen = new TupleInterner(2 * codec.groups + 3)
    this.#taken = tables.togetherHub.map(() => new Taken(tables, this.#ofHub.length > 0))
  }

  /** A group (or, as -1, the shared parts alone) takes a step for the first time in this slice beside this hub. */
  onStep(group: number, slice: number, hub: number, step: number, nextHub: number, from: number, to: number): void {
    const { stepTarget, stepAct } = this.#compiled.tables
    const act = stepAct[step]!
    const next = stepTarget[step]!
    if (this.#stepSeen[step] === 0) {
      this.#stepSeen[step] = 1
      this.#fire(act)
      if (group >= 0) for (const watcher of this.#ofGroup) this.#look(watcher, group, slice, next, 0, 0, act, from, to)
    }
    for (const watcher of this.#ofHub) {
      if (group >= 0 || watcher.ofShared) this.#look(watcher, group, slice, next, hub, nextHub, act, from, to)
    }
  }

  /** A synchronous step, with where the state's digits are. */
  onTogether(rule: number, digits: Int32Array, at: number, from: number, to: number): void {
    const { groups } = this.#compiled.codec
    const hub = digits[at + groups]!
    if (groups === 0) this.onTogetherOf(rule, -1, 0, hub, from, to)
    for (let g = 0; g < groups; g++) this.onTogetherOf(rule, g, digits[at + g]!, hub, from, to)
  }

  /** A group's part in a synchronous step (`group` -1: there are no groups). */
  onTogetherOf(rule: number, group: number, slice: number, hub: number, from: number, to: number): void {
    if (!this.#taken[rule]!.isNew(slice, hub)) return
    const { tables } = this.#compiled
    const nextHub = tables.togetherHub[rule]![hub]!
    const next = group < 0 ? 0 : tables.togetherSlice[rule]![slice]!
    const act = tables.togetherAct[rule]!
    this.#fire(act)
    if (group >= 0) for (const watcher of this.#ofGroup) this.#look(watcher, group, slice, next, 0, 0, act, from, to)
    for (const watcher of this.#ofHub) {
      if (group >= 0 || watcher.ofShared) this.#look(watcher, group, slice, next, hub, nextHub, act, from, to)
    }
  }

  /** Shows one step to the properties of whole worlds; `step` is -1 - rule for synchronous ones. */
  lookAtWhole(step: number, from: number, to: number): void {
    const { codec, tables } = this.#compiled
    const digits = new Int32Array(2 * (codec.groups + 1) + 1)
    const act = step < 0 ? tables.togetherAct[-1 - step]! : tables.stepAct[step]!
    codec.digits(Float64Array.of(from, to), 2, digits)
    digits[digits.length - 1] = act
    const known = this.#wholeSeen.size
    if (this.#wholeSeen.intern(digits) < known) return
    for (const one of this.#whole) {
      this.#note(one, one.question.askAll(one.scope.groups, digits.subarray(0, -1), act), from, to, -1)
    }
  }

  #look(
    { all, ofShared, slices, hubs, hubChanges, actsBesideHubs, seen }: Watcher,
    group: number,
    slice: number,
    next: number,
    hub: number,
    nextHub: number,
    act: number,
    from: number,
    to: number,
  ): void {
    const of = ofShared ? 0 : slices.classOf[slice]!
    if (of < 0) return
    let beside = act
    if (hubs.count > 1) {
      const change = hubChanges.number(hubs.classOf[hub]!, hubs.classOf[nextHub]!)
      beside = actsBesideHubs.number(act, change)
    }
    if (!seen.add(of, ofShared ? 0 : slices.classOf[next]!, beside)) return
    const rule = this.#compiled.tables.actRule[act]!
    for (const one of all) {
      if (one.entry.hit !== undefined || !one.concerns[rule]) continue
      this.#note(one, one.question.ask(slice, next, hub, nextHub, act), from, to, ofShared ? -1 : group)
    }
  }

  #note({ entry }: Watched, answer: number, from: number, to: number, group: number): void {
    if ((answer & GIVEN) !== 0) entry.exercised = true
    if ((answer & HIT) !== 0) entry.hit ??= { level: this.level, from, to, group }
  }

  #fire(act: number): void {
    this.fired.add(this.#names[this.#compiled.tables.actRule[act]!]!)
  }
}
