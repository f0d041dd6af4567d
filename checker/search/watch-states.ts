import type { Compiled } from '../compile/index.ts'
import type { Invariant, Reachable } from '../property.ts'
import { askedOf, type Scope, scopeOf, viewOf } from '../scope.ts'
import { type Classes, hubClasses, sliceClasses, union } from './classes.ts'
import type { Entry } from './record.ts'
import { WholeWatch } from './watch-whole.ts'

interface Watched {
  readonly entry: Entry
  readonly property: Invariant | Reachable
  readonly scope: Scope
}

/** Evaluates invariants and reachable properties once per distinct local input that a search meets. */
export class StateWatch {
  /** The level of the states being looked at; set by the search. */
  level = 0
  readonly #compiled: Compiled
  readonly #ofGroup: Watched[] = []
  readonly #ofShared: Watched[] = []
  readonly #ofPair: Watched[] = []
  readonly #whole: WholeWatch[] = []
  readonly #sliceSeen: Uint8Array
  readonly #hubSeen: Uint8Array
  readonly #slices: Classes
  readonly #hubs: Classes
  readonly #pairsSeen = new Set<number>()

  constructor(compiled: Compiled, entries: readonly Entry[]) {
    this.#compiled = compiled
    for (const entry of entries) {
      const { property } = entry
      if (property.kind !== 'invariant' && property.kind !== 'reachable') continue
      const scope = scopeOf(compiled.system, property)
      const watched = { entry, property, scope }
      if (scope.of === 'group') this.#ofGroup.push(watched)
      else if (scope.of === 'shared') this.#ofShared.push(watched)
      else if (scope.of === 'group and shared') this.#ofPair.push(watched)
      else this.#whole.push(new WholeWatch(compiled, scope, (state) => this.#evaluate(watched, state, -1)))
    }
    this.#sliceSeen = new Uint8Array(compiled.tables.slices)
    this.#hubSeen = new Uint8Array(compiled.tables.hubs)
    this.#slices = sliceClasses(compiled, union(this.#ofPair.map(({ scope }) => scope.groupParts)))
    this.#hubs = hubClasses(compiled, union(this.#ofPair.map(({ scope }) => scope.sharedParts)))
  }

  /** A group's slice is met beside a hub; `group` -1: only the hub is meant. Cheap when all of it is known. */
  look(group: number, slice: number, hub: number, state: number): void {
    if (this.#hubSeen[hub] === 0) {
      this.#hubSeen[hub] = 1
      for (const watched of this.#ofShared) this.#evaluate(watched, state, -1)
    }
    if (group < 0) return
    if (this.#sliceSeen[slice] === 0) {
      this.#sliceSeen[slice] = 1
      for (const watched of this.#ofGroup) this.#evaluate(watched, state, group)
    }
    if (this.#ofPair.length === 0) return
    const pair = this.#slices.classOf[slice]! * this.#hubs.count + this.#hubs.classOf[hub]!
    if (this.#pairsSeen.has(pair)) return
    this.#pairsSeen.add(pair)
    for (const watched of this.#ofPair) this.#evaluate(watched, state, group)
  }

  /** Looks at whole worlds, for the properties that read every group. */
  inspectWhole(states: Float64Array, digits: Int32Array, count: number): void {
    for (const whole of this.#whole) whole.inspect(states, digits, count)
  }

  /** Looks at everything in a block of states: for states that are not expanded. */
  inspectAll(states: Float64Array, digits: Int32Array, count: number): void {
    const { groups } = this.#compiled.codec
    for (let i = 0; i < count; i++) {
      const at = i * (groups + 1)
      for (let g = -1; g < groups; g++) this.look(g, g < 0 ? 0 : digits[at + g]!, digits[at + groups]!, states[i]!)
    }
  }

  #evaluate({ entry, property, scope }: Watched, state: number, group: number): void {
    if (entry.hit !== undefined || !askedOf(scope).includes(group)) return
    const world = this.#compiled.codec.decode(state)
    const view = viewOf(
      scope,
      group,
      (g) => world.groups[g]!,
      () => world.shared,
    )
    if (property.kind === 'reachable') {
      if (property.when(view)) entry.hit = { level: this.level, from: state, group }
      return
    }
    if (property.given !== undefined && !property.given(view)) return
    entry.exercised = true
    if (!property.then(view)) entry.hit = { level: this.level, from: state, group }
  }
}
