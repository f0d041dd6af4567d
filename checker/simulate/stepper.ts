import { validateSystem } from '../compile/chain.ts'
import { LinkRunner } from '../compile/run-link.ts'
import { SynchronousSide } from '../compile/synchronous.ts'
import { TupleInterner } from '../compile/tuples.ts'
import type { Event, State, System, World } from '../system.ts'
import { MOVE, Moves } from './moves.ts'

/** A world as numbers: a slice per group, then the hub. */
export type Digits = Int32Array

/** A step: what takes it, what is seen of it, and where it leads. */
export interface Move {
  /** Place among the rules, then the synchronous rules. */
  readonly rule: number
  /** -1: the shared parts alone, or every part at once. */
  readonly group: number
  readonly choice: number
  /** See `LinkRunner.effects`. */
  readonly effects: number
  readonly to: Digits
}

/** Where a part stands in a world. */
export interface Place {
  readonly tuples: TupleInterner
  readonly column: number
  readonly at: number
}

/** The number of the part's state. */
export function numberAt({ tuples, column, at }: Place, digits: Digits): number {
  return tuples.digits[digits[column]! * tuples.width + at]!
}

interface Kind {
  readonly partNames: readonly string[]
  readonly slices: TupleInterner
  readonly moves: Moves
  readonly together: readonly SynchronousSide[]
}

/**
 * Takes steps through a system, one world at a time: for worlds too many to tabulate. The order of the steps of a world is
 * fixed, and an event is numbered as `events` numbers it.
 */
export class Stepper {
  readonly system: System
  readonly runner = new LinkRunner()
  readonly #kinds: readonly Kind[]
  readonly #kindOf: readonly number[]
  readonly #sharedNames: readonly string[]
  readonly #hubs: TupleInterner
  readonly #hubMoves: Moves
  readonly #hubTogether: readonly SynchronousSide[]

