import type { Compiled } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'
import type { World } from '../system.ts'

/** Groups of one kind that any permutation leaves alike, and how their multiset is numbered. */
interface Class {
  readonly kind: number
  readonly members: readonly number[]
  /** Where the class begins when digits stand class by class. */
  readonly first: number
  readonly size: number
  /** What turns a digit into the number of a slice. */
  readonly offset: number
  /** Weight of the multiset's rank in the index. */
  readonly weight: number
  /** Multisets of this size. */
  readonly count: number
  /** By place in ascending order, what a digit adds to the rank: C(digit + place, place + 1). */
  readonly ranks: readonly Float64Array[]
}

/**
 * Worlds up to renaming interchangeable groups: each class of alike groups is a multiset of slices, kept in ascending
 * order and numbered by the combinatorial number system, so the index is dense and exact.
 */
export class Orbits {
  readonly classes: readonly Class[]
  readonly groups: number
  /** Where digits that stand class by class come from; the hub is last. */
  readonly order: readonly number[]
  /** Numbers per world: a slice per group, then the hub. */
  readonly columns: number
  /** Size of the index. */
  readonly size: number
  readonly #compiled: Compiled

  /** `apart`: a group that keeps its name, and is alike to no other. */
  constructor(compiled: Compiled, apart = -1) {
    const { closed, tables } = compiled
    this.#compiled = compiled
    this.groups = compiled.codec.groups
    this.columns = this.groups + 1
    let size = tables.hubs
    let first = 0
    this.classes = closed.kinds.flatMap(({ groups, slices }, kind): Class[] =>
      [groups.filter((group) => group === apart), groups.filter((group) => group !== apart)].flatMap((members) => {
        if (members.length === 0) return []
        const ranks = members.map((_, place) => ranksAt(place, slices.size))
        const count = choose(slices.size + members.length - 1, members.length)
        const offset = tables.kindOffset[kind]!
        const one = { kind, members, first, size: members.length, offset, weight: size, count, ranks }
        size *= count
        first += members.length
        return [one]
      }),
    )
    this.size = size
    this.order = [...this.classes.flatMap(({ members }) => members), this.groups]
  }

  /** @throws CheckerFault INDEX_TOO_LARGE when the index does not fit an exact integer (2^53). */
  refuseIfTooLarge(): void {
    if (this.size <= Number.MAX_SAFE_INTEGER) return
    throw new CheckerFault(
      'INDEX_TOO_LARGE',
      `The local states make ${this.size.toExponential(1)} worlds up to symmetry, beyond 2^53; use fewer groups, smaller bounds, or the symbolic engine.`,
    )
  }

  /** The index of digits that stand class by class, then the hub; sorts them in place. */
  encode(digits: Int32Array): number {
    let index = digits[this.groups]!
    for (const { first, size, offset, weight, ranks } of this.classes) {
      sort(digits, first, first + size)
      let rank = 0
      for (let place = 0; place < size; place++) rank += ranks[place]![digits[first + place]! - offset]!
      index += rank * weight
    }
    return index
  }

  /** Writes, for each index, the slice number of every group, ascending within a class, and then the hub. */
  digits(indices: Float64Array, count: number, into: Int32Array): void {
    for (let i = 0, at = 0; i < count; i++, at += this.columns) {
      let rest = indices[i]!
      for (let c = this.classes.length - 1; c >= 0; c--) {
        const { members, size, offset, weight, ranks } = this.classes[c]!
        let rank = Math.floor(rest / weight)
        rest -= rank * weight
        for (let place = size - 1; place >= 0; place--) {
          const digit = lastAtMost(ranks[place]!, rank)
          rank -= ranks[place]![digit]!
          into[at + members[place]!] = digit + offset
        }
      }
      into[at + this.groups] = rest
    }
  }

  /** How many worlds the orbit holds: the ways to hand its slices to the groups. */
  weight(digits: Int32Array, at: number): number {
    let ways = 1
    for (const { members, size } of this.classes) {
      for (let place = 0, alike = 0; place < size; place++) {
        alike = place > 0 && digits[at + members[place]!] === digits[at + members[place - 1]!] ? alike + 1 : 1
        ways *= (place + 1) / alike
      }
    }
    return Math.round(ways)
  }

  /** How many worlds these orbits hold. */
  worlds(indices: Float64Array, count: number): number {
    const digits = new Int32Array(count * this.columns)
    this.digits(indices, count, digits)
    let worlds = 0
    for (let at = 0; at < digits.length; at += this.columns) worlds += this.weight(digits, at)
    return worlds
  }

  /** The digits of every world of the orbit; each is valid until the next. */
  *arrangements(digits: Int32Array, at: number): Generator<Int32Array> {
    const world = digits.slice(at, at + this.columns)
    const { classes } = this
    const arrange = function* (c: number): Generator<Int32Array> {
      if (c === classes.length) {
        yield world
        return
      }
      const { members } = classes[c]!
      for (const order of permutations(members.map((group) => digits[at + group]!))) {
        order.forEach((digit, i) => {
          world[members[i]!] = digit
        })
        yield* arrange(c + 1)
      }
    }
    yield* arrange(0)
  }

  /** One world of the orbit. */
  decode(index: number): World {
    const digits = new Int32Array(this.columns)
    this.digits(Float64Array.of(index), 1, digits)
    return this.#compiled.codec.worldOf(digits)
  }

  /** The orbit of any world. */
  indexOf(world: World): number {
    const byGroup = this.#compiled.codec.digitsOf(world)
    return this.encode(Int32Array.from(this.order, (group) => byGroup[group]!))
  }
}

function ranksAt(place: number, slices: number): Float64Array {
  return Float64Array.from({ length: slices }, (_, digit) => choose(digit + place, place + 1))
}

/** n over k; beyond 2^53 only roughly. */
function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return Math.round(ways)
}

/** The last place of an ascending list whose number is at most this. */
function lastAtMost(numbers: Float64Array, most: number): number {
  let [low, high] = [0, numbers.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (numbers[middle]! <= most) low = middle
    else high = middle - 1
  }
  return low
}

/** Sorts a short stretch. */
export function sort(digits: Int32Array, from: number, end: number): void {
  for (let i = from + 1; i < end; i++) {
    const digit = digits[i]!
    let k = i
    for (; k > from && digits[k - 1]! > digit; k--) digits[k] = digits[k - 1]!
    digits[k] = digit
  }
}

/** Distinct orders of an ascending list. */
function* permutations(sorted: readonly number[]): Generator<number[]> {
  if (sorted.length <= 1) {
    yield [...sorted]
    return
  }
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue
    const rest = sorted.filter((_, k) => k !== i)
    for (const others of permutations(rest)) yield [sorted[i]!, ...others]
  }
}
