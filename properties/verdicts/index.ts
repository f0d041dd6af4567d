/**
 * What each property says of each kernel profile.
 *
 * @example
 * expectedVerdicts('Q9')?.['linux-4.9']   // 'violated': there a full accept queue still admits SYNs
 */
import type { Verdict } from '../../checker/index.ts'
import { verdictTable } from './table.ts'
import { type PerProfile, type VerdictProfile, type VerdictWorld, verdictProfiles, worldName } from './world.ts'
import { verdictWorlds } from './worlds.ts'

export type ByProfile = Readonly<Record<VerdictProfile, Verdict>>

/** What one world says of a property, profile by profile. */
export interface VerdictRow extends VerdictWorld {
  readonly world: string
  readonly verdicts: ByProfile
}

const spread = (verdict: PerProfile): ByProfile =>
  typeof verdict === 'string'
    ? (Object.fromEntries(verdictProfiles.map((name) => [name, verdict])) as ByProfile)
    : verdict

/** The worlds in which a property is asked of every profile, with what they say. */
export const verdictRows = (id: string): VerdictRow[] =>
  verdictWorlds.flatMap((world) => {
    const verdict = verdictTable[worldName(world)]?.[id]
    return verdict === undefined ? [] : [{ ...world, world: worldName(world), verdicts: spread(verdict) }]
  })

/** Every world that every profile was asked in, with all that it says: scenario × property × verdict per profile. */
export const allVerdictRows = (): (VerdictRow & { readonly property: string })[] =>
  verdictWorlds.flatMap((world) =>
    Object.entries(verdictTable[worldName(world)] ?? {}).map(([property, verdict]) => ({
      ...world,
      world: worldName(world),
      property,
      verdicts: spread(verdict),
    })),
  )

/** Of several worlds the one that says most: a counterexample, a witness, then what was left open, then what holds. */
const order: readonly Verdict[] = ['violated', 'reached', 'inconclusive', 'holds', 'not reached', 'not applicable']

/** One verdict per profile, over all worlds that show the kernel as it is; undefined where no such world asks. */
export const expectedVerdicts = (id: string): ByProfile | undefined => {
  const rows = verdictRows(id).filter(({ mode }) => mode === undefined)
  if (rows.length === 0) return undefined
  const most = (name: VerdictProfile): Verdict => order.find((v) => rows.some(({ verdicts }) => verdicts[name] === v))!
  return Object.fromEntries(verdictProfiles.map((name) => [name, most(name)])) as ByProfile
}
