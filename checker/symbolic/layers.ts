import type { Compiled } from '../compile/index.ts'
import { EMPTY } from './diagrams.ts'
import type { Reached } from './reach.ts'
import { both, isEmpty, minus, type Sets, single, union } from './sets.ts'
import type { Ways } from './ways.ts'

/** The reachable worlds by their distance from an initial world, as far as they have been worked out. */
export class Layers {
  /** Layer `k`: the worlds first reached after `k` steps. */
  readonly all: Sets[] = []
  /** There are no more. */
  complete = false
  readonly #reached: Reached
  readonly #ways: Ways
  #seen: Sets

  constructor(compiled: Compiled, reached: Reached, ways: Ways) {
    this.#reached = reached
    this.#ways = ways
    this.#seen = initialSets(compiled, reached)
    this.all.push(this.#seen)
  }

  /** Works out one layer more; `false`: there is none. */
  grow(): boolean {
    if (this.complete) return false
    const { diagrams } = this.#reached
    const next = minus(diagrams, this.#ways.post(this.all.at(-1)!), this.#seen)
    this.complete = isEmpty(next)
    if (this.complete) return false
    this.#seen = union(diagrams, this.#seen, next)
    this.all.push(next)
    return true
  }

  /** The digits of the worlds on a shortest way from an initial world to this one, which is in layer `level`. */
  wayTo(digits: readonly number[], level: number): number[][] {
    const way = [[...digits]]
    for (let at = level - 1; at >= 0; at--) way.unshift(before(this.#reached, this.#ways, this.all[at]!, way[0]!))
    return way
  }

  /** Those of a layer that are in the sets. */
  meet(level: number, sets: Sets): Sets {
    const layer = this.all[level]
    return layer === undefined ? sets.map(() => EMPTY) : both(this.#reached.diagrams, layer, sets)
  }
}

function initialSets({ initialDigits, tables }: Compiled, { diagrams }: Reached): Sets {
  return initialDigits.reduce<Sets>(
    (sets, digits) => union(diagrams, sets, single(diagrams, digits, tables.hubs)),
    new Int32Array(tables.hubs),
  )
}

/** One of the worlds of the sets from which one step leads to the world of these digits. */
function before({ diagrams }: Reached, ways: Ways, sets: Sets, digits: readonly number[]): number[] {
  const world = diagrams.single(digits.slice(0, -1))
  for (let hub = 0; hub < sets.length; hub++) {
    if (sets[hub] === EMPTY) continue
    for (const way of ways.from(hub)) {
      if (way.to !== digits.at(-1)) continue
      const from = ways.preimage(way, world, sets[hub]!)
      if (from !== EMPTY) return [...diagrams.example(from), hub]
    }
  }
  throw new Error('Each layer comes of the one before it; this cannot happen.')
}

/** The worlds of a broken promise: those that are reached from `starts` inside `open`, by the steps it takes to get there. */
export class Region {
  readonly #reached: Reached
  readonly #ways: Ways
  readonly #layers: Layers
  readonly #starts: Sets
  readonly #open: Sets
  readonly #all: Sets[] = []
  #seen: Sets | undefined

  constructor(reached: Reached, ways: Ways, layers: Layers, starts: Sets, open: Sets) {
    this.#reached = reached
    this.#ways = ways
    this.#layers = layers
    this.#starts = starts
    this.#open = open
  }

  /** What is reached first in so many steps. To be asked level by level; there may be fewer layers than levels. */
  at(level: number): Sets {
    const { diagrams } = this.#reached
    const last = this.#all[level - 1]
    let found = this.#layers.meet(level, this.#starts)
    if (last !== undefined) found = union(diagrams, found, both(diagrams, this.#ways.post(last), this.#open))
    if (this.#seen !== undefined) found = minus(diagrams, found, this.#seen)
    this.#seen = this.#seen === undefined ? found : union(diagrams, this.#seen, found)
    this.#all[level] = found
    return found
  }

  /** The digits of the worlds on a shortest way from an initial world to this one, which is reached at `level`. */
  wayTo(digits: readonly number[], level: number): number[][] {
    const { diagrams } = this.#reached
    const inside: number[][] = []
    let world = [...digits]
    for (let at = level; ; at--) {
      const start = this.#layers.meet(at, this.#starts)[world.at(-1)!]!
      if (diagrams.has(start, world.slice(0, -1))) return [...this.#layers.wayTo(world, at), ...inside]
      inside.unshift(world)
      world = before(this.#reached, this.#ways, this.#all[at - 1]!, world)
    }
  }
}
