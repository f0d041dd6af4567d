import type { Compiled } from './compile/index.ts'
import { decideLeadsTo } from './liveness/decide.ts'
import { buildGraph } from './liveness/graph.ts'
import { isMeant, namePath } from './name-path.ts'
import type { Finding, Path, Property } from './property.ts'
import type { CheckOptions, Report } from './report.ts'
import { breadthFirst, type Searched } from './search/bfs.ts'
import type { Bounds } from './search/bounds.ts'
import { type Entry, type Hit, isWitness } from './search/record.ts'
import { walkBack } from './search/walk-back.ts'
import { coverageOf, tableSizes, undecided } from './summary.ts'

/**
 * State by state, breadth first; decides everything and gives shortest counterexamples.
 * @throws CheckerFault INDEX_TOO_LARGE, IMPOSSIBLE_MET
 */
export function checkExplicitly(
  compiled: Compiled,
  entries: readonly Entry[],
  options: CheckOptions,
  bounds: Bounds,
): Report {
  const { system } = compiled
  const secondsCompile = bounds.seconds
  const searched = breadthFirst(compiled, entries, options, bounds)
  const secondsSearch = bounds.seconds - secondsCompile
  const findings = decide(compiled, searched, entries, bounds)
  const deadlock = findDeadlock(compiled, searched)
  const seconds = bounds.seconds
  const { visited, levels, transitions, exhausted, bound, deadlocks, fired } = searched
  const sizes = levelSizes(searched)
  return {
    findings,
    deadlock,
    deadlocks,
    states: visited.count,
    transitions,
    depth: sizes.length - 1,
    levels: sizes,
    exhausted,
    ...(bound && { bound }),
    engine: 'breadth-first',
    visited: visited.name,
    bytesPerState: (visited.bytes + levels.bytes) / visited.count,
    seconds,
    secondsCompile,
    secondsSearch,
    secondsLiveness: seconds - secondsCompile - secondsSearch,
    statesPerSecond: Math.round(visited.count / secondsSearch),
    tables: tableSizes(compiled),
    coverage: coverageOf(system, fired, entries),
  }
}

/** One finding per property; counterexamples of all are walked back together. */
function decide(compiled: Compiled, searched: Searched, entries: readonly Entry[], bounds: Bounds): Finding[] {
  const hits = entries.flatMap(({ hit }) => (hit === undefined ? [] : [hit]))
  const walked = walkBack(
    compiled,
    searched.expander,
    searched.levels,
    hits.map(({ level, from }) => ({ level, state: from })),
  )
  const asksLiveness = searched.exhausted && entries.some(({ property }) => property.kind === 'leads-to')
  const graph = asksLiveness ? buildGraph(compiled, searched, bounds) : undefined
  return entries.map((entry): Finding => {
    const { property, hit } = entry
    if (property.kind === 'leads-to') {
      if (graph === undefined || bounds.interrupted()) return { property: property.id, verdict: 'inconclusive' }
      return decideLeadsTo(compiled, searched, graph, property, entry)
    }
    if (hit === undefined) return { property: property.id, verdict: undecided(entry, searched.exhausted) }
    const path = pathOf(compiled, property, hit, walked[hits.indexOf(hit)]!)
    const verdict = isWitness(property) ? 'reached' : 'violated'
    return { property: property.id, verdict, path, ...(hit.group >= 0 && { group: hit.group }) }
  })
}

function pathOf(compiled: Compiled, property: Property, hit: Hit, walked: readonly number[]): Path {
  if (hit.to === undefined || (property.kind !== 'step' && property.kind !== 'happens'))
    return namePath(compiled, walked)
  return namePath(
    compiled,
    [...walked, hit.to],
    (at, before, step) => at < walked.length || isMeant(compiled.system, property, hit.group, before, step),
  )
}

function findDeadlock(compiled: Compiled, { deadlock, exhausted, levels, expander }: Searched): Finding {
  if (deadlock === undefined) return { property: 'deadlock', verdict: exhausted ? 'holds' : 'inconclusive' }
  const [walked] = walkBack(compiled, expander, levels, [{ level: deadlock.level, state: deadlock.from }])
  return { property: 'deadlock', verdict: 'violated', path: namePath(compiled, walked!) }
}

function levelSizes({ levels }: Searched): number[] {
  const sizes = levels.starts.slice(1).map((start, i) => start - levels.starts[i]!)
  while (sizes.at(-1) === 0) sizes.pop()
  return sizes
}
