import type { Compiled } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'
import type { World } from '../system.ts'

/** Told of what a search meets for the first time; `group` -1 stands for the shared parts alone. */
export interface RowWatch {
  /** A group's slice beside a hub. */
  onRow(group: number, slice: number, hub: number, state: number): void
  /** A step from there. */
  onStep(group: number, slice: number, hub: number, step: number, nextHub: number, from: number, to: number): void
}

/** Thrown when rows would outgrow the memory that is left; what was made before remains. */
export class NoRoom extends Error {}

/** How the worlds of a search are numbered. */
export interface Numbering {
  /** The number of the world that a group's step from one slice and hub to another leads to. */
  reach(state: number, group: number, slice: number, hub: number, next: number, nextHub: number): number
  decode(state: number): World
}

/**
 * What a group can do in one slice beside one hub: a flat *row* of differences to the index of the world. Rows are made
 * when a search first meets the combination, so everything local happens there once: steps, coverage, properties.
 */
export class Rows {
  /** Where the page of a group and slice begins in `pages`; all unknown pages are the empty page 0. */
  readonly pageOf: Int32Array
  /** Pages of one row number per hub; row 0 means not made yet. */
  pages: Int32Array
  /** Row `r` is `deltas[first[r]] … deltas[first[r + 1]]`. */
  first: Int32Array = new Int32Array(1024)
  deltas = new Float64Array(4096)
  /** The step (see `Tables`) behind each difference. */
  steps = new Int32Array(4096)
  /** Where each step leads: the slice (0 for the shared parts alone) and the hub. */
  targets = new Int32Array(4096)
  hubs = new Int32Array(4096)
  /** Length of the longest row of any group. */
  longest = 0
  /** Asked before so many bytes more are held. */
  mayGrow: (bytes: number) => boolean = () => true
  readonly #compiled: Compiled
  readonly #rank: Int32Array
  readonly #watch: RowWatch
  readonly #numbering: Numbering | undefined
  #rows = 1
  #used = 0
  #pageEnd: number

  constructor(compiled: Compiled, watch: RowWatch, numbering?: Numbering) {
    const { tables, codec, closed } = compiled
    this.#compiled = compiled
    this.#watch = watch
    this.#numbering = numbering
    this.#rank = Int32Array.from(closed.kindOfGroup, (kind, group) => closed.kinds[kind]!.groups.indexOf(group))
    this.pageOf = new Int32Array(codec.groups * tables.slices + 1)
    this.pages = new Int32Array(tables.hubs * 64)
    this.#pageEnd = tables.hubs
  }

  /** Bytes held. */
  get bytes(): number {
    return this.pageOf.byteLength + this.pages.byteLength + this.first.byteLength + this.deltas.byteLength * 2.5
  }

