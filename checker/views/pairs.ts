/**
 * Views of size 2: a hub, and the slices of two groups beside it. A third group moves the hub only where it is seen beside
 * both. What a pair with an absent group shows is what one group may look like, more exactly than views of size 1 do.
 */
import type { Compiled } from '../compile/index.ts'
import { OwnSteps } from './steps.ts'
import type { Fits } from './sums.ts'
import type { ViewSet } from './view-set.ts'
import type { Impossible, Views } from './views.ts'

/** Bits that the pairs may take: each pair is beside some hundred third groups. */
const LARGEST = 2 ** 22

/** Whether so many pairs can be kept. */
export const mayPair = ({ tables: { hubs, slices } }: Compiled): boolean => hubs * (slices + 1) ** 2 <= LARGEST

interface Move {
  readonly next: number
  readonly hub: number
}

export class Pairs implements ViewSet {
  readonly hubs: number
  readonly slices: number
  readonly impossible: Impossible[] = []
  /** `false`: it was stopped. */
  readonly isFinished: boolean
  readonly #compiled: Compiled
  readonly #views: Views
  readonly #fits: Fits
  readonly #steps: OwnSteps
  /** Stands for a group that is not there; it never does anything. */
  readonly #absent: number
  readonly #words: number
  /** Bit (hub, slice, slice). */
  readonly #known: Int32Array
  readonly #queue: number[] = []
  readonly #moves = new Map<number, readonly Move[]>()

  /** @param views of size 1, which the pairs are kept to */
  constructor(compiled: Compiled, views: Views, shouldStop: () => boolean) {
    this.#compiled = compiled
    this.#views = views
    this.#fits = views.fits
    this.hubs = views.hubs
    this.slices = views.slices
    this.#absent = views.slices
    this.#words = Math.ceil((views.slices + 1) / 32)
    this.#known = new Int32Array(views.hubs * (views.slices + 1) * this.#words)
    this.#steps = new OwnSteps(compiled)
    this.isFinished = this.#close(shouldStop)
  }

  get size(): number {
    let size = 0
    for (let hub = 0; hub < this.hubs; hub++)
      for (let a = 0; a < this.slices; a++) for (let b = a; b < this.slices; b++) if (this.#has(hub, a, b)) size++
    return size
  }

  has(slice: number, hub: number): boolean {
    return this.#has(hub, slice, this.#absent)
  }

  eachHub(slice: number, visit: (hub: number) => void): void {
    for (let hub = 0; hub < this.hubs; hub++) if (this.has(slice, hub)) visit(hub)
  }

  eachMove(slice: number, hub: number, visit: (nextHub: number) => void): void {
    this.#views.eachMove(slice, hub, (nextHub) => {
      if (this.has(slice, nextHub)) visit(nextHub)
    })
  }

  #rowOf(hub: number, slice: number): number {
    return (hub * (this.slices + 1) + slice) * this.#words
  }

  #has(hub: number, a: number, b: number): boolean {
    return (this.#known[this.#rowOf(hub, a) + (b >>> 5)]! & (1 << (b & 31))) !== 0
  }

  #add(hub: number, a: number, b: number): void {
    if (this.#has(hub, a, b)) return
    this.#known[this.#rowOf(hub, a) + (b >>> 5)]! |= 1 << (b & 31)
    this.#known[this.#rowOf(hub, b) + (a >>> 5)]! |= 1 << (a & 31)
    this.#queue.push((hub * (this.slices + 1) + a) * (this.slices + 1) + b)
  }

  #close(shouldStop: () => boolean): boolean {
    const { initialDigits, codec } = this.#compiled
    const width = this.slices + 1
    for (const digits of initialDigits) {
      const hub = digits[codec.groups]!
      const begins = initialDigits.filter((other) => other[codec.groups] === hub)
      const slices = [...new Set(begins.flatMap((other) => other.slice(0, codec.groups))), this.#absent]
      for (const a of slices) for (const b of slices) this.#add(hub, a, b)
    }
    for (let pops = 1, code = this.#queue.pop(); code !== undefined; code = this.#queue.pop(), pops++) {
      if (pops % 64 === 0 && shouldStop()) return false
      const b = code % width
      const rest = (code - b) / width
      const a = rest % width
      this.#expand((rest - a) / width, a, b)
    }
    return true
  }

  #expand(hub: number, a: number, b: number): void {
    for (const { next, hub: nextHub } of this.#movesOf(hub, a)) this.#add(nextHub, next, b)
    if (a !== b) for (const { next, hub: nextHub } of this.#movesOf(hub, b)) this.#add(nextHub, a, next)
    const { togetherSlice, togetherHub, hubLocalStart, stepTarget } = this.#compiled.tables
    togetherHub.forEach((to, rule) => {
      const nextHub = to[hub]!
      const next = (slice: number): number => (slice === this.#absent ? slice : togetherSlice[rule]![slice]!)
      if (nextHub >= 0 && next(a) >= 0 && next(b) >= 0) this.#add(nextHub, next(a), next(b))
    })
    for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++) {
      const nextHub = stepTarget[step]!
      if (nextHub >= 0) this.#add(nextHub, a, b)
      else this.impossible.push({ slice: a, hub })
    }
    this.#eachBesideBoth(hub, a, b, (third) => {
      this.#letThirdMove(hub, a, b, third)
      this.#letThirdMove(hub, a, third, b)
      if (a !== b) this.#letThirdMove(hub, b, third, a)
    })
  }

  /** The third group moves the hub beside the two others. */
  #letThirdMove(hub: number, a: number, b: number, third: number): void {
    for (const move of this.#movesOf(hub, third)) {
      if (move.hub === hub || this.#has(move.hub, a, b)) continue
      if (this.#mayBeBeside(hub, a, b, third) && this.#mayBeBeside(move.hub, a, b, move.next)) this.#add(move.hub, a, b)
    }
  }

  #mayBeBeside(hub: number, ...slices: readonly number[]): boolean {
    const { classOf } = this.#fits
    return this.#fits.together(hub, ...slices.flatMap((slice) => (slice === this.#absent ? [] : [classOf[slice]!])))
  }

  #eachBesideBoth(hub: number, a: number, b: number, visit: (third: number) => void): void {
    const [rowA, rowB] = [this.#rowOf(hub, a), this.#rowOf(hub, b)]
    for (let w = 0; w < this.#words; w++) {
      for (let rest = this.#known[rowA + w]! & this.#known[rowB + w]!; rest !== 0; rest &= rest - 1)
        visit(w * 32 + 31 - Math.clz32(rest & -rest))
    }
  }

  /** What a group does beside this hub; where that is declared impossible, it is noted. */
  #movesOf(hub: number, slice: number): readonly Move[] {
    if (slice === this.#absent) return []
    const key = hub * this.slices + slice
    const known = this.#moves.get(key)
    if (known !== undefined) return known
    const moves: Move[] = []
    this.#steps.each(slice, hub, (_, next, nextHub) => {
      if (next < 0 || nextHub < 0) this.impossible.push({ slice, hub })
      else moves.push({ next, hub: nextHub })
    })
    this.#moves.set(key, moves)
    return moves
  }
}
