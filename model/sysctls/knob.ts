/** What a setting is, however it is set. */
import type { ProfileName } from '../profile/index.ts'
import type { Touched } from './rule.ts'

export interface Knob {
  readonly name: string
  readonly is: 'sysctl' | 'socket option' | 'argument' | 'message' | 'no such sysctl'
  /** Its effect, in one sentence. Of one that does not exist: what happens in truth. */
  readonly means: string
  readonly source: string
  /** How values are spelled, and what they count. */
  readonly range: string
  /** Per profile; `–` where that kernel does not have it. */
  readonly defaults?: Readonly<Record<ProfileName, string>>
  readonly touches: readonly Touched[]
  /** Where a world sets it: a sysctl by that name, or a field of `Stack`. */
  readonly setBy?: string
  /** Of one that does not exist: what does what people expect of it. */
  readonly instead?: readonly string[]
}
