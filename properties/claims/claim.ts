/** A claim that is read about a connection on Linux, and the runs that decide it. */
import type { Verdict } from '../../checker/index.ts'
import { linuxProfiles, type ProfileName, profiles, type Stack, type Sysctl, type Sysctls } from '../../model/index.ts'
import type { TcpProperty } from '../property.ts'
import type { Overrides, Scenario } from '../scenario.ts'
import type { ArticleName } from './articles.ts'

/** `only if`: false as it stands, true under a condition that it does not mention. */
export type ClaimVerdict = 'true' | 'false' | 'only if'

/** A property is asked of a world. */
export interface Asked {
  readonly property: TcpProperty
  readonly world: Scenario
  readonly change?: Overrides
  /** These are as the kernel ships them; otherwise retries are few and cookies off, as in every scenario. */
  readonly shipped?: readonly Sysctl[]
  /** What comes out if the claim is true. */
  readonly claimed: Verdict
  /** The condition of `only if` is granted. */
  readonly granted?: true
}

/** SYNs arrive one after another until one makes no request, or third ACKs until one makes no child. */
export interface Filled {
  readonly queue: 'SYN queue' | 'accept queue'
  readonly backlog: number
  readonly sysctls: Partial<Sysctls>
  /** How many there is room for if the claim is true. */
  readonly claimed: number
  readonly granted?: true
}

/** A few segments at one listener, played by a function. */
export interface Played {
  readonly play: (stack: Stack) => string
  /** What is played, as a noun. */
  readonly what: string
  readonly sysctls: Partial<Sysctls>
  readonly claimed: string
  readonly granted?: true
}

export type Experiment = Asked | Filled | Played

export interface Claim {
  readonly id: string
  readonly articles: readonly ArticleName[]
  /** In our words. */
  readonly says: string
  /** Read after “only if”. */
  readonly onlyIf?: string
  /** What is the case, in a sentence or two. */
  readonly because: string
  /** linux: function. */
  readonly source: string
  readonly experiments: readonly Experiment[]
  readonly verdicts: Readonly<Partial<Record<ProfileName, ClaimVerdict>>>
  /** Kernels of which it is not asked, and why. */
  readonly unasked?: Readonly<Partial<Record<ProfileName, string>>>
}

/** The claims are about Linux, oldest first: RFC 9293 knows no queues. */
export const claimKernels: readonly ProfileName[] = linuxProfiles
  .filter((name) => profiles[name].dialect.queues)
  .reverse()

type Verdicts = Claim['verdicts']

export const everywhere = (verdict: ClaimVerdict): Verdicts => Object.fromEntries(claimKernels.map((k) => [k, verdict]))

/** One verdict up to a kernel, that one included, another after it. */
export const until = (last: ProfileName, then: ClaimVerdict, later: ClaimVerdict): Verdicts => {
  const at = claimKernels.indexOf(last)
  return Object.fromEntries(claimKernels.map((k, i) => [k, i <= at ? then : later]))
}

/** Of one kernel and those after it. */
export const since = (first: ProfileName, verdict: ClaimVerdict): Verdicts =>
  Object.fromEntries(claimKernels.slice(claimKernels.indexOf(first)).map((k) => [k, verdict]))
