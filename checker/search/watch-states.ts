import type { Compiled } from '../compile/index.ts'
import type { Invariant, Reachable } from '../property.ts'
import { askedOf, type Scope, scopeOf, viewOf } from '../scope.ts'
import { chooseVisited, makeVisited, type Visited } from '../visited/visited.ts'
import { hubClasses, sliceClasses, union } from './classes.ts'
import type { Entry } from './record.ts'

interface Watched {
  readonly entry: Entry
  readonly property: Invariant | Reachable
  readonly scope: Scope
}

/** A property over whole worlds: its classes of slices and hubs, and the class combinations already looked at. */
interface Whole extends Watched {
  readonly classOf: Int32Array
  readonly hubClass: Int32Array
  readonly weights: readonly number[]
  readonly seen: Visited
}

/** Evaluates invariants and reachable properties once per distinct local input that a search meets. */
export class StateWatch {
  readonly #compiled: Compiled
  readonly #ofGroup: Watched[] = []
  readonly #ofShared: Watched[] = []
  readonly #ofPair: Watched[] = []
  readonly #whole: Whole[] = []
  readonly #sliceSeen: Uint8Array
  readonly #hubSeen: Uint8Array
  readonly #pairs: {
    readonly classOf: Int32Array
    readonly hubClass: Int32Array
    readonly width: number
    readonly seen: Uint8Array
  }
  readonly #candidates = new Float64Array(1)
  readonly #fresh = new Float64Array(1)

  constructor(compiled: Compiled, entries: readonly Entry[]) {
    this.#compiled = compiled
    for (const entry of entries) {
      const { property } = entry
      const scope = scopeOf(compiled.system, property)
      if (property.kind !== 'invariant' && property.kind !== 'reachable') continue
      const watched = { entry, property, scope }
      if (scope.of === 'group') this.#ofGroup.push(watched)
      else if (scope.of === 'shared') this.#ofShared.push(watched)
      else if (scope.of === 'group and shared') this.#ofPair.push(watched)
      else this.#whole.push(this.#wholeOf(watched))
    }
    const { tables } = compiled
    this.#sliceSeen = new Uint8Array(this.#ofGroup.length > 0 ? tables.slices : 0)
    this.#hubSeen = new Uint8Array(tables.hubs)
    const classes = sliceClasses(compiled, union(this.#ofPair.map(({ scope }) => scope.groupParts)))
    const hubs = hubClasses(compiled, union(this.#ofPair.map(({ scope }) => scope.sharedParts)))
    const size = this.#ofPair.length > 0 ? classes.count * hubs.count : 0
    this.#pairs = { classOf: classes.classOf, hubClass: hubs.classOf, width: hubs.count, seen: new Uint8Array(size) }
  }

  /** Looks at a block of states, all of one level. */
  inspect(states: Float64Array, digits: Int32Array, count: number, level: number): void {
    const groups = this.#compiled.codec.groups
    const sliceSeen = this.#sliceSeen
    const hubSeen = this.#hubSeen
    const { classOf, hubClass, width, seen } = this.#pairs
    const asksGroups = sliceSeen.length > 0
    const asksPairs = seen.length > 0
    let at = 0
    for (let i = 0; i < count; i++) {
      const hub = digits[at + groups]!
      if (hubSeen[hub] === 0) {
        hubSeen[hub] = 1
        for (const watched of this.#ofShared) this.#evaluate(watched, states[i]!, level, -1)
      }
      if (asksGroups) {
        for (let g = 0; g < groups; g++) {
          const slice = digits[at + g]!
          if (sliceSeen[slice] === 0) {
            sliceSeen[slice] = 1
            for (const watched of this.#ofGroup) this.#evaluate(watched, states[i]!, level, g)
          }
        }
      }
      if (asksPairs) {
        const hubPart = hubClass[hub]!
        for (let g = 0; g < groups; g++) {
          const pair = classOf[digits[at + g]!]! * width + hubPart
          if (seen[pair] === 0) {
            seen[pair] = 1
            for (const watched of this.#ofPair) this.#evaluate(watched, states[i]!, level, g)
          }
        }
      }
      at += groups + 1
    }
    for (const whole of this.#whole) this.#inspectWhole(whole, states, digits, count, level)
  }

  #inspectWhole(whole: Whole, states: Float64Array, digits: Int32Array, count: number, level: number): void {
    const groups = this.#compiled.codec.groups
    const { classOf, hubClass, weights, seen, scope } = whole
    for (let i = 0; i < count; i++) {
      const at = i * (groups + 1)
      let index = hubClass[digits[at + groups]!]!
      for (let k = 0; k < weights.length; k++) index += classOf[digits[at + scope.groups[k]!]!]! * weights[k]!
      this.#candidates[0] = index
      if (seen.addAll(this.#candidates, 1, this.#fresh) === 1) this.#evaluate(whole, states[i]!, level, -1)
    }
  }

  #evaluate({ entry, property, scope }: Watched, state: number, level: number, group: number): void {
    if (entry.hit !== undefined || !askedOf(scope).includes(group)) return
    const world = this.#compiled.codec.decode(state)
    const view = viewOf(
      scope,
      group,
      (g) => world.groups[g]!,
      () => world.shared,
    )
    if (property.kind === 'reachable') {
      if (property.when(view)) entry.hit = { level, from: state, group }
      return
    }
    if (property.given !== undefined && !property.given(view)) return
    entry.exercised = true
    if (!property.then(view)) entry.hit = { level, from: state, group }
  }

  #wholeOf(watched: Watched): Whole {
    const { scope } = watched
    const classes = sliceClasses(this.#compiled, scope.groupParts)
    const hubs = hubClasses(this.#compiled, scope.sharedParts)
    let size = hubs.count
    const weights = scope.groups.map(() => {
      size *= classes.count
      return size / classes.count
    })
    const seen = makeVisited(chooseVisited(size, 2 ** 28), size)
    return { ...watched, classOf: classes.classOf, hubClass: hubs.classOf, weights, seen }
  }
}
