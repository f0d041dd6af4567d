/** Runs what `table.ts` remembers. */
import type { Verdict } from '../../checker/index.ts'
import type { ProfileName } from '../../model/index.ts'
import { ask } from '../ask.ts'
import { scenarios } from '../scenarios/index.ts'
import { type PerProfile, type VerdictTable, type VerdictWorld, verdictProfiles, worldName } from './world.ts'
import { verdictWorlds } from './worlds.ts'

/** Every property of the scenario, asked of this profile; what was not explored to the end is `inconclusive`. */
export const decide = ({ scenario, bounds }: VerdictWorld, kernel: ProfileName): Readonly<Record<string, Verdict>> => {
  const { asked } = ask(scenarios.find((s) => s.name === scenario)!, { ...bounds, kernel })
  return Object.fromEntries(asked.map(({ property, finding }) => [property.id, finding.verdict]))
}

/** All worlds, all profiles: what `npm run pin` writes down. */
export const decideAll = (worlds: readonly VerdictWorld[] = verdictWorlds): VerdictTable =>
  Object.fromEntries(
    worlds.map((world) => {
      const found = verdictProfiles.map((name) => [name, decide(world, name)] as const)
      const ids = Object.keys(found[0]![1])
      const row = (id: string): PerProfile => {
        const verdicts = found.map(([name, verdicts]) => [name, verdicts[id]!] as const)
        const [, first] = verdicts[0]!
        return verdicts.every(([, v]) => v === first) ? first : (Object.fromEntries(verdicts) as PerProfile)
      }
      return [worldName(world), Object.fromEntries(ids.map((id) => [id, row(id)]))]
    }),
  )
