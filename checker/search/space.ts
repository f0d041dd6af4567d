import type { Compiled } from '../compile/index.ts'
import type { World } from '../system.ts'
import { Expander, type Visit, type Watch } from './expand.ts'
import type { Rows } from './rows.ts'

/** What a search walks over: worlds as integers, each standing for itself or for all that symmetry makes equal to it. */
export interface Space {
  /** All indices are below. */
  readonly size: number
  /** Numbers per world in `digits`: a slice per group, then the hub. */
  readonly columns: number
  readonly initial: readonly number[]
  /** Initial worlds that a constraint cuts off. */
  readonly outside: readonly number[]
  /** Writes, for each index, a slice number per group and then the hub. */
  digits(indices: Float64Array, count: number, into: Int32Array): void
  /** How many worlds the indices stand for. */
  worlds(indices: Float64Array, count: number): number
  /** The digits of each of these worlds, by group; each is valid until the next. */
  arrangements(digits: Int32Array, at: number): Iterable<Int32Array>
  successors(block: number, watch: Watch): Successors
  decode(index: number): World
}

/** Expands blocks of indices. */
export interface Successors {
  readonly rows: Rows
  /** The last block's successors, and where those of each index end. */
  readonly out: Float64Array<ArrayBuffer>
  readonly ends: Int32Array
  /** Positions in the last block of worlds that no step leads away from. */
  readonly stuck: readonly number[]
  /** Worlds that the last block stands for, and the steps of all of these. */
  readonly worlds: number
  readonly steps: number
  /** Says how many successors there are. @throws CheckerFault IMPOSSIBLE_MET */
  expand(indices: Float64Array, digits: Int32Array, count: number): number
  /** Every step of the worlds, one by one: slow, and only where each index is one world. */
  eachStep(indices: Float64Array, digits: Int32Array, count: number, visit: Visit): void
}

/** Every world by itself, by its place in the product index. */
export function productSpace(compiled: Compiled): Space {
  const { codec, initial } = compiled
  codec.refuseIfTooLarge()
  return {
    size: codec.size,
    columns: codec.groups + 1,
    initial,
    outside: [],
    digits: (indices, count, into) => codec.digits(indices, count, into),
    worlds: (_indices, count) => count,
    arrangements: (digits, at) => [digits.subarray(at, at + codec.groups + 1)],
    successors: (block, watch) => new Expander(compiled, block, watch),
    decode: (index) => codec.decode(index),
  }
}
