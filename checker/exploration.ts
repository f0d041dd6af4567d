/**
 * An exploration that keeps what it finds: every world with its depth and how it was reached, every step. It grows as far
 * as its caller asks for, and shows what was found so far: for pictures, and for shortest paths to any world in them.
 *
 * The tables of what can happen locally are filled no deeper than the worlds that are wanted need: of a large system the
 * first thousands of worlds are there long before all of its tables are.
 */
import type { CloseLimits } from './compile/close.ts'
import { type Compiled, compile } from './compile/index.ts'
import { CheckerFault } from './faults.ts'
import { namePath } from './name-path.ts'
import type { Path } from './property.ts'
import { productSpace, type Successors } from './search/space.ts'
import type { System, World } from './system.ts'

const SLICES = 4_000_000
/** Steps that the first tables are filled for. */
const FIRST_DEPTH = 6
/** Tables of so many slices are filled to their end at once. */
const SMALL = 40_000
const BLOCK = 256

/** A growing list of whole numbers. */
class Numbers {
  #items = new Int32Array(1024)
  length = 0

  push(n: number): void {
    if (this.length === this.#items.length) {
      const larger = new Int32Array(this.length * 2)
      larger.set(this.#items)
      this.#items = larger
    }
    this.#items[this.length++] = n
  }

  get view(): Int32Array<ArrayBuffer> {
    return this.#items.subarray(0, this.length)
  }
}

const ignores = { onRow() {}, onStep() {}, onTogether() {}, onCut() {} }

const ifItFits = (system: System, limits: CloseLimits): Compiled | undefined => {
  try {
    return compile(system, limits)
  } catch (fault) {
    if (fault instanceof CheckerFault && /TOO_LARGE$/.test(fault.code)) return undefined
    throw fault
  }
}

export class Exploration {
  /** Everything that can be reached is known, and every step of it. */
  isComplete = false
  readonly #system: System
  #compiled: Compiled
  #space: ReturnType<typeof productSpace>
  #successors: Successors
  /** The tables tell every step of a world that is less deep. */
  #tabled = FIRST_DEPTH
  /** There is no room for deeper tables. */
  #isAtLimit = false
  #ids = new Map<number, number>()
  #indices: number[] = []
  readonly #depths = new Numbers()
  readonly #parents = new Numbers()
  readonly #from = new Numbers()
  readonly #to = new Numbers()
  readonly #rules = new Numbers()
  readonly #groups = new Numbers()
  #expanded = 0
  readonly ruleNames: readonly string[]

  /** @throws CheckerFault TABLES_TOO_LARGE, INDEX_TOO_LARGE */
  constructor(system: System) {
    this.#system = system
    this.#compiled = compile(system, { maxSlices: SLICES, maxDepth: FIRST_DEPTH })
    this.#space = productSpace(this.#compiled)
    this.#successors = this.#space.successors(BLOCK, ignores)
    this.ruleNames = [...system.rules.map(({ name }) => name), ...(system.synchronous ?? []).map(({ name }) => name)]
    for (const index of this.#space.initial) this.#add(index, 0, -1)
  }

  get nodes(): number {
    return this.#indices.length
  }

  /** Worlds whose steps are all known. */
  get expanded(): number {
    return this.#expanded
  }

  /** Steps from the beginning to each world. */
  get depths(): Int32Array<ArrayBuffer> {
    return this.#depths.view
  }

  /** The world before it on a shortest way; -1 of an initial world. */
  get parents(): Int32Array<ArrayBuffer> {
    return this.#parents.view
  }

  /** Every step found: from, to, the place of its rule in `ruleNames`, and its group (-1: none). Steps that stay are left out. */
  get edges() {
    return { from: this.#from.view, to: this.#to.view, rule: this.#rules.view, group: this.#groups.view }
  }

  /** Goes on, breadth first, until about so many worlds are known or there are no more. */
  advance(worlds: number): void {
    while (this.#expanded < this.nodes && this.nodes < worlds && !this.#isAtLimit) {
      if (this.#compiled.closed.isCut && this.#depthAt(this.#expanded) >= this.#tabled) this.#deepen()
      else this.#expand(worlds)
    }
    this.isComplete = this.#expanded === this.nodes
  }

  #depthAt(node: number): number {
    return this.#depths.view[node]!
  }

  #expand(worlds: number): void {
    const { columns } = this.#space
    const block = new Float64Array(BLOCK)
    const digits = new Int32Array(BLOCK * columns)
    const { isCut } = this.#compiled.closed
    while (this.#expanded < this.nodes && this.nodes < worlds) {
      let count = Math.min(BLOCK, this.nodes - this.#expanded)
      while (isCut && count > 0 && this.#depthAt(this.#expanded + count - 1) >= this.#tabled) count--
      if (count === 0) return
      for (let i = 0; i < count; i++) block[i] = this.#indices[this.#expanded + i]!
      this.#space.digits(block, count, digits)
      const first = this.#expanded
      this.#successors.eachStep(block, digits, count, (step, group, _from, to, position) =>
        this.#step(first + position, step, group, to),
      )
      this.#expanded += count
    }
  }

  /** The same worlds under the numbers of deeper tables. */
  #deepen(): void {
    const worlds = this.#indices.map((index) => this.#space.decode(index))
    const isFirst = this.#tabled === FIRST_DEPTH
    this.#tabled = Math.ceil(this.#tabled * 1.4)
    const deeper =
      (isFirst ? ifItFits(this.#system, { maxSlices: SMALL }) : undefined) ??
      ifItFits(this.#system, { maxSlices: SLICES, maxDepth: this.#tabled })
    if (deeper === undefined) {
      this.#isAtLimit = true
      return
    }
    this.#compiled = deeper
    this.#space = productSpace(this.#compiled)
    this.#successors = this.#space.successors(BLOCK, ignores)
    this.#indices = worlds.map((world) => this.#compiled.codec.encode(world))
    this.#ids = new Map(this.#indices.map((index, node) => [index, node]))
  }

  world(node: number): World {
    return this.#space.decode(this.#indices[node]!)
  }

  /** The node of a world, if it has been found. */
  nodeOf(world: World): number | undefined {
    try {
      return this.#ids.get(this.#compiled.codec.encode(world))
    } catch {
      return undefined // a world of another system
    }
  }

  /** A shortest path from an initial world. */
  pathTo(node: number): Path {
    const indices: number[] = []
    for (let at = node; at >= 0; at = this.parents[at]!) indices.unshift(this.#indices[at]!)
    return namePath(this.#compiled, indices)
  }

  #step(from: number, step: number, group: number, index: number): void {
    const to = this.#ids.get(index) ?? this.#add(index, this.#depths.view[from]! + 1, from)
    if (to === from) return
    this.#from.push(from)
    this.#to.push(to)
    const { tables } = this.#compiled
    this.#rules.push(tables.actRule[step < 0 ? tables.togetherAct[-1 - step]! : tables.stepAct[step]!]!)
    this.#groups.push(group)
  }

  #add(index: number, depth: number, parent: number): number {
    const id = this.#indices.length
    this.#ids.set(index, id)
    this.#indices.push(index)
    this.#depths.push(depth)
    this.#parents.push(parent)
    return id
  }
}
