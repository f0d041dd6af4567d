/**
 * Views of size 1: a hub, and the slice of one group beside it. The set is closed under what the group does, what all do at
 * once, and what any other group of which a view is known does to the hub, so it contains all that any world shows.
 *
 * Abdulla, Haziza, Holík: All for the price of few (VMCAI 2013). Size 1 is thread-modular reasoning.
 */
import type { Compiled } from '../compile/index.ts'
import { PairMap } from '../compile/pair-map.ts'
import { OwnSteps } from './steps.ts'
import { Fits, type Sum } from './sums.ts'
import type { ViewSet } from './view-set.ts'

/** A combination that the system calls impossible, where a view shows it. */
export interface Impossible {
  readonly slice: number
  readonly hub: number
}

export class Views implements ViewSet {
  readonly hubs: number
  readonly slices: number
  readonly fits: Fits
  /** What is declared impossible and yet not ruled out: then nothing is proved. */
  readonly impossible: Impossible[] = []
  /** Words of 32 hubs per slice. */
  readonly #words: number
  /** Bit (slice, hub): known. */
  readonly #known: Int32Array
  readonly #done: Int32Array
  readonly #compiled: Compiled
  readonly #steps: OwnSteps
  readonly #queue: number[] = []
  readonly #isQueued: Uint8Array
  /** (hub, class) to the hubs that others move it to, beside a group of that class. */
  readonly #moved: Int32Array
  readonly #movedAnew: Int32Array
  readonly #moves = new PairMap()
  #hasNewMoves = false

  /** @param shouldStop polled now and then; `true` leaves the set unfinished. */
  constructor(compiled: Compiled, sums: readonly Sum[], shouldStop: () => boolean) {
    const { hubs, slices } = compiled.tables
    this.hubs = hubs
    this.slices = slices
    this.fits = new Fits(sums, slices)
    this.#compiled = compiled
    this.#steps = new OwnSteps(compiled)
    this.#words = Math.ceil(hubs / 32)
    this.#known = new Int32Array(slices * this.#words)
    this.#done = new Int32Array(slices * this.#words)
    this.#isQueued = new Uint8Array(slices)
    this.#moved = new Int32Array(hubs * this.fits.classes * this.#words)
    this.#movedAnew = new Int32Array(this.#moved.length)
    this.isFinished = this.#close(shouldStop)
  }

  /** `false`: it was stopped. */
  readonly isFinished: boolean