  /** The row of a group's slice beside a hub, made if need be, for a state that is not known. */
  at(group: number, slice: number, hub: number): number {
    const known = this.pages[this.pageOf[group * this.#compiled.tables.slices + slice]! + hub]!
    return known === 0 ? this.make(group, slice, hub, Number.NaN) : known
  }

  /**
   * Makes a row; `group` equal to the number of groups (and slice 0) stands for the rules of the shared parts alone.
   * @throws CheckerFault IMPOSSIBLE_MET; NoRoom
   */
  make(group: number, slice: number, hub: number, state: number): number {
    const [rows, used] = [this.#rows, this.#used]
    try {
      return this.#make(group, slice, hub, state)
    } catch (error) {
      this.#rows = rows
      this.#used = used
      throw error
    }
  }

  #make(group: number, slice: number, hub: number, state: number): number {
    const { tables, codec } = this.#compiled
    const page = group * tables.slices + slice
    if (this.pageOf[page] === 0) this.pageOf[page] = this.#newPage()
    const row = this.#rows++
    if (row + 1 >= this.first.length) this.first = this.#grown(this.first)
    this.#watch.onRow(group === codec.groups ? -1 : group, slice, hub, state)
    if (group === codec.groups) this.#hubSteps(hub, state)
    else this.#groupSteps(group, slice, hub, state)
    this.first[row + 1] = this.#used
    this.longest = Math.max(this.longest, this.#used - this.first[row]!)
    this.pages[this.pageOf[page]! + hub] = row
    return row
  }

  #groupSteps(group: number, slice: number, hub: number, state: number): void {
    const { tables, codec } = this.#compiled
    const { localStart, entryStart, entryAsk, entryBase, answerStart, stepTarget } = tables
    const { askBase, askStride, rowStart, rowHub, rowAnswer } = tables
    const weight = codec.weights[group]!
    for (let step = localStart[slice]!; step < localStart[slice + 1]!; step++) {
      const target = this.#possible(stepTarget[step]!, state)
      this.#add((target - slice) * weight, step, target, hub)
      this.#watch.onStep(group, slice, hub, step, hub, state, this.#reach(state, group, slice, hub, target, hub))
    }
    for (let entry = entryStart[slice]!; entry < entryStart[slice + 1]!; entry++) {
      const ask = entryAsk[entry]!
      const row = askBase[ask]! + askStride[ask]! * this.#rank[group]! + hub
      for (let r = rowStart[row]!; r < rowStart[row + 1]!; r++) {
        const nextHub = this.#possible(rowHub[r]!, state)
        const answer = entryBase[entry]! + rowAnswer[r]!
        for (let step = answerStart[answer]!; step < answerStart[answer + 1]!; step++) {
          const target = this.#possible(stepTarget[step]!, state)
          this.#add((target - slice) * weight + nextHub - hub, step, target, nextHub)
          const to = this.#reach(state, group, slice, hub, target, nextHub)
          this.#watch.onStep(group, slice, hub, step, nextHub, state, to)
        }
      }
    }
  }

  #hubSteps(hub: number, state: number): void {
    const { hubLocalStart, stepTarget } = this.#compiled.tables
    for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++) {
      const next = this.#possible(stepTarget[step]!, state)
      this.#add(next - hub, step, 0, next)
      this.#watch.onStep(-1, 0, hub, step, next, state, state + next - hub)
    }
  }

  #reach(state: number, group: number, slice: number, hub: number, next: number, nextHub: number): number {
    return this.#numbering?.reach(state, group, slice, hub, next, nextHub) ?? Number.NaN
  }

  #possible(target: number, state: number): number {
    if (target >= 0) return target
    const world = Number.isNaN(state) ? undefined : this.#numbering?.decode(state)
    const where = world === undefined ? '' : `, in ${JSON.stringify(world)}`
    throw new CheckerFault('IMPOSSIBLE_MET', `A rule met a combination of parts declared impossible${where}.`)
  }

  #add(delta: number, step: number, target: number, hub: number): void {
    if (this.#used === this.deltas.length) {
      this.#ask(this.deltas.byteLength * 5)
      this.deltas = grown(this.deltas)
      this.steps = grown(this.steps)
      this.targets = grown(this.targets)
      this.hubs = grown(this.hubs)
    }
    this.deltas[this.#used] = delta
    this.targets[this.#used] = target
    this.hubs[this.#used] = hub
    this.steps[this.#used++] = step
  }

  #grown(items: Int32Array): Int32Array {
    this.#ask(items.byteLength * 2)
    return grown(items)
  }

  #ask(bytes: number): void {
    if (!this.mayGrow(bytes)) throw new NoRoom()
  }

  #newPage(): number {
    const { hubs } = this.#compiled.tables
    if (this.#pageEnd + hubs > this.pages.length) this.pages = this.#grown(this.pages)
    this.#pageEnd += hubs
    return this.#pageEnd - hubs
  }
}

function grown<Items extends Int32Array | Float64Array>(items: Items): Items {
  const larger = (
    items instanceof Int32Array ? new Int32Array(items.length * 2) : new Float64Array(items.length * 2)
  ) as Items
  larger.set(items)
  return larger
}
