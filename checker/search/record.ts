import type { Property } from '../property.ts'

/** Where a property was decided: a world (`from` alone) or a step, the level of `from`, and the group it was asked of. */
export interface Hit {
  readonly level: number
  readonly from: number
  readonly to?: number
  readonly group: number
  /** Digits of the very world that is meant, where `from` stands for several. */
  readonly world?: readonly number[]
}

/** What a search has learnt of one property so far. */
export interface Entry {
  readonly property: Property
  /** Its `given` held somewhere. */
  exercised: boolean
  /** Whether it holds was settled before the search. */
  proved?: 'holds' | 'not applicable'
  /** The first violation, or the first witness of a reachable property. */
  hit: Hit | undefined
}

/** It is looked for, not forbidden: a hit is good news. */
export function isWitness({ kind }: Property): boolean {
  return kind === 'reachable' || kind === 'happens'
}
