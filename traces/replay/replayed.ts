/** What the replay of one connection finds. */
import type { ProfileName, Socket } from '../../model/index.ts'
import type { ServerEnd } from './actors/server-end.ts'
import type { Alternative } from './beliefs.ts'
import type { EndReplay } from './end.ts'
import type { Observation } from './packets/observation.ts'
import type { Tap } from './packets/tap.ts'
import type { Judgement } from './verdict.ts'

/** What both ends may be from a packet until the next. */
export interface Belief {
  readonly packet: number
  /** In the cheapest hypotheses, those that invent least. */
  readonly client: readonly string[]
  readonly server: readonly string[]
  /** In all hypotheses within the bound. */
  readonly possible: { readonly client: readonly string[]; readonly server: readonly string[] }
}

export interface ReplayedConnection extends Judgement {
  readonly client: string
  readonly server: string
  readonly packets: number
  readonly tap: Tap
  readonly kernels: { readonly client: ProfileName; readonly server: ProfileName }
  /** Shipped profiles that explain each end, where they were tried. */
  readonly fits: { readonly client: readonly ProfileName[]; readonly server: readonly ProfileName[] }
  /** For each packet of the capture, as far as it is explained, or for such packets: made when it is read. */
  readonly timeline: (isWanted?: (packet: number) => boolean) => readonly Belief[]
  /** What is supposed of the capture itself: that it begins in the middle, or lacks packets. */
  readonly supposes?: readonly string[]
  /** What the cheapest hypotheses had to invent, after what is supposed of the capture. */
  readonly invents: readonly string[]
  /** What else the ends could be at the end, and what that would have to invent. */
  readonly alternatives: readonly Alternative[]
  /** Numbers of the packets that are known to be forged: neither end has to account for them. */
  readonly forged: readonly number[]
}

export interface Replayed {
  readonly connection: ReplayedConnection
  readonly observations: readonly Observation[]
  /** The observations are those of the connection as it stands. */
  readonly isAsCaptured?: true
  /** For each observation, as far as they are explained, or for those of such packets. */
  readonly beliefs: (isWanted?: (packet: number) => boolean) => readonly Belief[]
  /** The last of them. */
  readonly lastBelief: () => Belief | undefined
  readonly client?: EndReplay<Socket>
  readonly server?: EndReplay<ServerEnd>
  /** Seconds by which the clock of the capture was set forward meanwhile, in all; the observations have it steady. */
  readonly clockAhead?: number
  /** Each end under every kernel that was tried. */
  readonly tried?: {
    readonly client: readonly EndReplay<Socket>[]
    readonly server: readonly EndReplay<ServerEnd>[]
  }
}
