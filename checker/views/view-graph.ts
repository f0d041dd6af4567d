import type { Compiled } from '../compile/index.ts'
import { OwnSteps } from './steps.ts'
import type { Recurrence } from './time-goes-on.ts'
import type { ViewSet } from './view-set.ts'

/** What moves a view when no rule of its own or of all together does: other groups moved the hub. */
export const OTHERS = 0

/** All views as numbers, and the steps between them: made once for all leads-to properties. */
export class ViewGraph {
  readonly size: number
  /** Of each view, its slice and its hub. */
  readonly slices: Int32Array
  readonly hubs: Int32Array
  /** Steps from a view: `edges[view] … edges[view + 1]`. */
  readonly edges: Int32Array
  readonly targets: Int32Array
  /** Rule + 1 of an own or synchronous step, or `OTHERS`. */
  readonly takers: Uint16Array
  /** By view, which set of rules could change it: own ones, and synchronous ones that no group blocks. */
  readonly enabled: Int32Array
  /** These sets. */
  readonly sets: readonly (readonly number[])[]

  constructor(compiled: Compiled, views: ViewSet, recurrence: Recurrence) {
    const { tables, system } = compiled
    const numbers = new ViewNumbers(views)
    this.size = numbers.size
    this.slices = numbers.slices
    this.hubs = numbers.hubs
    const own = new OwnSteps(compiled)
    const total = system.rules.length
    const edges = new Int32Array(this.size + 1)
    const enabled = new Int32Array(this.size)
    const sets = new Map<string, number>()
    const found: number[][] = []
    let targets = new Int32Array(4 * this.size)
    let takers = new Uint16Array(4 * this.size)
    let used = 0
    const add = (to: number, taker: number): void => {
      if (to < 0) return
      if (used === targets.length) {
        targets = longer(targets, new Int32Array(2 * used + 16))
        takers = longer(takers, new Uint16Array(2 * used + 16))
      }
      targets[used] = to
      takers[used++] = taker
    }
    for (let view = 0; view < this.size; view++) {
      const [slice, hub] = [this.slices[view]!, this.hubs[view]!]
      const able: number[] = []
      const go = (next: number, nextHub: number, rule: number): void => {
        if (!able.includes(rule)) able.push(rule)
        add(numbers.of(next, nextHub), rule + 1)
      }
      own.each(slice, hub, (step, next, nextHub) => {
        if (next !== slice || nextHub !== hub) go(next, nextHub, tables.actRule[tables.stepAct[step]!]!)
      })
      for (let rule = 0; rule < tables.togetherHub.length; rule++) {
        const next = tables.togetherSlice[rule]![slice]!
        const nextHub = tables.togetherHub[rule]![hub]!
        if (next < 0 || nextHub < 0) continue
        const isChange = next !== slice || nextHub !== hub
        if (isChange && !recurrence.isBlocked(rule)) go(next, nextHub, total + rule)
        else add(numbers.of(next, nextHub), total + rule + 1)
      }
      for (let step = tables.hubLocalStart[hub]!; step < tables.hubLocalStart[hub + 1]!; step++) {
        const nextHub = tables.stepTarget[step]!
        if (nextHub !== hub) go(slice, nextHub, tables.actRule[tables.stepAct[step]!]!)
      }
      views.eachMove(slice, hub, (nextHub) => add(numbers.of(slice, nextHub), OTHERS))
      edges[view + 1] = used
      const key = able.sort((a, b) => a - b).join()
      let set = sets.get(key)
      if (set === undefined) {
        set = found.push(able) - 1
        sets.set(key, set)
      }
      enabled[view] = set
    }
    this.edges = edges
    this.targets = targets.subarray(0, used)
    this.takers = takers.subarray(0, used)
    this.enabled = enabled
    this.sets = found
  }
}

/** Numbers views in the order of their slices and hubs. */
class ViewNumbers {
  readonly size: number
  readonly slices: Int32Array
  readonly hubs: Int32Array
  readonly #words: number
  readonly #known: Int32Array
  /** How many views stand before each word. */
  readonly #before: Int32Array

  constructor(views: ViewSet) {
    this.#words = Math.ceil(views.hubs / 32)
    this.#known = new Int32Array(views.slices * this.#words)
    this.#before = new Int32Array(this.#known.length)
    let size = 0
    for (let slice = 0; slice < views.slices; slice++) {
      const first = slice * this.#words
      views.eachHub(slice, (hub) => {
        this.#known[first + (hub >>> 5)]! |= 1 << (hub & 31)
      })
      for (let word = first; word < first + this.#words; word++) {
        this.#before[word] = size
        size += bits(this.#known[word]!)
      }
    }
    this.size = size
    this.slices = new Int32Array(size)
    this.hubs = new Int32Array(size)
    for (let slice = 0; slice < views.slices; slice++)
      views.eachHub(slice, (hub) => {
        const view = this.of(slice, hub)
        this.slices[view] = slice
        this.hubs[view] = hub
      })
  }

  /** The number of a view, or -1 where there is no such view. */
  of(slice: number, hub: number): number {
    const word = slice * this.#words + (hub >>> 5)
    const known = this.#known[word]!
    const bit = 1 << (hub & 31)
    return (known & bit) === 0 ? -1 : this.#before[word]! + bits(known & (bit - 1))
  }
}

function bits(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function longer<Items extends Int32Array | Uint16Array>(items: Items, into: Items): Items {
  into.set(items)
  return into
}
