/** Which profiles of the model depart in the same way: a stack is known by its company. */
import { profileNames } from '../../model/index.ts'
import type { Requirement } from './requirement.ts'
import { type ConformOptions, conform, type Judged } from './run.ts'
import { modelTarget } from './targets/model.ts'

/** The same with `sameAs`, where the profile departs from the requirement for the same reason in the same words. */
export const withSameAs = async (
  judged: readonly Judged[],
  requirements: readonly Requirement[],
  o: ConformOptions = {},
): Promise<readonly Judged[]> => {
  const departed = new Set(judged.filter((j) => j.verdict === 'departs').map((j) => j.id))
  if (departed.size === 0) return judged
  const asked = requirements.filter((r) => departed.has(r.id))
  const times = o.times?.msl === undefined ? {} : { msl: o.times.msl }
  const ways = new Map<string, typeof profileNames>()
  for (const profile of profileNames) {
    for (const { id, verdict, because } of await conform(modelTarget(profile), asked, { times })) {
      const way = `${id} ${because}`
      if (verdict === 'departs') ways.set(way, [...(ways.get(way) ?? []), profile])
    }
  }
  return judged.map((j) => {
    const sameAs = j.verdict === 'departs' ? ways.get(`${j.id} ${j.because}`) : undefined
    return sameAs === undefined ? j : { ...j, sameAs }
  })
}
