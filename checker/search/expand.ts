import type { Compiled } from '../compile/index.ts'
import { Rows, type RowWatch } from './rows.ts'
import type { Successors } from './space.ts'

/** Told of what is met while states are expanded. */
export interface Watch extends RowWatch {
  /** A synchronous step, with where the state's digits are. */
  onTogether(rule: number, digits: Int32Array, at: number, from: number, to: number): void
  /** A world that a constraint cuts off is generated for the first time. */
  onCut(from: number, to: number): void
}

/** The group of a step that any of several alike groups may have taken. */
export const UNNAMED = -2

/**
 * `step` is -1 - rule for synchronous rules; `group` is -1 for these and for rules of the shared parts alone; `position`
 * is the state's in the block.
 */
export type Visit = (step: number, group: number, from: number, to: number, position: number) => void

/** Successors of blocks of states: one addition per step. */
export class Expander implements Successors {
  readonly rows: Rows
  /** Positions in the block of states that no step leads away from. */
  readonly stuck: number[] = []
  /** The last block's successors, and where those of each state end. */
  out = new Float64Array(1 << 14)
  readonly ends: Int32Array
  worlds = 0
  steps = 0
  readonly #compiled: Compiled
  readonly #watch: Watch
  readonly #hubRules: boolean
  /** Per synchronous rule: what a slice (by group) and a hub add to the index; NaN blocks. */
  readonly #sliceDeltas: readonly Float64Array[]
  readonly #hubDeltas: readonly Float64Array[]

  constructor(compiled: Compiled, block: number, watch: Watch) {
    const { tables, codec, system } = compiled
    this.#compiled = compiled
    this.#watch = watch
    this.ends = new Int32Array(block)
    this.rows = new Rows(compiled, watch, {
      reach: (state, group, slice, hub, next, nextHub) =>
        state + (next - slice) * codec.weights[group]! + nextHub - hub,
      decode: (state) => codec.decode(state),
    })
    this.#hubRules = system.rules.some((rule) => rule.kinds === undefined)
    this.#hubDeltas = tables.togetherHub.map((next) =>
      Float64Array.from(next, (to, from) => (to < 0 ? Number.NaN : to - from)),
    )
    this.#sliceDeltas = tables.togetherSlice.map((next) => {
      const deltas = new Float64Array(codec.groups * tables.slices)
      for (let g = 0; g < codec.groups; g++) {
        next.forEach((to, from) => {
          deltas[g * tables.slices + from] = to < 0 ? Number.NaN : (to - from) * codec.weights[g]!
        })
      }
      return deltas
    })
  }

  /**
   * Fills `out` with the successors of `count` states (with their digits); says how many.
   * @throws CheckerFault IMPOSSIBLE_MET
   */
  expand(states: Float64Array, digits: Int32Array, count: number): number {
    const { rows, ends, stuck } = this
    const { groups } = this.#compiled.codec
    const { slices } = this.#compiled.tables
    const rules = this.#hubDeltas.length
    const pageOf = rows.pageOf
    const columns = this.#hubRules ? groups + 1 : groups
    let { out } = this
    let { pages, first, deltas } = rows
    let room = out.length - rules
    let written = 0
    let at = 0
    stuck.length = 0
    for (let i = 0; i < count; i++) {
      const state = states[i]!
      const hub = digits[at + groups]!
      const firstWritten = written
      for (let g = 0; g < columns; g++) {
        const slice = g === groups ? 0 : digits[at + g]!
        let row = pages[pageOf[g * slices + slice]! + hub]!
        if (row === 0) {
          row = rows.make(g, slice, hub, state)
          pages = rows.pages
          first = rows.first
          deltas = rows.deltas
        }
        const end = first[row + 1]!
        let k = first[row]!
        if (written + end - k > room) {
          out = this.#moreRoom(written + end - k + rules)
          room = out.length - rules
        }
        for (; k < end; k++) out[written++] = state + deltas[k]!
      }
      for (let rule = 0; rule < rules; rule++) {
        const hubDelta = this.#hubDeltas[rule]![hub]!
        if (Number.isNaN(hubDelta)) continue
        const sliceDeltas = this.#sliceDeltas[rule]!
        let next = state + hubDelta
        for (let g = 0; g < groups; g++) next += sliceDeltas[g * slices + digits[at + g]!]!
        if (Number.isNaN(next)) continue
        out[written++] = next
        this.#watch.onTogether(rule, digits, at, state, next)
      }
      let w = firstWritten
      while (w < written && out[w] === state) w++
      if (w === written) stuck.push(i)
      ends[i] = written
      at += groups + 1
    }
    this.worlds = count
    this.steps = written
    return written
  }

  /** Every step of the states, one by one, with the step's number (-1 - rule for synchronous ones): slow. */
  eachStep(states: Float64Array, digits: Int32Array, count: number, visit: Visit): void {
    const { codec, tables } = this.#compiled
    const columns = this.#hubRules ? codec.groups + 1 : codec.groups
    for (let i = 0; i < count; i++) {
      const at = i * (codec.groups + 1)
      const hub = digits[at + codec.groups]!
      const state = states[i]!
      for (let g = 0; g < columns; g++) {
        const slice = g === codec.groups ? 0 : digits[at + g]!
        const known = this.rows.pages[this.rows.pageOf[g * tables.slices + slice]! + hub]!
        const row = known === 0 ? this.rows.make(g, slice, hub, state) : known
        for (let k = this.rows.first[row]!; k < this.rows.first[row + 1]!; k++) {
          visit(this.rows.steps[k]!, g === codec.groups ? -1 : g, state, state + this.rows.deltas[k]!, i)
        }
      }
      this.#hubDeltas.forEach((hubDeltas, rule) => {
        let next = state + hubDeltas[hub]!
        for (let g = 0; g < codec.groups; g++) next += this.#sliceDeltas[rule]![g * tables.slices + digits[at + g]!]!
        if (!Number.isNaN(next)) visit(-1 - rule, -1, state, next, i)
      })
    }
  }

  #moreRoom(needed: number): Float64Array<ArrayBuffer> {
    const larger = new Float64Array(Math.max(this.out.length * 2, needed))
    larger.set(this.out)
    this.out = larger
    return larger
  }
}
