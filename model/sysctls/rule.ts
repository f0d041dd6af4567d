/** What is known of a setting: its values, its effect, and where the kernel looks at it. */
import type { StateName } from '../states.ts'

export type Touched = Exclude<StateName, 'CLOSED'> | 'LISTEN'

export interface SysctlRule {
  readonly min: number
  readonly max: number
  readonly unit: Unit
  readonly means: string
  /** The states in which a socket of this host may behave otherwise because of it. */
  readonly touches: readonly Touched[]
  readonly source: string
  /** The first release that has it; absent: older than 3.10. */
  readonly since?: string
  /** The first release without it. */
  readonly until?: string
}

export type Unit = 'switch' | 'mode' | 'connections' | 'requests' | 'retransmissions' | 'segments per second'

/** A sysctl of this value sets no limit. */
export const UNLIMITED = 2_147_483_647
