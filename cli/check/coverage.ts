/** What the search never met: a model that cannot do it, or a world too small to show it. */
import type { Report } from '../../checker/index.ts'
import { wrapped } from '../words/table.ts'

const WIDTH = 110

/** Nothing, when every rule fired and every property was exercised. */
export const coverageLines = ({ coverage, exhausted }: Report): string[] => {
  const soFar = exhausted ? '' : ' so far'
  return [
    line(`rules that never fired${soFar}`, coverage.rulesNeverFired),
    line(`properties never exercised${soFar}`, coverage.propertiesNeverExercised),
  ].flat()
}

const line = (what: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`  ${wrapped(`${what}: ${names.join(', ')}`, WIDTH, '    ')}\n`]