  has(slice: number, hub: number): boolean {
    return (this.#known[slice * this.#words + (hub >>> 5)]! & (1 << (hub & 31))) !== 0
  }

  /** How many. */
  get size(): number {
    let size = 0
    for (const word of this.#known) size += bitsIn(word)
    return size
  }

  /** Hubs beside which a slice is seen. */
  eachHub(slice: number, visit: (hub: number) => void): void {
    this.#eachBit(this.#known, slice * this.#words, visit)
  }

  /** Where other groups may move the hub beside a group in this slice. */
  eachMove(slice: number, hub: number, visit: (nextHub: number) => void): void {
    this.#eachBit(this.#moved, this.#rowOf(hub, this.fits.classOf[slice]!), visit)
  }

  #rowOf(hub: number, ofClass: number): number {
    return (hub * this.fits.classes + ofClass) * this.#words
  }

  #close(shouldStop: () => boolean): boolean {
    const { initialDigits, codec } = this.#compiled
    for (const digits of initialDigits)
      for (let g = 0; g < codec.groups; g++) this.#add(digits[g]!, digits[codec.groups]!)
    for (;;) {
      for (let at = 0; at < this.#queue.length; at++) {
        if ((at & 1023) === 0 && shouldStop()) return false
        const slice = this.#queue[at]!
        this.#isQueued[slice] = 0
        this.#expand(slice)
        if (at > 1 << 20) at -= this.#queue.splice(0, at + 1).length
      }
      this.#queue.length = 0
      if (!this.#hasNewMoves) return true
      this.#letOthersMove()
    }
  }

  #add(slice: number, hub: number): void {
    const at = slice * this.#words + (hub >>> 5)
    const bit = 1 << (hub & 31)
    if ((this.#known[at]! & bit) !== 0) return
    this.#known[at]! |= bit
    this.#enqueue(slice)
  }

  #enqueue(slice: number): void {
    if (this.#isQueued[slice] === 1) return
    this.#isQueued[slice] = 1
    this.#queue.push(slice)
  }

  /** Everything that the new views of a slice lead to. */
  #expand(slice: number): void {
    const words = this.#words
    const first = slice * words
    for (let w = 0; w < words; w++) {
      for (let fresh = this.#fresh(first + w); fresh !== 0; fresh = this.#fresh(first + w)) {
        this.#done[first + w]! |= fresh
        this.#steps.local(slice, (_, next) => {
          if (next < 0) this.impossible.push({ slice, hub: w * 32 + lowest(fresh) })
          else this.#addAll(next, w, fresh)
        })
        for (let rest = fresh; rest !== 0; rest &= rest - 1) this.#expandAt(slice, w * 32 + lowest(rest))
      }
    }
  }

  #fresh(at: number): number {
    return this.#known[at]! & ~this.#done[at]!
  }

  #addAll(slice: number, word: number, hubs: number): void {
    const at = slice * this.#words + word
    if ((hubs & ~this.#known[at]!) === 0) return
    this.#known[at]! |= hubs
    this.#enqueue(slice)
  }

  #expandAt(slice: number, hub: number): void {
    const { togetherSlice, togetherHub, hubLocalStart, stepTarget } = this.#compiled.tables
    const { classOf } = this.fits
    this.#expandAsking(slice, hub)
    for (let rule = 0; rule < togetherHub.length; rule++) {
      const next = togetherSlice[rule]![slice]!
      const nextHub = togetherHub[rule]![hub]!
      if (next >= 0 && nextHub >= 0) this.#add(next, nextHub)
    }
    for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++) {
      if (stepTarget[step]! < 0) this.impossible.push({ slice, hub })
      else this.#add(slice, stepTarget[step]!)
    }
    const moved = this.#rowOf(hub, classOf[slice]!)
    for (let w = 0; w < this.#words; w++)
      if (this.#moved[moved + w] !== 0) this.#addAll(slice, w, this.#moved[moved + w]!)
  }

  /** As `OwnSteps.asking`, written out: this is where the time goes. */
  #expandAsking(slice: number, hub: number): void {
    const { entryStart, entryAsk, entryBase, answerStart, stepTarget } = this.#compiled.tables
    const { askBase, rowStart, rowHub, rowAnswer } = this.#compiled.tables
    const { classOf } = this.fits
    const end = entryStart[slice + 1]!
    for (let entry = entryStart[slice]!; entry < end; entry++) {
      const row = askBase[entryAsk[entry]!]! + hub
      const base = entryBase[entry]!
      const lastRow = rowStart[row + 1]!
      for (let r = rowStart[row]!; r < lastRow; r++) {
        const nextHub = rowHub[r]!
        if (nextHub < 0) {
          this.impossible.push({ slice, hub })
          continue
        }
        const answer = base + rowAnswer[r]!
        const lastStep = answerStart[answer + 1]!
        for (let step = answerStart[answer]!; step < lastStep; step++) {
          const next = stepTarget[step]!
          if (next < 0) this.impossible.push({ slice, hub })
          else {
            this.#add(next, nextHub)
            if (nextHub !== hub) this.#move(hub, classOf[slice]!, nextHub, classOf[next]!)
          }
        }
      }
    }
  }

  /** A group of one class moves the hub and is of another class then: whatever fits beside both may be there meanwhile. */
  #move(hub: number, from: number, nextHub: number, to: number): void {
    const { fits } = this
    const known = this.#moves.size
    if (this.#moves.number(hub * fits.classes + from, nextHub * fits.classes + to) < known) return
    for (let other = 0; other < fits.classes; other++) {
      if (!fits.together(hub, from, other) || !fits.together(nextHub, to, other)) continue
      const at = this.#rowOf(hub, other) + (nextHub >>> 5)
      const bit = 1 << (nextHub & 31)
      if ((this.#moved[at]! & bit) !== 0) continue
      this.#moved[at]! |= bit
      this.#movedAnew[at]! |= bit
      this.#hasNewMoves = true
    }
  }

  /** Shows the moves that were found meanwhile to all views known so far. */
  #letOthersMove(): void {
    const words = this.#words
    const anew = this.#movedAnew.slice()
    this.#movedAnew.fill(0)
    this.#hasNewMoves = false
    for (let slice = 0; slice < this.slices; slice++) {
      this.#eachBit(this.#done, slice * words, (hub) => {
        const row = this.#rowOf(hub, this.fits.classOf[slice]!)
        for (let w = 0; w < words; w++) if (anew[row + w] !== 0) this.#addAll(slice, w, anew[row + w]!)
      })
    }
  }

  #eachBit(of: Int32Array, first: number, visit: (bit: number) => void): void {
    for (let w = 0; w < this.#words; w++)
      for (let rest = of[first + w]!; rest !== 0; rest &= rest - 1) visit(w * 32 + lowest(rest))
  }
}

/** The place of the lowest bit. */
const lowest = (word: number): number => 31 - Math.clz32(word & -word)

function bitsIn(word: number): number {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count++
  return count
}
