/** Verdicts per kernel profile: the worlds in which they are decided, and what a table of them looks like. */
import type { Verdict } from '../../checker/index.ts'
import { type ProfileName, profileNames } from '../../model/index.ts'
import type { Overrides } from '../scenario.ts'

/** A scenario at bounds so small that every profile can be asked in a moment. */
export interface VerdictWorld {
  readonly scenario: string
  /** What tells it from other worlds of the scenario. */
  readonly variant?: string
  readonly bounds: Omit<Overrides, 'kernel'>
  /** Why what this world breaks says nothing of the kernel as it is: a setting or a race that the scenario is about. */
  readonly mode?: string
}

/** The profiles under which every world is decided: those that are whole. FreeBSD's is Linux but for twelve rules, which `--against` shows. */
export type VerdictProfile = Exclude<ProfileName, 'freebsd-14'>
export const verdictProfiles = profileNames.filter((name): name is VerdictProfile => name !== 'freebsd-14')

/** One verdict that all profiles share, or one for each. */
export type PerProfile = Verdict | Readonly<Record<VerdictProfile, Verdict>>

/** By world (`worldName`), then by property. */
export type VerdictTable = Readonly<Record<string, Readonly<Record<string, PerProfile>>>>

export const worldName = ({ scenario, variant }: VerdictWorld): string =>
  variant === undefined ? scenario : `${scenario}, ${variant}`
