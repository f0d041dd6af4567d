import type { Property } from './property.ts'
import type { CheckOptions, Report } from './report.ts'
import type { System } from './system.ts'

/**
 * Explores everything the system can reach and decides every property.
 * A bound that is hit makes undecided properties `inconclusive`, never `holds`.
 * @throws CheckerFault for a malformed system or property, and when a reachable world was declared impossible.
 */
export function check(_system: System, _properties: readonly Property[], _options: CheckOptions = {}): Report {
  throw new Error('not yet')
}
