import { CheckerFault } from '../faults.ts'
import type { Property } from '../property.ts'
import { isWitness } from '../search/record.ts'
import { tableSizes } from '../summary.ts'
import type { System } from '../system.ts'
import { validateOptions, validateProperty } from '../well-formed.ts'
import type { Family } from './family.ts'
import { mayStayIdle } from './idle.ts'
import { memberOf } from './member.ts'
import { type Proof, prove, proveByPairs } from './prove.ts'
import type { EveryFinding, EveryOptions, EveryReport, Shown } from './report.ts'
import { smallest } from './smallest.ts'
import { type Tabulated, tabulate } from './tabulate.ts'

const OPTIONS = Object.keys({
  maxGroups: 0,
  maxSeconds: 0,
  maxStates: 0,
  maxMemory: 0,
  maxSlices: 0,
  shouldStop: 0,
  onProgress: 0,
} satisfies Record<keyof EveryOptions, 0>)

/** The properties as they are asked of the family (`undefined`) or of its member with so many groups. */
export type Ask = (groups: number | undefined) => readonly Property[]

/**
 * Decides properties for every number of groups: proved, or violated with the smallest number that shows it, or not decided.
 * The proof is by views: all that one group beside the shared parts may look like, whatever the others do.
 *
 * @example
 * checkForEvery(familyOf(mutex), () => mutexProperties).findings[0]   // { verdict: 'holds', forEvery: true, … }
 *
 * @throws CheckerFault UNSOUND_REDUCTION when the shared parts tell groups apart; BAD_SYSTEM, BAD_PROPERTY as `check` does
 */
export function checkForEvery(family: Family, ask: Ask, options: EveryOptions = {}): EveryReport {
  validateOptions(options, OPTIONS)
  const start = performance.now()
  const secondsLeft = (): number =>
    (options.maxSeconds ?? Number.POSITIVE_INFINITY) - (performance.now() - start) / 1000
  const shouldStop = (): boolean => options.shouldStop?.() === true || secondsLeft() <= 0
  const properties = ask(undefined)
  for (const property of properties) validateProperty(family.any, property)
  options.onProgress?.('one group beside what all share')
  const tabulated = tablesOf(family, options, shouldStop)
  const proof = typeof tabulated === 'string' ? undefined : prove(tabulated, family.counters, properties, shouldStop)
  const open = properties.filter(({ id }) => proof?.proved.has(id) !== true)
  const askSome = (ids: readonly string[], groups: number) => ask(groups).filter(({ id }) => ids.includes(id))
  const ids = open.map(({ id }) => id)
  const compiled = (member: System) => (typeof tabulated === 'string' ? undefined : memberOf(tabulated, member))
  const { seen, searched } = smallest(family, compiled, askSome, ids, { ...options, maxSeconds: secondsLeft() })
  const rest = open.filter(({ id }) => !seen.has(id))
  const pairs =
    typeof tabulated === 'string' || proof === undefined || rest.length === 0
      ? undefined
      : proveByPairs(tabulated, proof.views, rest, shouldStop)
  const obstacle = typeof tabulated === 'string' ? tabulated : proof?.obstacle
  const findings = properties.map((property): EveryFinding => {
    const shown = seen.get(property.id)
    if (shown !== undefined) return concrete(family, tabulated, proof, property, shown)
    const proved = proof?.proved.get(property.id) ?? pairs?.proved.get(property.id)
    return proved ?? notDecided(property, obstacle, searched)
  })
  const sharper = pairs !== undefined && pairs.proved.size > 0 ? pairs : undefined
  return {
    findings,
    views: (sharper ?? proof)?.views.size ?? 0,
    size: sharper ? 2 : 1,
    sums: proof?.sums.map(({ name }) => name) ?? [],
    ...(typeof tabulated !== 'string' && tabulated.many !== undefined && { many: tabulated.many }),
    searched,
    ...(obstacle !== undefined && !sharper && { obstacle }),
    seconds: (performance.now() - start) / 1000,
    tables:
      typeof tabulated === 'string' ? { slices: 0, hubs: 0, index: 0, reducerRuns: 0 } : tableSizes(tabulated.compiled),
  }
}

/** The tables, or why there are none. */
function tablesOf(family: Family, { maxSlices }: EveryOptions, shouldStop: () => boolean): Tabulated | string {
  try {
    return tabulate(family, { ...(maxSlices !== undefined && { maxSlices }), shouldStop })
  } catch (fault) {
    if (!(fault instanceof CheckerFault) || (fault.code !== 'TABLES_TOO_LARGE' && fault.code !== 'UNCOUNTED'))
      throw fault
    return `the tables of one group do not close: ${fault.message}`
  }
}

function concrete(
  family: Family,
  tabulated: Tabulated | string,
  proof: Proof | undefined,
  property: Property,
  { groups, finding }: Shown,
): EveryFinding {
  const { verdict, path, group } = finding
  const andMore =
    typeof tabulated !== 'string' && mayStayIdle(tabulated.compiled, kindsBeyond(family, groups), property)
  return {
    property: property.id,
    verdict: verdict as 'violated' | 'reached',
    smallest: groups,
    ...(andMore && proof !== undefined && { andMore }),
    ...(path && { path }),
    ...(group !== undefined && { group }),
  }
}

/** The kinds of which larger members have more. */
function kindsBeyond({ any, ofSize }: Family, groups: number): string[] {
  const larger = ofSize(Math.max(groups, any.groups.length) + 1).groups
  return [...new Set(larger.slice(groups).map(({ kind }) => kind))]
}

function notDecided(property: Property, obstacle: string | undefined, searched: EveryReport['searched']): EveryFinding {
  const last = searched.filter(({ exhausted }) => exhausted).at(-1)?.groups
  const tried = last === undefined ? 'no member was explored to its end' : `no member of up to ${last} groups shows it`
  const why = obstacle ?? (isWitness(property) ? 'views of one group show it' : 'views of one group might break it')
  return { property: property.id, verdict: 'not decided', reason: `${why}; ${tried}` }
}
