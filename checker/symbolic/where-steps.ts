import type { Compiled } from '../compile/index.ts'
import { TupleInterner } from '../compile/tuples.ts'
import type { Happens, StepProperty } from '../property.ts'
import type { Scope } from '../scope.ts'
import { sliceClasses } from '../search/classes.ts'
import { StepQuestion } from '../search/question.ts'
import { Rows } from '../search/rows.ts'
import { EMPTY } from './diagrams.ts'
import type { Reached } from './reach.ts'
import type { Sets } from './sets.ts'
import { choose, MANY } from './where.ts'

/** Steps of one group that are alike for a property: the slices they are taken from, and one of them. */
interface Alike {
  readonly slices: Set<number>
  readonly slice: number
  readonly target: number
  readonly nextHub: number
  readonly act: number
}

/** Finds the worlds with a step of which a property of all groups at once says something. */
export class WhereSteps {
  readonly #compiled: Compiled
  readonly #reached: Reached
  readonly #scope: Scope
  readonly #question: StepQuestion
  readonly #rows: Rows
  readonly #classOf: Int32Array
  readonly #example: readonly number[]
  readonly #id: number
  /** Combinations asked so far. */
  #asked = 0n

  constructor(compiled: Compiled, reached: Reached, property: StepProperty | Happens, scope: Scope) {
    this.#compiled = compiled
    this.#reached = reached
    this.#scope = scope
    this.#question = new StepQuestion(compiled, property, scope)
    this.#rows = new Rows(compiled, { onRow: () => {}, onStep: () => {} })
    const { classOf } = sliceClasses(compiled, scope.groupParts, scope.groups)
    this.#classOf = classOf.map((of) => of + 1)
    const example: number[] = []
    this.#classOf.forEach((of, slice) => {
      example[of] = slice
    })
    this.#example = example
    this.#id = reached.images.newId()
  }

  /** The worlds of the sets with a step that has a wanted answer. `undefined`: too many combinations to ask. */
  find(sets: Sets, isWanted: (answer: number) => boolean): Sets | undefined {
    const { diagrams } = this.#reached
    const { codec, tables } = this.#compiled
    const found = new Int32Array(sets.length)
    this.#asked = 0n
    for (let hub = 0; hub < sets.length; hub++) {
      const set = sets[hub]!
      if (set === EMPTY) continue
      const add = (some: number): void => {
        found[hub] = diagrams.union(found[hub]!, some)
      }
      const slices: number[][] = Array.from({ length: codec.groups }, () => [])
      diagrams.support(set, (group, slice) => slices[group]!.push(slice))
      for (let group = 0; group <= codec.groups; group++) {
        for (const alike of this.#alike(group, slices[group] ?? [0], hub)) {
          const some = this.#ofGroup(set, group, hub, alike, isWanted)
          if (some === undefined) return undefined
          add(some)
        }
      }
      for (let rule = 0; rule < tables.togetherHub.length; rule++) {
        if (tables.togetherHub[rule]![hub]! < 0) continue
        const some = this.#ofAll(set, rule, hub, isWanted)
        if (some === undefined) return undefined
        add(some)
      }
    }
    return found
  }

  /** The steps of a group from these slices; a group after the last stands for the shared parts alone. */
  #alike(group: number, slices: readonly number[], hub: number): Iterable<Alike> {
    const { stepAct } = this.#compiled.tables
    const { groups } = this.#compiled.codec
    const rows = this.#rows
    const keys = new TupleInterner(4)
    const found: Alike[] = []
    for (const slice of slices) {
      const row = rows.at(group, slice, hub)
      for (let k = rows.first[row]!; k < rows.first[row + 1]!; k++) {
        const [target, nextHub, act] = [rows.targets[k]!, rows.hubs[k]!, stepAct[rows.steps[k]!]!]
        const [from, to] = group === groups ? [0, 0] : [this.#classOf[slice]!, this.#classOf[target]!]
        const at = keys.intern(Int32Array.of(from, to, nextHub, act))
        found[at] ??= { slices: new Set(), slice, target, nextHub, act }
        found[at].slices.add(slice)
      }
    }
    return found
  }

  #ofGroup(
    set: number,
    group: number,
    hub: number,
    { slices, slice, target, nextHub, act }: Alike,
    isWanted: (answer: number) => boolean,
  ): number | undefined {
    const { diagrams, images } = this.#reached
    const here = images.restrict((other, level) => level !== group || slices.has(other), images.newId(), set)
    const combinations = images.map(this.#classOf, this.#id, here)
    if (this.#areTooMany(combinations)) return undefined
    const wanted = choose(diagrams, combinations, this.#compiled.codec.groups, (classes) => {
      const before = classes.map((of, level) => (level === group ? slice : this.#example[of]!))
      const after = before.map((digit, level) => (level === group ? target : digit))
      return isWanted(this.#ask([...before, hub], [...after, nextHub], act))
    })
    return images.mapBack(this.#classOf, this.#id, wanted, here)
  }

  #ofAll(set: number, rule: number, hub: number, isWanted: (answer: number) => boolean): number | undefined {
    const { diagrams, images } = this.#reached
    const { togetherSlice, togetherHub, togetherAct } = this.#compiled.tables
    const next = togetherSlice[rule]!
    const pairs = new TupleInterner(2)
    const example: number[] = []
    const pairOf = next.map((to, slice) => {
      if (to < 0) return -1
      const pair = pairs.intern(Int32Array.of(this.#classOf[slice]!, this.#classOf[to]!))
      example[pair] = slice
      return pair
    })
    const id = images.newId()
    const combinations = images.map(pairOf, id, set)
    if (this.#areTooMany(combinations)) return undefined
    const wanted = choose(diagrams, combinations, this.#compiled.codec.groups, (chosen) => {
      const before = chosen.map((pair) => example[pair]!)
      const after = before.map((slice) => next[slice]!)
      return isWanted(this.#ask([...before, hub], [...after, togetherHub[rule]![hub]!], togetherAct[rule]!))
    })
    return images.mapBack(pairOf, id, wanted, set)
  }

  #areTooMany(combinations: number): boolean {
    this.#asked += this.#reached.diagrams.count(combinations)
    return this.#asked > MANY
  }

  #ask(before: readonly number[], after: readonly number[], act: number): number {
    return this.#question.askAll(this.#scope.groups, Int32Array.from([...before, ...after]), act)
  }
}
