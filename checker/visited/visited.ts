import type { VisitedName } from '../report.ts'
import { Bitset } from './bitset.ts'
import { HashTable } from './hash-table.ts'
import { PagedBitset } from './paged-bitset.ts'

/** The set of known states, as indices of the product. Exact: no two states are ever taken for one. */
export interface Visited {
  readonly name: VisitedName
  /** States in the set. */
  readonly count: number
  /** Bytes held. */
  readonly bytes: number
  /** Adds the first `count` candidates; copies those that were not known yet into `fresh`, and says how many. */
  addAll(candidates: Float64Array, count: number, fresh: Float64Array): number
  has(index: number): boolean
  /** Bytes that adding so many more may need for a while, besides those held. */
  growth(count: number): number
}

/** The fastest exact set for an index of this size that promises to stay within the memory (bytes). */
export function chooseVisited(size: number, maxMemory: number): VisitedName {
  if (size <= 2 ** 32 && size / 8 <= maxMemory / 2) return 'bitset'
  if (size <= 2 ** 36 && PagedBitset.directoryBytes(size) <= maxMemory / 4) return 'paged bitset'
  return 'hash table'
}

export function makeVisited(name: VisitedName, size: number): Visited {
  if (name === 'bitset') return new Bitset(size)
  if (name === 'paged bitset') return new PagedBitset(size)
  return new HashTable()
}
