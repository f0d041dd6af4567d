/** What the search never met: a model that cannot do it, or a world too small to show it. */
import type { Report } from '../../checker/index.ts'
import type { Page } from '../words/page.ts'
import { paragraph, unbroken } from '../words/paragraph.ts'

/** Nothing, when every rule fired and every property was exercised. */
export const coverageLines = ({ coverage, exhausted }: Report, page: Page): string[] => {
  const soFar = exhausted ? '' : ' so far'
  return [
    line(`rules that never fired${soFar}`, coverage.rulesNeverFired, page),
    line(`properties never exercised${soFar}`, coverage.propertiesNeverExercised, page),
  ].flat()
}

const line = (what: string, names: readonly string[], page: Page): string[] =>
  names.length === 0 ? [] : [paragraph(page, `  ${what}: `, names.map(unbroken).join(', '), 4)]
