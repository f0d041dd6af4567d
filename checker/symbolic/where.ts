import type { Compiled } from '../compile/index.ts'
import type { Invariant, LeadsTo, Reachable } from '../property.ts'
import type { Scope } from '../scope.ts'
import { type Classes, hubClasses, sliceClasses } from '../search/classes.ts'
import { WorldQuestion } from '../search/question.ts'
import { type Diagrams, EMPTY, END } from './diagrams.ts'
import type { Reached } from './reach.ts'
import { isEmpty, type Sets } from './sets.ts'

/** Combinations of what a property of all groups reads, beside one hub, beyond which it is given up. */
export const MANY = 2_000_000
/** Combinations beside each hub that are tried at first where one is enough. */
const FEW = 1000

/** Finds the worlds of which a property says something. */
export class Where {
  readonly #reached: Reached
  readonly #groups: number
  readonly #scope: Scope
  readonly #group: number
  readonly #question: WorldQuestion
  readonly #slices: Classes
  readonly #hubs: Classes
  /** A slice of each class + 1; class 0 stands for groups that are not asked. */
  readonly #example: Int32Array
  readonly #classOf: Int32Array
  readonly #id: number
  /** The combinations with an answer, by class of the hub, combinations that occur and answer. */
  readonly #known = new Map<string, number>()

  /** `group`: the one it is about; -1 for the world as a whole. */
  constructor(
    compiled: Compiled,
    reached: Reached,
    property: Invariant | Reachable | LeadsTo,
    scope: Scope,
    group: number,
  ) {
    this.#reached = reached
    this.#groups = compiled.codec.groups
    this.#scope = scope
    this.#group = group
    this.#question = new WorldQuestion(compiled, property, scope)
    this.#slices = sliceClasses(compiled, scope.groupParts, scope.groups)
    this.#hubs = hubClasses(compiled, scope.sharedParts)
    this.#classOf = this.#slices.classOf.map((of) => of + 1)
    this.#example = new Int32Array(this.#slices.count + 1)
    this.#slices.classOf.forEach((of, slice) => {
      this.#example[of + 1] = slice
    })
    this.#id = reached.images.newId()
  }

  /** The worlds of the sets with a wanted answer (see `GIVEN`, `HIT`). `undefined`: too many combinations to ask. */
  find(sets: Sets, isWanted: (answer: number) => boolean): Sets | undefined {
    const found = new Int32Array(sets.length)
    for (let hub = 0; hub < sets.length; hub++) {
      if (sets[hub] === EMPTY) continue
      const here = this.#find(sets[hub]!, hub, isWanted)
      if (here === undefined) return undefined
      found[hub] = here
    }
    return found
  }

  /** Whether some world of the sets has a wanted answer. `undefined`: none was found among as many combinations as are asked. */
  isSomewhere(sets: Sets, isWanted: (answer: number) => boolean): boolean | undefined {
    if (this.#scope.of !== 'every group') return !isEmpty(this.find(sets, isWanted)!)
    for (const many of [FEW, MANY]) {
      const found = Array.from(sets, (set, hub) => this.#isAmong(set, hub, isWanted, many))
      if (found.includes(true)) return true
      if (!found.includes(undefined)) return false
    }
    return undefined
  }

  #isAmong(set: number, hub: number, isWanted: (answer: number) => boolean, many: number): boolean | undefined {
    const { images, diagrams } = this.#reached
    let asked = 0
    for (const classes of diagrams.tuples(images.map(this.#classOf, this.#id, set))) {
      if (isWanted(this.#askOf(classes, hub))) return true
      if (++asked === many) return undefined
    }
    return false
  }

  #find(set: number, hub: number, isWanted: (answer: number) => boolean): number | undefined {
    const { images } = this.#reached
    if (this.#scope.of === 'every group') return this.#findAmong(set, hub, isWanted)
    if (this.#scope.of === 'shared') return isWanted(this.#question.ask(0, hub)) ? set : EMPTY
    const keep = (slice: number, level: number): boolean =>
      level !== this.#group || isWanted(this.#question.ask(slice, hub))
    return images.restrict(keep, images.newId(), set)
  }

  #findAmong(set: number, hub: number, isWanted: (answer: number) => boolean): number | undefined {
    const { images, diagrams } = this.#reached
    const all = images.map(this.#classOf, this.#id, set)
    const key = `${this.#hubs.classOf[hub]} ${all} ${[0, 1, 2, 3].map(isWanted)}`
    let wanted = this.#known.get(key)
    if (wanted === undefined) {
      if (diagrams.count(all) > MANY) return undefined
      wanted = choose(diagrams, all, this.#groups, (classes) => isWanted(this.#askOf(classes, hub)))
      this.#known.set(key, wanted)
    }
    return images.mapBack(this.#classOf, this.#id, wanted, set)
  }

  #askOf(classes: readonly number[], hub: number): number {
    const digits = Int32Array.of(...classes.map((of) => this.#example[of]!), hub)
    return this.#question.askAll(this.#scope.groups, digits, 0, hub)
  }
}

/** The tuples of the set for which `isWanted` says so; asked of each. */
export function choose(
  diagrams: Diagrams,
  set: number,
  width: number,
  isWanted: (tuple: readonly number[]) => boolean,
): number {
  const follow = (node: number, before: readonly number[]): number => {
    if (before.length === width) return isWanted(before) ? END : EMPTY
    const entries = diagrams.entries(node)
    const below: number[] = []
    for (let i = 0; i < entries.length; i += 2) below.push(follow(entries[i + 1]!, [...before, entries[i]!]))
    diagrams.begin()
    below.forEach((child, i) => {
      diagrams.push(entries[2 * i]!, child)
    })
    return diagrams.finish()
  }
  return set === EMPTY ? EMPTY : follow(set, [])
}
