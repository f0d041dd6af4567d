/** A requirement of the conformance suite. */
import { type Requirement, services } from '../../traces/conform/index.ts'
import type { Explanation } from './explanation.ts'

const levels: Readonly<Record<Requirement['level'], string>> = {
  MUST: 'MUST',
  SHOULD: 'SHOULD',
  MAY: 'MAY: allowed, and told',
  RULE: 'RULE: event processing without a number, in which stacks "should differ only in detail"',
}

export const ofRequirement = ({ id, level, says, source, needs }: Requirement): Explanation => ({
  id,
  is: 'requirement',
  says,
  level: levels[level],
  source,
  ...(needs.length > 0 && {
    'needs a service': Object.fromEntries(
      needs.map((name) => [name, `port ${services[name].port}: ${services[name].does}`]),
    ),
  }),
  run: `halfopen conform TARGET --requirement ${id}`,
})
