/** What a replay is told beside the packets. */
import type { ProfileName, Sysctls } from '../../model/index.ts'
import type { Alike } from './alike.ts'
import type { AboutEnd, AskedBefore } from './end.ts'
import type { Ends } from './ends.ts'
import type { Tap } from './packets/tap.ts'
import type { Forged } from './readings/injected.ts'
import type { Limits } from './search/limits.ts'

export interface AboutConnection {
  readonly client?: AboutEnd
  readonly server?: AboutEnd
  /** Packets, by number, that a tap nearer to whom they are sent to has seen as well, or not. */
  readonly beyond?: ReadonlyMap<number, boolean>
}

export interface ReplayOptions {
  readonly tap?: Tap
  readonly limits?: Partial<Limits>
  readonly sysctls?: Partial<Sysctls>
  /** Packets that were put on the wire by somebody else. */
  readonly forged?: readonly Forged[]
  /** Packets that the capture says it dropped itself; none unless it says so. */
  readonly dropped?: number
  /** What was found of the connections before, for those that are like them; all replayed with the same options. */
  readonly alike?: Alike<Ends>
  /** What their ends were asked, for those that are not. */
  readonly asked?: AskedBefore
  /** What else is known of the ends. */
  readonly about?: AboutConnection
}

/** The kernels to try for each end, the likeliest first. */
export interface Candidates {
  readonly client: readonly ProfileName[]
  readonly server: readonly ProfileName[]
}
