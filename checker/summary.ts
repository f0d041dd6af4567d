/** What every engine's report says in the same way. */
import type { Compiled } from './compile/index.ts'
import type { Finding, Verdict } from './property.ts'
import type { Coverage, TableSizes } from './report.ts'
import { type Entry, isWitness } from './search/record.ts'
import type { System } from './system.ts'

/** The verdict on a property of which no violation and no witness was found. */
export function undecided({ property, exercised }: Entry, exhausted: boolean): Verdict {
  if (!exhausted) return 'inconclusive'
  if (isWitness(property)) return 'not reached'
  return exercised ? 'holds' : 'not applicable'
}

export function tableSizes({ tables, codec, closed }: Compiled): TableSizes {
  return { slices: tables.slices, hubs: tables.hubs, index: codec.size, reducerRuns: closed.runner.runs }
}

/** `fired`: the rules that were taken, if that is known. A leads-to property that was not decided was not asked either. */
export function coverageOf(
  { rules, synchronous = [] }: System,
  fired: ReadonlySet<string> | undefined,
  entries: readonly Entry[],
  findings: readonly Finding[],
): Coverage {
  const never = ({ property, exercised, hit }: Entry, at: number): boolean => {
    if (property.kind === 'leads-to') return findings[at]!.verdict === 'not applicable'
    return isWitness(property) ? hit === undefined : !exercised
  }
  const names = [...rules, ...synchronous].map(({ name }) => name)
  return {
    rulesNeverFired: fired === undefined ? [] : names.filter((name) => !fired.has(name)),
    propertiesNeverExercised: fired === undefined ? [] : entries.filter(never).map(({ property }) => property.id),
  }
}
