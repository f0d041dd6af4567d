import { check, checkCompiled } from '../check.ts'
import type { Compiled } from '../compile/index.ts'
import type { Property } from '../property.ts'
import type { System } from '../system.ts'
import type { Family } from './family.ts'
import type { EveryOptions, SearchedMember, Shown } from './report.ts'

type Searched = SearchedMember

/**
 * Looks through the members of a family, one group more each time, for counterexamples and witnesses. A property leaves the
 * search at the first member that shows it, so that its number of groups is the smallest, or at one too large to explore.
 * @param compiled gives tables of a member that need not be filled anew, if there are any
 * @param ask the properties as they are asked of a member
 */
export function smallest(
  family: Family,
  compiled: (member: System) => Compiled | undefined,
  ask: (ids: readonly string[], groups: number) => readonly Property[],
  ids: readonly string[],
  options: EveryOptions,
): { readonly seen: ReadonlyMap<string, Shown>; readonly searched: readonly Searched[] } {
  const {
    maxGroups = 6,
    maxSeconds = Number.POSITIVE_INFINITY,
    maxStates = 10_000_000,
    shouldStop,
    maxMemory,
  } = options
  const seen = new Map<string, Shown>()
  const searched: Searched[] = []
  const start = performance.now()
  let open = ids
  for (let groups = family.from ?? 1; groups <= maxGroups && open.length > 0; groups++) {
    const left = maxSeconds - (performance.now() - start) / 1000
    if (left <= 0 || shouldStop?.()) break
    options.onProgress?.(`searching ${groups} for ${open.join(', ')}`)
    const properties = ask(open, groups)
    const member = family.ofSize(groups)
    const tables = compiled(member)
    const how = {
      maxStates,
      untilShown: true,
      ...(left < Number.POSITIVE_INFINITY && { maxSeconds: left }),
      ...(maxMemory !== undefined && { maxMemory }),
      ...(shouldStop && { shouldStop }),
    }
    const { findings, states, exhausted, bound } =
      tables === undefined ? check(member, properties, how) : checkCompiled(tables, properties, how)
    searched.push({ groups, states, exhausted, ...(bound === 'all shown' && { allShown: true as const }) })
    for (const finding of findings)
      if (finding.verdict === 'violated' || finding.verdict === 'reached')
        seen.set(finding.property, { groups, finding })
    const undecided = new Set(
      findings.flatMap(({ property, verdict }) => (verdict === 'inconclusive' ? [property] : [])),
    )
    open = open.filter((id) => !seen.has(id) && !undecided.has(id))
  }
  return { seen, searched }
}
