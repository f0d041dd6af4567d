import type { Compiled } from '../compile/index.ts'
import { PairMap } from '../compile/pair-map.ts'
import { type Scope, scopeOf } from '../scope.ts'
import { type Classes, hubClasses, sliceClasses } from './classes.ts'
import { GIVEN, HIT, WorldQuestion } from './question.ts'
import type { Entry } from './record.ts'
import { bySameReads } from './same-reads.ts'
import type { Space } from './space.ts'
import { WholeWatch } from './watch-whole.ts'

interface Watched {
  readonly entry: Entry
  readonly scope: Scope
  readonly question: WorldQuestion
}

/** Properties that read the same: looked at once per class of what they read. */
interface Watcher {
  readonly all: readonly Watched[]
  readonly slices: Classes
  readonly hubs: Classes
  readonly seen: PairMap
}

/** Evaluates invariants and reachable properties once per distinct local input that a search meets. */
export class StateWatch {
  /** The level of the states being looked at; set by the search. */
  level = 0
  /** Where the step came from that led to what is looked at, if a constraint cuts it off. */
  #from: number | undefined
  readonly #groups: number
  readonly #ofGroup: readonly Watcher[]
  readonly #ofShared: readonly Watched[]
  readonly #ofPair: readonly Watcher[]
  readonly #whole: readonly WholeWatch[]
  /** Properties of all groups at once: what they are asked of, and how to show them one world. */
  readonly wholes: readonly { readonly entry: Entry; readonly scope: Scope; show(digits: Int32Array): void }[]
  readonly #sliceSeen: Uint8Array
  readonly #hubSeen: Uint8Array

  constructor(compiled: Compiled, entries: readonly Entry[]) {
    this.#groups = compiled.codec.groups
    const watched = entries.flatMap((entry): Watched[] => {
      const { property } = entry
      if (property.kind !== 'invariant' && property.kind !== 'reachable') return []
      const scope = scopeOf(compiled.system, property)
      return [{ entry, scope, question: new WorldQuestion(compiled, property, scope) }]
    })
    const watchers = (of: Scope['of']): Watcher[] =>
      bySameReads(watched.filter(({ scope }) => scope.of === of)).map((all) => ({
        all,
        slices: sliceClasses(compiled, all[0]!.scope.groupParts, all[0]!.scope.groups),
        hubs: hubClasses(compiled, all[0]!.scope.sharedParts),
        seen: new PairMap(),
      }))
    this.#ofGroup = watchers('group')
    this.#ofPair = watchers('group and shared')
    this.#ofShared = watched.filter(({ scope }) => scope.of === 'shared')
    const wholes = watched.filter(({ scope }) => scope.of === 'every group')
    const show = (one: Watched, state: number, digits: Int32Array, at: number): void => {
      const answer = one.question.askAll(one.scope.groups, digits, at, digits[at + this.#groups]!)
      this.#note(one, answer, state, -1, digits.slice(at, at + this.#groups + 1))
    }
    this.#whole = wholes.map(
      (one) => new WholeWatch(compiled, one.scope, (state, digits, at) => show(one, state, digits, at)),
    )
    this.wholes = wholes.map((one) => ({
      entry: one.entry,
      scope: one.scope,
      show: (digits) => show(one, Number.NaN, digits, 0),
    }))
    this.#sliceSeen = new Uint8Array(compiled.tables.slices)
    this.#hubSeen = new Uint8Array(compiled.tables.hubs)
  }

  /** A group's slice is met beside a hub; `group` -1: only the hub is meant. Cheap when all of it is known. */
  look(group: number, slice: number, hub: number, state: number): void {
    if (this.#hubSeen[hub] === 0) {
      this.#hubSeen[hub] = 1
      for (const one of this.#ofShared) this.#note(one, one.question.ask(0, hub), state, -1)
    }
    if (group < 0) return
    if (this.#sliceSeen[slice] === 0) {
      this.#sliceSeen[slice] = 1
      for (const watcher of this.#ofGroup) this.#lookWith(watcher, group, slice, hub, state)
    }
    for (const watcher of this.#ofPair) this.#lookWith(watcher, group, slice, hub, state)
  }

  /** Looks at whole worlds, for the properties that read every group. */
  inspectWhole(states: Float64Array, digits: Int32Array, count: number, space: Space): void {
    for (const whole of this.#whole) whole.inspect(states, digits, count, space)
  }

  /** Looks at everything in a block of states: for states that are not expanded. */
  inspectAll(states: Float64Array, digits: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const at = i * (this.#groups + 1)
      const hub = digits[at + this.#groups]!
      for (let g = -1; g < this.#groups; g++) this.look(g, g < 0 ? 0 : digits[at + g]!, hub, states[i]!)
    }
  }

  /** Looks at a world that a constraint cuts off, one step beyond `from`. */
  inspectCut(from: number, to: number, digits: Int32Array, space: Space): void {
    this.#from = from
    const states = Float64Array.of(to)
    space.digits(states, 1, digits)
    this.inspectWhole(states, digits, 1, space)
    this.inspectAll(states, digits, 1)
    this.#from = undefined
  }

  #lookWith({ all, slices, hubs, seen }: Watcher, group: number, slice: number, hub: number, state: number): void {
    const of = slices.classOf[slice]!
    if (of < 0) return
    const known = seen.size
    if (seen.number(of, hubs.classOf[hub]!) < known) return
    for (const one of all) if (one.entry.hit === undefined) this.#note(one, one.question.ask(slice, hub), state, group)
  }

  #note({ entry }: Watched, answer: number, state: number, group: number, world?: Int32Array): void {
    if ((answer & GIVEN) !== 0) entry.exercised = true
    if ((answer & HIT) === 0) return
    const where = this.#from === undefined ? { from: state } : { from: this.#from, to: state }
    entry.hit ??= { level: this.level, ...where, group, ...(world && { world: [...world] }) }
  }
}
