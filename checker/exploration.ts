/**
 * An exploration that keeps what it finds: every world with its depth and how it was reached, every step. It grows as far
 * as its caller asks for, and shows what was found so far: for pictures, and for shortest paths to any world in them.
 */
import { compile } from './compile/index.ts'
import { namePath } from './name-path.ts'
import type { Path } from './property.ts'
import { productSpace, type Successors } from './search/space.ts'
import type { System, World } from './system.ts'

const SLICES = 400_000
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

export class Exploration {
  /** Everything that can be reached is known, and every step of it. */
  isComplete = false
  readonly #compiled: ReturnType<typeof compile>
  readonly #space: ReturnType<typeof productSpace>
  readonly #successors: Successors
  readonly #ids = new Map<number, number>()
  readonly #indices: number[] = []
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
    this.#compiled = compile(system, { maxSlices: SLICES, shouldStop: () => false })
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
    const { columns } = this.#space
    const block = new Float64Array(BLOCK)
    const digits = new Int32Array(BLOCK * columns)
    while (this.#expanded < this.nodes && this.nodes < worlds) {
      const count = Math.min(BLOCK, this.nodes - this.#expanded)
      for (let i = 0; i < count; i++) block[i] = this.#indices[this.#expanded + i]!
      this.#space.digits(block, count, digits)
      const first = this.#expanded
      this.#successors.eachStep(block, digits, count, (step, group, _from, to, position) =>
        this.#step(first + position, step, group, to),
      )
      this.#expanded += count
    }
    this.isComplete = this.#expanded === this.nodes
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
