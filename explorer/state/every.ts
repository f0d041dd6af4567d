/** What is proved of a scenario's property for every number of clients; `halfopen check --clients any` proves it again. */

import { scenarioNamed } from '../../properties/index.ts'
import { made } from '../made/every-number.ts'
import type { WorldSpec } from './spec.ts'

export interface EveryVerdict {
  readonly verdict: string
  /** The smallest number of clients that decides it; absent where every number does, or none is known. */
  readonly clients?: number
  /** Any larger number does, too. */
  readonly orMore: boolean
}

/** `undefined` where anything else of the scenario is changed than the number of its clients: that is not what was proved. */
export const everyVerdictOf = ({ scenario, overrides }: WorldSpec, id: string): EveryVerdict | undefined => {
  const { clients: _, sysctls = {}, ...changed } = overrides
  const asked = scenarioNamed(scenario)?.properties.indexOf(id) ?? -1
  const said = made.verdicts[(made.of[scenario]?.charCodeAt(asked) ?? 0) - 97]
  if (said === undefined || Object.keys({ ...changed, ...sysctls }).length > 0) return undefined
  const [verdict = '', clients, ...more] = said.split(/ with | or /)
  return { verdict, ...(clients !== undefined && { clients: Number(clients) }), orMore: more.length > 0 }
}
