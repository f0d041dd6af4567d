/** What every engine's report says in the same way. */
import type { Compiled } from './compile/index.ts'
import type { Verdict } from './property.ts'
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

export function coverageOf(
  { rules, synchronous = [] }: System,
  fired: ReadonlySet<string>,
  entries: readonly Entry[],
): Coverage {
  const never = ({ property, exercised, hit }: Entry): boolean => (isWitness(property) ? hit === undefined : !exercised)
  return {
    rulesNeverFired: [...rules, ...synchronous].map(({ name }) => name).filter((name) => !fired.has(name)),
    propertiesNeverExercised: entries.filter(never).map(({ property }) => property.id),
  }
}
