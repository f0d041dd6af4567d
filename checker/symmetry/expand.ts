import type { Compiled } from '../compile/index.ts'
import { UNNAMED, type Visit, type Watch } from '../search/expand.ts'
import { Rows } from '../search/rows.ts'
import type { Successors } from '../search/space.ts'
import type { Orbits } from './orbits.ts'

/**
 * Successors of orbits. Alike groups in the same slice do the same, so each distinct slice is expanded once; what a step
 * changes is one digit of a multiset, put where it belongs among the others.
 */
export class OrbitExpander implements Successors {
  readonly rows: Rows
  /** Positions in the block of orbits whose worlds no step leads away from. */
  readonly stuck: number[] = []
  /** The last block's successors, and where those of each orbit end. */
  out = new Float64Array(1 << 14)
  readonly ends: Int32Array
  /** Steps of all the worlds that the last block stands for, and how many worlds these are. */
  steps = 0
  worlds = 0
  /** Some step led from a world to another of the same orbit. */
  renames = false
  readonly #compiled: Compiled
  readonly #orbits: Orbits
  readonly #watch: Watch
  readonly #hubRules: boolean
  /** The digits of the orbit being expanded, and those of a successor, class by class. */
  readonly #own: Int32Array
  readonly #next: Int32Array
  /** Digits of a class without the one that steps, and the rank of these by where the new one goes. */
  readonly #rest: Int32Array
  readonly #bases: Float64Array

  constructor(compiled: Compiled, orbits: Orbits, block: number, watch: Watch) {
    this.#compiled = compiled
    this.#orbits = orbits
    this.#watch = watch
    this.ends = new Int32Array(block)
    this.#hubRules = compiled.system.rules.some((rule) => rule.kinds === undefined)
    this.#own = new Int32Array(orbits.groups + 1)
    this.#next = new Int32Array(orbits.groups + 1)
    this.#rest = new Int32Array(orbits.groups)
    this.#bases = new Float64Array(orbits.groups + 1)
    this.rows = new Rows(compiled, watch, {
      reach: (_state, _group, slice, _hub, next, nextHub) => this.#reach(slice, next, nextHub),
      decode: (index) => orbits.decode(index),
    })
  }

