import type { Compiled } from '../compile/index.ts'
import { EMPTY } from './diagrams.ts'
import type { Reached } from './reach.ts'
import { EVERY_STEP, type Only, possible, type Relation } from './relations.ts'
import { both, isEmpty, minus, type Sets, union } from './sets.ts'

/** One way on beside a hub: a group changes its slice, all change at once, or the shared parts change alone. */
export type Way =
  | { readonly to: number; readonly of: 'group'; readonly group: number; readonly relation: Relation }
  | { readonly to: number; readonly of: 'all'; readonly rule: Together; readonly isStill: boolean }
  | { readonly to: number; readonly of: 'shared' }

/** What a synchronous rule makes of each slice, and numbers for the operations on it (see `Images.newId`). */
interface Together {
  readonly rule: number
  readonly next: Int32Array
  readonly map: number
  readonly taking: number
  readonly still: number
}

/** Everything that can happen, or only some of it, on whole sets. */
export class Ways {
  readonly #compiled: Compiled
  readonly #reached: Reached
  readonly #only: Only
  readonly #from: (readonly Way[] | undefined)[] = []
  readonly #together: readonly Together[]

  constructor(compiled: Compiled, reached: Reached, only = EVERY_STEP) {
    this.#compiled = compiled
    this.#reached = reached
    this.#only = only
    const { rules, slices } = only
    this.#together = compiled.tables.togetherSlice.flatMap((next, rule) => {
      if (rules?.[compiled.system.rules.length + rule] === 0) return []
      const allowed = slices === undefined ? next : next.map((to, slice) => (slices[to] === slices[slice] ? to : -1))
      const id = (): number => reached.images.newId()
      return [{ rule, next: allowed, map: id(), taking: id(), still: id() }]
    })
  }

  /** The ways on from a hub. Those of `all` may also change nothing. */
  from(hub: number): readonly Way[] {
    const known = this.#from[hub]
    if (known !== undefined) return known
    const { closed, tables } = this.#compiled
    const { rules, hubs } = this.#only
    const mayGo = (to: number): boolean => to >= 0 && (hubs === undefined || hubs[to] === hubs[hub])
    const ways: Way[] = closed.kindOfGroup.flatMap((_, group) =>
      this.#reached.relations
        .movesOf(group, hub, this.#only)
        .map(({ hub: to, relation }): Way => ({ of: 'group', to, group, relation })),
    )
    for (const rule of this.#together) {
      const to = tables.togetherHub[rule.rule]![hub]!
      if (mayGo(to)) ways.push({ of: 'all', to, rule, isStill: to === hub })
    }
    for (let step = tables.hubLocalStart[hub]!; step < tables.hubLocalStart[hub + 1]!; step++) {
      const to = possible(tables.stepTarget[step]!)
      const counts = rules === undefined || rules[tables.actRule[tables.stepAct[step]!]!] !== 0
      if (counts && to !== hub && mayGo(to)) ways.push({ of: 'shared', to })
    }
    this.#from[hub] = ways
    return ways
  }

  /** What the worlds of a set, all beside one hub, become. */
  image(way: Way, set: number): number {
    const { images } = this.#reached
    if (way.of === 'group') return images.step(way.relation, way.group, set)
    return way.of === 'all' ? images.map(way.rule.next, way.rule.map, set) : set
  }

  /** Those of `within` that change and become worlds of the set. */
  preimage(way: Way, set: number, within: number): number {
    const { images, diagrams } = this.#reached
    if (way.of === 'group') return images.back(way.relation, way.group, set, within)
    if (way.of === 'shared') return diagrams.both(set, within)
    const { rule, isStill } = way
    const from = images.mapBack(rule.next, rule.map, set, within)
    return isStill ? diagrams.minus(from, this.#still(rule, from)) : from
  }

  /** All that the sets become in one step. */
  post(sets: Sets): Sets {
    const { diagrams } = this.#reached
    const result = new Int32Array(sets.length)
    sets.forEach((set, hub) => {
      if (set === EMPTY) return
      for (const way of this.from(hub)) result[way.to] = diagrams.union(result[way.to]!, this.image(way, set))
    })
    return result
  }

  /** Those of `within` that get into the sets by one step; `group`: by a step of this group, -1 of any or none. */
  pre(sets: Sets, within: Sets, group = -1): Sets {
    return this.#unite(within, group, (way, worlds) => this.preimage(way, sets[way.to]!, worlds))
  }

  /** Those of `within` that get into the sets sooner or later, all the way inside. */
  into(sets: Sets, within: Sets): Sets {
    const { diagrams } = this.#reached
    let found = both(diagrams, sets, within)
    for (let last = found; !isEmpty(last); ) {
      last = minus(diagrams, this.pre(last, within), found)
      found = union(diagrams, found, last)
    }
    return found
  }

  /** Those of `within` that some step changes; `group` as in `pre`. */
  movable(within: Sets, group = -1): Sets {
    return this.#unite(within, group, (way, worlds) => this.#moved(way, worlds))
  }

  #unite(within: Sets, group: number, of: (way: Way, worlds: number) => number): Sets {
    const { diagrams } = this.#reached
    return within.map((worlds, hub) => {
      if (worlds === EMPTY) return EMPTY
      let found = EMPTY
      for (const way of this.from(hub)) {
        if (group < 0 || (way.of === 'group' && way.group === group)) found = diagrams.union(found, of(way, worlds))
      }
      return found
    })
  }

  /** Those of the set that this way changes. */
  #moved(way: Way, set: number): number {
    const { diagrams, images } = this.#reached
    if (way.of === 'shared') return set
    if (way.of === 'all') {
      const { rule, isStill } = way
      const taking = images.restrict((slice) => rule.next[slice]! >= 0, rule.taking, set)
      return isStill ? diagrams.minus(taking, this.#still(rule, taking)) : taking
    }
    const { relation, group } = way
    return images.restrict((slice, level) => level !== group || relation.row(slice).length > 0, images.newId(), set)
  }

  /** Those of the set that a synchronous rule leaves as they are. */
  #still({ next, still }: Together, set: number): number {
    return this.#reached.images.restrict((slice) => next[slice] === slice, still, set)
  }
}