  /** @throws CheckerFault BAD_SYSTEM, BAD_CHAIN */
  constructor(system: System) {
    validateSystem(system)
    const { runner } = this
    const [world] = system.initial
    const synchronous = system.synchronous ?? []
    this.system = system
    this.#sharedNames = Object.keys(world!.shared).sort()
    this.#hubs = new TupleInterner(this.#sharedNames.length)
    const movesOf = (kind: string | undefined, partNames: readonly string[], slices: TupleInterner): Moves =>
      new Moves(system, kind, partNames, this.#sharedNames, slices, this.#hubs, runner)
    const names = [...new Set(system.groups.map(({ kind }) => kind))]
    this.#kindOf = system.groups.map(({ kind }) => names.indexOf(kind))
    this.#kinds = names.map((name, k) => {
      const partNames = Object.keys(world!.groups[this.#kindOf.indexOf(k)]!).sort()
      const slices = new TupleInterner(partNames.length)
      const together = synchronous.map((rule) => new SynchronousSide(rule, false, partNames, runner))
      return { partNames, slices, moves: movesOf(name, partNames, slices), together }
    })
    this.#hubMoves = movesOf(undefined, [], new TupleInterner(0))
    this.#hubTogether = synchronous.map((rule) => new SynchronousSide(rule, true, this.#sharedNames, runner))
  }

  get groups(): number {
    return this.#kindOf.length
  }

  /** Local states met so far. */
  get sizes(): { readonly slices: number; readonly hubs: number } {
    return { slices: this.#kinds.reduce((sum, { slices }) => sum + slices.size, 0), hubs: this.#hubs.size }
  }

  encode(world: World): Digits {
    const slices = world.groups.map((parts, group) => {
      const { partNames, slices } = this.#kinds[this.#kindOf[group]!]!
      return slices.intern(Int32Array.from(partNames, (name) => this.runner.part(name, false).intern(parts[name])))
    })
    const shared = this.#sharedNames.map((name) => this.runner.part(name, true).intern(world.shared[name]))
    return Int32Array.from([...slices, this.#hubs.intern(Int32Array.from(shared))])
  }

  decode(digits: Digits): World {
    const groups = this.#kindOf.map((kind, group) => {
      const { partNames, slices } = this.#kinds[kind]!
      return this.#read(partNames, slices, digits[group]!, false)
    })
    return { shared: this.#read(this.#sharedNames, this.#hubs, digits[this.groups]!, true), groups }
  }

  /** Where to read the number of a part's state: of a group, or (as -1) of the shared parts. */
  place(group: number, name: string): Place {
    const kind = group < 0 ? undefined : this.#kinds[this.#kindOf[group]!]!
    const names = kind?.partNames ?? this.#sharedNames
    return { tuples: kind?.slices ?? this.#hubs, column: group < 0 ? this.groups : group, at: names.indexOf(name) }
  }

  /** How many steps are possible. @throws CheckerFault IMPOSSIBLE_MET */
  count(digits: Digits): number {
    const hub = digits[this.groups]!
    let count = 0
    for (let g = -1; g < this.groups; g++) {
      const moves = this.#movesOf(g)
      const row = moves.row(g < 0 ? 0 : digits[g]!, hub, g)
      count += (moves.end(row) - moves.first(row)) / MOVE
    }
    for (let rule = 0; rule < this.#hubTogether.length; rule++) if (this.#together(digits, rule)) count++
    return count
  }

  /** The step at a place below `count`. */
  at(digits: Digits, place: number): Move {
    let left = place
    for (let g = -1; g < this.groups; g++) {
      const moves = this.#movesOf(g)
      const row = moves.row(g < 0 ? 0 : digits[g]!, digits[this.groups]!, g)
      const length = (moves.end(row) - moves.first(row)) / MOVE
      if (left < length) return this.#move(digits, g, moves, moves.first(row) + left * MOVE)
      left -= length
    }
    for (let rule = 0; ; rule++) {
      const to = this.#together(digits, rule)
      if (to !== undefined && left-- === 0) return this.#togetherMove(rule, to)
    }
  }

  all(digits: Digits): Move[] {
    return Array.from({ length: this.count(digits) }, (_, place) => this.at(digits, place))
  }

  /** The step that an event is in this world; `undefined` where it is not possible. */
  find(digits: Digits, { rule: name, group = -1, choice }: Event): Move | undefined {
    const { rules, synchronous = [] } = this.system
    const together = synchronous.findIndex((rule) => rule.name === name)
    if (together >= 0) {
      const to = this.#together(digits, together)
      return to && this.#togetherMove(together, to)
    }
    const rule = rules.findIndex((candidate) => candidate.name === name)
    const moves = this.#movesOf(group)
    const row = moves.row(group < 0 ? 0 : digits[group]!, digits[this.groups]!, group)
    for (let at = moves.first(row); at < moves.end(row); at += MOVE) {
      if (moves.items[at] === rule && moves.items[at + 1] === choice) return this.#move(digits, group, moves, at)
    }
    return undefined
  }

  /** The event of a step. */
  event({ rule, group, choice }: Move): Event {
    const { rules, synchronous = [] } = this.system
    const { name } = rules[rule] ?? synchronous[rule - rules.length]!
    return group < 0 ? { rule: name, choice } : { rule: name, group, choice }
  }

  #movesOf(group: number): Moves {
    return group < 0 ? this.#hubMoves : this.#kinds[this.#kindOf[group]!]!.moves
  }

  #move(digits: Digits, group: number, { items }: Moves, at: number): Move {
    const to = digits.slice()
    if (group >= 0) to[group] = items[at + 2]!
    to[this.groups] = items[at + 3]!
    return { rule: items[at]!, group, choice: items[at + 1]!, effects: items[at + 4]!, to }
  }

  #togetherMove(rule: number, to: Digits): Move {
    const { rules, synchronous = [] } = this.system
    const effects = this.runner.effects.intern(synchronous[rule]!.effects ?? [])
    return { rule: rules.length + rule, group: -1, choice: 0, effects, to }
  }

  /** Where a synchronous rule leads; `undefined`: some part blocks. */
  #together(digits: Digits, rule: number): Digits | undefined {
    const to = new Int32Array(this.groups + 1)
    const shared = this.#hubTogether[rule]!
    if (!shared.advance(this.#hubs.digits, digits[this.groups]! * this.#hubs.width)) return undefined
    to[this.groups] = this.#hubs.intern(shared.next)
    for (let g = 0; g < this.groups; g++) {
      const { slices, together } = this.#kinds[this.#kindOf[g]!]!
      const side = together[rule]!
      if (!side.advance(slices.digits, digits[g]! * slices.width)) return undefined
      to[g] = slices.intern(side.next)
    }
    return to
  }

  #read(names: readonly string[], tuples: TupleInterner, tuple: number, shared: boolean): Record<string, State> {
    return Object.fromEntries(
      names.map((name, i) => [name, this.runner.part(name, shared).states[tuples.digits[tuple * tuples.width + i]!]]),
    )
  }
}
