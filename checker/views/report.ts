/** What a check of every number of groups takes and gives back: plain data. */
import type { Finding, Path } from '../property.ts'
import type { TableSizes } from '../report.ts'

export type EveryVerdict = 'holds' | 'not applicable' | 'not reached' | 'violated' | 'reached' | 'not decided'

export interface EveryFinding {
  readonly property: string
  readonly verdict: EveryVerdict
  /** It is proved for every number of groups. */
  readonly forEvery?: true
  /** Violated or reached: the smallest number of groups with which it is. */
  readonly smallest?: number
  /** And with every larger number, as further groups may stay idle; otherwise nothing is said of larger ones. */
  readonly andMore?: true
  /** In the member with `smallest` groups. */
  readonly path?: Path
  readonly group?: number
  /** Why it is not decided. */
  readonly reason?: string
}

export interface EveryReport {
  readonly findings: readonly EveryFinding[]
  /** How many views there are, and of how many groups beside the shared parts: 1 or 2. */
  readonly views: number
  readonly size: 1 | 2
  /** Numbers of the shared parts that were found to be the sum of what each group adds. */
  readonly sums: readonly string[]
  /** A number that the number of groups does not bound, from which on it only counts as *many*. */
  readonly many?: number
  /** The members that were searched for counterexamples and witnesses, as long as there was need. */
  readonly searched: readonly SearchedMember[]
  /** What the proofs lack: nothing was proved. */
  readonly obstacle?: string
  readonly seconds: number
  readonly tables: TableSizes
}

/** A member that was searched: to its end, until it had shown all that was open, or as far as bounds let it. */
export interface SearchedMember {
  readonly groups: number
  readonly states: number
  readonly exhausted: boolean
  readonly allShown?: true
}

export interface EveryOptions {
  /** Largest member to search for counterexamples. Default 6. */
  readonly maxGroups?: number
  /** Seconds for all of it. */
  readonly maxSeconds?: number
  /** States of one member to search at most. Default 10 million. */
  readonly maxStates?: number
  readonly maxMemory?: number
  readonly maxSlices?: number
  readonly shouldStop?: () => boolean
  /** Told what is being done. */
  readonly onProgress?: (doing: string) => void
}

/** Found in a member with so many groups. */
export interface Shown {
  readonly groups: number
  readonly finding: Finding
}
