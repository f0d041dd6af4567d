import type { Compiled } from '../compile/index.ts'
import { Agenda } from './agenda.ts'
import { type Diagrams, EMPTY, END } from './diagrams.ts'
import { Memo } from './memo.ts'
import { orderOfSlices } from './rounds.ts'
import { IMPOSSIBLE_TARGET, meetImpossible, SharedMoves, STAY } from './shared-moves.ts'

/** What is collected at one level while a node is made there. */
interface Desk {
  /** The first slice of the level's kind. */
  readonly offset: number
  /** By slice, what follows it; empty between uses. */
  readonly child: Int32Array
  readonly agenda: Agenda
  readonly touched: number[]
}

/**
 * Closes sets of worlds under the steps of single groups and of the shared parts (saturation: Ciardo, Lüttgen, Siminiceanu 2001).
 * A world is a tuple of slices with the hub *last*: a group's step then concerns its own level and the last one only, and every set below
 * a level is closed before the level itself is worked on. The closure of a union is the union of closures, because each step is one of a
 * single world; so closed sets are united without closing them again.
 */
export class Saturation {
  readonly #compiled: Compiled
  readonly #diagrams: Diagrams
  readonly #moves: SharedMoves
  readonly #groups: number
  readonly #desks: readonly Desk[]
  readonly #memo: Memo

  /** `poll` is called now and then and may throw to end the work; the saturation is then of no more use. */
  constructor(compiled: Compiled, diagrams: Diagrams, poll: () => void) {
    const { closed, codec, tables } = compiled
    this.#compiled = compiled
    this.#diagrams = diagrams
    this.#groups = codec.groups
    this.#memo = new Memo(poll)
    this.#moves = new SharedMoves(compiled)
    const order = orderOfSlices(compiled)
    this.#desks = closed.kindOfGroup.map((kind): Desk => {
      const offset = tables.kindOffset[kind]!
      const own = order.slice(offset, offset + closed.kinds[kind]!.slices.size)
      return { offset, child: new Int32Array(own.length), agenda: new Agenda(ranked(own)), touched: [] }
    })
  }

  get bytes(): number {
    return this.#memo.bytes + this.#desks.reduce((sum, { child }) => sum + 13 * child.length, 0)
  }

  /** Everything that the world of these digits may become without a step that all take at once. */
  single(digits: readonly number[], level = 0): number {
    if (level === this.#groups) return this.#closeHubs([digits[level]!])
    return this.#close([digits[level]!, this.single(digits, level + 1)], level)
  }

  /** What comes of a closed set when all take a synchronous rule once, closed again. */
  together(rule: number, node: number, level = 0): number {
    if (node === EMPTY) return EMPTY
    const { togetherSlice, togetherHub } = this.#compiled.tables
    return this.#memo.of(2 * rule + 1, level, node, () => {
      const next = level === this.#groups ? togetherHub[rule]! : togetherSlice[rule]!
      const entries = this.#diagrams.entries(node)
      if (level === this.#groups) {
        const hubs: number[] = []
        for (let i = 0; i < entries.length; i += 2) if (next[entries[i]!]! >= 0) hubs.push(next[entries[i]!]!)
        return this.#closeHubs(hubs)
      }
      const pairs: number[] = []
      for (let i = 0; i < entries.length; i += 2) {
        const to = next[entries[i]!]!
        if (to < 0) continue
        const below = this.together(rule, entries[i + 1]!, level + 1)
        if (below !== EMPTY) pairs.push(to, below)
      }
      return this.#close(pairs, level)
    })
  }

  /** What comes of a closed set when the shared parts take a move, closed again. */
  #move(move: number, node: number, level: number): number {
    if (node === EMPTY || move === STAY) return node
    return this.#memo.of(2 * move, level, node, () => {
      const entries = this.#diagrams.entries(node)
      const pairs: number[] = []
      if (level === this.#groups) {
        for (let i = 0; i < entries.length; i += 2) pairs.push(...this.#moves.nextHubs(move, entries[i]!))
        return this.#closeHubs(pairs)
      }
      for (let i = 0; i < entries.length; i += 2) {
        const below = this.#move(move, entries[i + 1]!, level + 1)
        if (below !== EMPTY) pairs.push(entries[i]!, below)
      }
      return this.#close(pairs, level)
    })
  }

  /** `pairs`: slices and the closed sets that follow them, alternating. */
  #close(pairs: readonly number[], level: number): number {
    const d = this.#diagrams
    const { offset, child, agenda, touched } = this.#desks[level]!
    const collect = (slice: number, set: number): void => {
      const before = child[slice - offset]!
      const after = d.union(before, set)
      if (after === before) return
      if (before === EMPTY) touched.push(slice)
      child[slice - offset] = after
      agenda.add(slice - offset)
    }
    for (let i = 0; i < pairs.length; i += 2) collect(pairs[i]!, pairs[i + 1]!)
    for (let at = agenda.take(); at >= 0; at = agenda.take()) {
      const below = child[at]!
      const row = this.#moves.row(level, at + offset)
      for (let i = 0; i < row.length; i += 2) {
        const set = this.#move(row[i + 1]!, below, level + 1)
        if (set === EMPTY) continue
        if (row[i] === IMPOSSIBLE_TARGET) meetImpossible()
        collect(row[i]!, set)
      }
    }
    touched.sort((a, b) => a - b)
    d.begin()
    for (const slice of touched) {
      d.push(slice, child[slice - offset]!)
      child[slice - offset] = EMPTY
    }
    touched.length = 0
    return d.finish()
  }

  /** The hubs and all that they lead to by themselves, as a set. */
  #closeHubs(hubs: readonly number[]): number {
    const { hubLocalStart, stepTarget } = this.#compiled.tables
    const seen = new Set(hubs)
    for (const hub of seen) {
      if (hub === IMPOSSIBLE_TARGET) meetImpossible()
      for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++) seen.add(stepTarget[step]!)
    }
    this.#diagrams.begin()
    for (const hub of [...seen].sort((a, b) => a - b)) this.#diagrams.push(hub, END)
    return this.#diagrams.finish()
  }
}

/** The places of some of an order among themselves. */
function ranked(places: Int32Array): Int32Array {
  const ranks = new Int32Array(places.length)
  const inOrder = Int32Array.from(places.keys()).sort((a, b) => places[a]! - places[b]!)
  inOrder.forEach((slice, rank) => {
    ranks[slice] = rank
  })
  return ranks
}
