import type { Hit } from '../search/record.ts'

/** Where a breadth-first search stands between two blocks of states. */
export interface Standing {
  /** The level being expanded. */
  level: number
  /** Position of the first state that is not expanded yet. */
  at: number
  /** Worlds expanded on each level so far. */
  worlds: number[]
  /** Worlds on the levels before. */
  expanded: number
  transitions: number
  edges: number
  deadlocks: number
  deadlock: Hit | undefined
  /** Steps out of what constraints admit, still to be looked at. */
  cut: { readonly from: number; readonly to: number }[]
}

export const atTheBeginning = (): Standing => ({
  level: 0,
  at: 0,
  worlds: [],
  expanded: 0,
  transitions: 0,
  edges: 0,
  deadlocks: 0,
  deadlock: undefined,
  cut: [],
})

/** The level being expanded, or the last one there was. */
export const depthOf = ({ worlds }: Standing): number => Math.max(0, worlds.length - 1)
