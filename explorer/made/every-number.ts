/** What is pinned of each scenario for every number of clients. */
import { everyPins, scenarios } from '../../properties/index.ts'

export interface EveryNumber {
  readonly verdicts: readonly string[]
  /** By scenario: for each of its properties, in their order, which of the verdicts, as a letter. */
  readonly of: Readonly<Record<string, string>>
}

const verdicts = [...new Set(Object.values(everyPins).flatMap((pins) => Object.values(pins)))].sort()

/** A property that is not pinned has none. */
const letterOf = (verdict: string | undefined): string =>
  verdict === undefined ? ' ' : String.fromCharCode(97 + verdicts.indexOf(verdict))

export const made: EveryNumber = {
  verdicts,
  of: Object.fromEntries(
    scenarios.map(({ name, properties }) => [name, properties.map((id) => letterOf(everyPins[name]?.[id])).join('')]),
  ),
}