  /**
   * Fills `out` with the successors of `count` orbits (with their digits); says how many.
   * @throws CheckerFault IMPOSSIBLE_MET
   */
  expand(indices: Float64Array, digits: Int32Array, count: number): number {
    const { stuck, ends } = this
    const { groups, classes } = this.#orbits
    const { togetherHub } = this.#compiled.tables
    stuck.length = 0
    this.steps = 0
    this.worlds = 0
    let written = 0
    for (let i = 0, at = 0; i < count; i++, at += groups + 1) {
      const index = indices[i]!
      const first = written
      const worlds = this.#orbits.weight(digits, at)
      this.worlds += worlds
      this.#take(digits, at)
      for (let c = 0; c < classes.length; c++) written = this.#expandClass(c, index, written, worlds)
      if (this.#hubRules) written = this.#expandHub(index, written, worlds)
      let isStuck = true
      for (let w = first; isStuck && w < written; w++) isStuck = this.out[w] === index
      for (let rule = 0; rule < togetherHub.length; rule++) {
        if (!this.#together(rule)) continue
        for (let k = 0; isStuck && k <= groups; k++) isStuck = this.#next[k] === this.#own[k]
        this.#room(written + 1)
        const to = this.#orbits.encode(this.#next)
        this.out[written++] = to
        this.steps += worlds
        this.#watch.onTogether(rule, digits, at, index, to)
      }
      if (isStuck) stuck.push(i)
      ends[i] = written
    }
    return written
  }

  /**
   * Every step of one world of each orbit. Steps of groups that are alike to others are unattributed; a step of all
   * parts that only renames groups is not seen in the orbits, and noted in `renames`.
   */
  eachStep(indices: Float64Array, digits: Int32Array, count: number, visit: Visit): void {
    const { rows } = this
    const { groups, classes, columns } = this.#orbits
    const { togetherHub, slices } = this.#compiled.tables
    let at = 0
    let index = 0
    this.expand(indices, digits, count)
    const visitRow = (row: number, group: number, position: number): void => {
      for (let k = rows.first[row]!; k < rows.first[row + 1]!; k++) {
        visit(rows.steps[k]!, group, index, this.out[at++]!, position)
      }
    }
    for (let i = 0; i < count; i++) {
      index = indices[i]!
      this.#take(digits, i * columns)
      const hub = this.#own[groups]!
      for (const { kind, members, first, size } of classes) {
        const row = this.#compiled.closed.kinds[kind]!.groups[0]! * slices
        for (let place = 0; place < size; place++) {
          const slice = this.#own[first + place]!
          if (place > 0 && this.#own[first + place - 1] === slice) continue
          visitRow(rows.pages[rows.pageOf[row + slice]! + hub]!, size === 1 ? members[0]! : UNNAMED, i)
        }
      }
      if (this.#hubRules) visitRow(rows.pages[rows.pageOf[groups * slices]! + hub]!, -1, i)
      for (let rule = 0; rule < togetherHub.length; rule++) {
        if (!this.#together(rule)) continue
        const to = this.out[at++]!
        this.renames ||= to === index && this.#next.some((digit, k) => digit !== this.#own[k])
        visit(-1 - rule, -1, index, to, i)
      }
    }
  }

  /** Makes the digits at `at` those of the orbit being expanded. */
  #take(digits: Int32Array, at: number): void {
    const { order } = this.#orbits
    for (let k = 0; k < order.length; k++) this.#own[k] = digits[at + order[k]!]!
  }

  #expandClass(c: number, index: number, from: number, worlds: number): number {
    const { rows } = this
    const own = this.#own
    const rest = this.#rest
    const bases = this.#bases
    const { groups } = this.#orbits
    const { slices } = this.#compiled.tables
    const { kind, first, size, offset, weight, ranks } = this.#orbits.classes[c]!
    const member = this.#compiled.closed.kinds[kind]!.groups[0]!
    const hub = own[groups]!
    let rank = 0
    for (let place = 0; place < size; place++) rank += ranks[place]![own[first + place]! - offset]!
    const others = index - hub - rank * weight
    let written = from
    for (let place = 0; place < size; place++) {
      const slice = own[first + place]!
      if (place > 0 && own[first + place - 1] === slice) continue
      let alike = 1
      while (place + alike < size && own[first + place + alike] === slice) alike++
      const known = rows.pages[rows.pageOf[member * slices + slice]! + hub]!
      const row = known === 0 ? rows.make(member, slice, hub, index) : known
      let k = rows.first[row]!
      const end = rows.first[row + 1]!
      if (k === end) continue
      this.#room(written + end - k)
      this.steps += (end - k) * alike * worlds
      const { out } = this
      const { targets, hubs } = rows
      const last = size - 1
      for (let p = 0; p < last; p++) rest[p] = own[first + p + (p < place ? 0 : 1)]! - offset
      this.#setBases(ranks, last)
      for (; k < end; k++) {
        const target = targets[k]! - offset
        let p = 0
        while (p < last && rest[p]! < target) p++
        out[written++] = others + (bases[p]! + ranks[p]![target]!) * weight + hubs[k]!
      }
    }
    return written
  }

  #setBases(ranks: readonly Float64Array[], last: number): void {
    let base = 0
    for (let p = 0; p < last; p++) base += ranks[p + 1]![this.#rest[p]!]!
    this.#bases[0] = base
    for (let p = 0; p < last; p++) {
      base += ranks[p]![this.#rest[p]!]! - ranks[p + 1]![this.#rest[p]!]!
      this.#bases[p + 1] = base
    }
  }

  #expandHub(index: number, from: number, worlds: number): number {
    const { rows } = this
    const { groups } = this.#orbits
    const hub = this.#own[groups]!
    const known = rows.pages[rows.pageOf[groups * this.#compiled.tables.slices]! + hub]!
    const row = known === 0 ? rows.make(groups, 0, hub, index) : known
    const end = rows.first[row + 1]!
    let written = from
    this.#room(written + end - rows.first[row]!)
    for (let k = rows.first[row]!; k < end; k++) this.out[written++] = index + rows.hubs[k]! - hub
    this.steps += (written - from) * worlds
    return written
  }

  /** Puts into `#next` where a synchronous step leads; false when some part blocks it. */
  #together(rule: number): boolean {
    const { groups } = this.#orbits
    const { togetherHub, togetherSlice } = this.#compiled.tables
    const hub = togetherHub[rule]![this.#own[groups]!]!
    if (hub < 0) return false
    this.#next[groups] = hub
    for (let g = 0; g < groups; g++) {
      const next = togetherSlice[rule]![this.#own[g]!]!
      if (next < 0) return false
      this.#next[g] = next
    }
    return true
  }

  /** The orbit reached from the one being expanded when a group in one slice goes to another. */
  #reach(slice: number, next: number, nextHub: number): number {
    const after = this.#own.slice()
    after[after.indexOf(slice)] = next
    after[after.length - 1] = nextHub
    return this.#orbits.encode(after)
  }

  #room(needed: number): void {
    if (needed <= this.out.length) return
    const larger = new Float64Array(Math.max(this.out.length * 2, needed))
    larger.set(this.out)
    this.out = larger
  }
}
