/** Verdicts for every number of clients, as they are pinned. */
import type { EveryFinding } from '../../checker/index.ts'
import type { EveryAnswers } from './ask.ts'

/** By property: `holds`, `violated with 2 or more`, `reached with 1`, `not decided`. */
export type EveryPin = Readonly<Record<string, string>>

export const verdictOfEvery = ({ verdict, smallest, andMore }: EveryFinding): string =>
  smallest === undefined ? verdict : `${verdict} with ${smallest}${andMore ? ' or more' : ''}`

export const verdictsOfEvery = ({ asked }: Pick<EveryAnswers, 'asked'>): EveryPin =>
  Object.fromEntries(asked.map(({ property, finding }) => [property.id, verdictOfEvery(finding)]))
