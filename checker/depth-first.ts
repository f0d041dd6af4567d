import type { Compiled } from './compile/index.ts'
import { CheckerFault } from './faults.ts'
import { namePath, pathOf } from './name-path.ts'
import type { Finding } from './property.ts'
import type { CheckOptions, Report } from './report.ts'
import type { Bounds } from './search/bounds.ts'
import { constrainedSpace } from './search/constrained.ts'
import { depthFirst } from './search/dfs.ts'
import { type Entry, isWitness } from './search/record.ts'
import { coverageOf, tableSizes, undecided } from './summary.ts'

/**
 * State by state, depth first: needs no memory for levels and is soon deep. Counts and verdicts are those of the
 * breadth-first search, but paths are seldom the shortest, and leads-to properties stay inconclusive.
 * @throws CheckerFault INDEX_TOO_LARGE, IMPOSSIBLE_MET; UNSOUND_REDUCTION when symmetry is asked for
 */
export function checkDepthFirst(
  compiled: Compiled,
  entries: readonly Entry[],
  options: CheckOptions,
  bounds: Bounds,
): Report {
  if (options.symmetry === 'on') {
    const why = 'depth first, each world is searched by itself'
    throw new CheckerFault('UNSOUND_REDUCTION', `Groups cannot be searched up to renaming: ${why}.`)
  }
  const secondsCompile = bounds.seconds
  const searched = depthFirst(compiled, entries, options, bounds, constrainedSpace(compiled))
  const secondsSearch = bounds.seconds - secondsCompile
  const { visited, transitions, exhausted, bound, longest, stackBytes, deadlocks, deadlock, ways, fired } = searched
  const findings = entries.map((entry): Finding => {
    const { property, hit } = entry
    if (property.kind === 'leads-to') return { property: property.id, verdict: 'inconclusive' }
    if (hit === undefined) return { property: property.id, verdict: undecided(entry, exhausted) }
    const verdict = isWitness(property) ? 'reached' : 'violated'
    const path = pathOf(compiled, property, hit, ways.get(hit)!)
    return { property: property.id, verdict, path, ...(hit.group >= 0 && { group: hit.group }) }
  })
  const states = visited.count
  return {
    findings,
    deadlock: deadlock
      ? { property: 'deadlock', verdict: 'violated', path: namePath(compiled, ways.get(deadlock)!) }
      : { property: 'deadlock', verdict: exhausted ? 'holds' : 'inconclusive' },
    deadlocks,
    states,
    transitions,
    depth: longest,
    levels: [],
    exhausted,
    ...(bound && { bound }),
    engine: 'depth-first',
    visited: visited.name,
    bytesPerState: (visited.bytes + stackBytes) / states,
    seconds: bounds.seconds,
    secondsCompile,
    secondsSearch,
    secondsLiveness: 0,
    statesPerSecond: Math.round(states / secondsSearch),
    tables: tableSizes(compiled),
    coverage: coverageOf(compiled.system, fired, entries, findings),
  }
}
