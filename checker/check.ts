import { type Compiled, compile } from './compile/index.ts'
import { CheckerFault } from './faults.ts'
import { decideLeadsTo } from './liveness/decide.ts'
import { buildGraph } from './liveness/graph.ts'
import { isMeant, namePath } from './name-path.ts'
import type { Finding, Path, Property, Verdict } from './property.ts'
import type { CheckOptions, Report } from './report.ts'
import { scopeOf } from './scope.ts'
import { breadthFirst, type Searched } from './search/bfs.ts'
import { Bounds } from './search/bounds.ts'
import { type Entry, type Hit, isWitness } from './search/record.ts'
import { walkBack } from './search/walk-back.ts'
import type { System } from './system.ts'

const DEFAULT_SLICES = 4_000_000

/**
 * Explores everything the system can reach and decides every property.
 * A bound that is hit makes undecided properties `inconclusive`, never `holds`.
 * @throws CheckerFault for a malformed system or property, and when a reachable world was declared impossible.
 */
export function check(system: System, properties: readonly Property[], options: CheckOptions = {}): Report {
  const bounds = new Bounds(options)
  for (const property of properties) scopeOf(system, property)
  let compiled: Compiled
  try {
    const shouldStop = (): boolean => bounds.interrupted() !== undefined
    compiled = compile(system, { maxSlices: options.maxSlices ?? DEFAULT_SLICES, shouldStop })
  } catch (fault) {
    if (fault instanceof CheckerFault && (fault.code === 'TABLES_TOO_LARGE' || fault.code === 'INDEX_TOO_LARGE')) {
      return tooLarge(properties, bounds, fault.message)
    }
    throw fault
  }
  const secondsCompile = bounds.seconds
  const entries: Entry[] = properties.map((property) => ({ property, exercised: false, hit: undefined }))
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
    tables: {
      slices: compiled.tables.slices,
      hubs: compiled.tables.hubs,
      index: compiled.codec.size,
      reducerRuns: compiled.closed.runner.runs,
    },
    coverage: {
      rulesNeverFired: [...system.rules, ...(system.synchronous ?? [])]
        .map((rule) => rule.name)
        .filter((name) => !fired.has(name)),
      propertiesNeverExercised: entries.filter(neverExercised).map(({ property }) => property.id),
    },
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

function undecided({ property, exercised }: Entry, exhausted: boolean): Verdict {
  if (!exhausted) return 'inconclusive'
  if (isWitness(property)) return 'not reached'
  return exercised ? 'holds' : 'not applicable'
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

function neverExercised({ property, exercised, hit }: Entry): boolean {
  return isWitness(property) ? hit === undefined : !exercised
}

function levelSizes({ levels }: Searched): number[] {
  const sizes = levels.starts.slice(1).map((start, i) => start - levels.starts[i]!)
  while (sizes.at(-1) === 0) sizes.pop()
  return sizes
}

function tooLarge(properties: readonly Property[], bounds: Bounds, boundDetail: string): Report {
  const seconds = bounds.seconds
  return {
    findings: properties.map(({ id }) => ({ property: id, verdict: 'inconclusive' })),
    deadlock: { property: 'deadlock', verdict: 'inconclusive' },
    deadlocks: 0,
    states: 0,
    transitions: 0,
    depth: 0,
    levels: [],
    exhausted: false,
    bound: bounds.interrupted() ?? 'tables',
    boundDetail,
    engine: 'breadth-first',
    visited: 'bitset',
    bytesPerState: 0,
    seconds,
    secondsCompile: seconds,
    secondsSearch: 0,
    secondsLiveness: 0,
    statesPerSecond: 0,
    tables: { slices: 0, hubs: 0, index: 0, reducerRuns: 0 },
    coverage: { rulesNeverFired: [], propertiesNeverExercised: [] },
  }
}
