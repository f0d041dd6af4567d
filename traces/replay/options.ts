/** Options of a replay, and what else is known of the connection. */
import type { ProfileName, Sysctls } from '../../model/index.ts'
import type { AboutEnd, AskedBefore } from './end.ts'
import type { Ends } from './ends.ts'
import type { Tap } from './packets/tap.ts'
import type { Injected } from './readings/injected.ts'
import type { ResultCache } from './result-cache.ts'
import type { Bounds } from './search/budget.ts'
import type { Limits } from './search/limits.ts'

export interface AboutConnection {
  readonly client?: AboutEnd
  readonly server?: AboutEnd
  /** Packets, by number: whether a tap nearer to their destination has seen them, too. */
  readonly beyond?: ReadonlyMap<number, boolean>
}

export interface ReplayOptions {
  readonly tap?: Tap
  readonly limits?: Partial<Limits>
  readonly sysctls?: Partial<Sysctls>
  /** Packets that were injected. */
  readonly forged?: readonly Injected[]
  /** Packets that the capture says it dropped itself; none unless it says so. */
  readonly dropped?: number
  /** Results of earlier connections, for equal ones; all replayed with the same options. */
  readonly alike?: ResultCache<Ends>
  /** Automata learnt from earlier connections, for all others. */
  readonly asked?: AskedBefore
  /** What else is known of the ends. */
  readonly about?: AboutConnection
  /** What a connection may cost. */
  readonly bounds?: Bounds
}

/** The kernels to try for each end, the likeliest first. */
export interface Candidates {
  readonly client: readonly ProfileName[]
  readonly server: readonly ProfileName[]
}
