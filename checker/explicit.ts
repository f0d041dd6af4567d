import { recallProofs } from './checkpoint/proofs.ts'
import type { Compiled } from './compile/index.ts'
import { CheckerFault } from './faults.ts'
import { decideLeadsTo } from './liveness/decide.ts'
import { buildGraph } from './liveness/graph.ts'
import { proveLeadsTo } from './liveness/prove.ts'
import { namePath, pathOf } from './name-path.ts'
import type { Finding } from './property.ts'
import type { CheckOptions, Report } from './report.ts'
import { breadthFirst, type Searched } from './search/bfs.ts'
import type { Bounds } from './search/bounds.ts'
import { constrainedSpace } from './search/constrained.ts'
import { type Entry, isWitness } from './search/record.ts'
import { walkBack } from './search/walk-back.ts'
import { coverageOf, tableSizes, undecided } from './summary.ts'
import { nameOrbitHit, nameOrbitPath, renamed } from './symmetry/name-path.ts'
import { type OrbitSpace, orbitSpace, whyNotSymmetric } from './symmetry/space.ts'

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
  if (!recallProofs(entries, options.checkpoint) && options.symmetry !== 'off')
    proveLeadsTo(compiled, entries, options, bounds)
  const secondsProofs = bounds.seconds - secondsCompile
  const orbits = chooseSymmetry(compiled, entries, options)
  const space = orbits ?? constrainedSpace(compiled)
  const searched = breadthFirst(compiled, entries, options, bounds, space, options.checkpoint)
  const secondsSearch = bounds.seconds - secondsCompile - secondsProofs
  const findings = decide(compiled, searched, entries, options, bounds, orbits)
  const deadlock = findDeadlock(compiled, searched, orbits)
  const seconds = bounds.seconds
  const { visited, levels, worlds, transitions, exhausted, bound, deadlocks, fired } = searched
  const states = worlds.reduce((sum, count) => sum + count, 0)
  return {
    findings,
    deadlock,
    deadlocks,
    states,
    ...(orbits && { orbits: visited.count }),
    transitions,
    depth: worlds.length - 1,
    levels: worlds,
    exhausted,
    ...(bound && { bound }),
    engine: 'breadth-first',
    visited: visited.name,
    bytesPerState: (visited.bytes + levels.bytes) / states,
    seconds,
    secondsCompile,
    secondsSearch,
    secondsLiveness: seconds - secondsCompile - secondsSearch,
    statesPerSecond: Math.round(states / secondsSearch),
    tables: tableSizes(compiled),
    coverage: coverageOf(system, fired, entries, findings),
  }
}

/** @throws CheckerFault UNSOUND_REDUCTION when symmetry is asked for where it would not be sound */
function chooseSymmetry(
  compiled: Compiled,
  entries: readonly Entry[],
  { symmetry = 'auto' }: CheckOptions,
): OrbitSpace | undefined {
  if (symmetry === 'off') return undefined
  const why = whyNotSymmetric(
    compiled,
    entries.flatMap(({ property, proved }) => (proved ? [] : [property])),
  )
  if (why === undefined) return orbitSpace(compiled)
  if (symmetry === 'auto') return undefined
  throw new CheckerFault('UNSOUND_REDUCTION', `Groups cannot be searched up to renaming: ${why}.`)
}

const NO_GRAPH = 'everything was explored, but memory or time did not last for deciding what happens in the end'

/** One finding per property; counterexamples of all are walked back together. */
function decide(
  compiled: Compiled,
  searched: Searched,
  entries: readonly Entry[],
  { untilShown = false }: CheckOptions,
  bounds: Bounds,
  orbits: OrbitSpace | undefined,
): Finding[] {
  const hits = entries.flatMap(({ hit }) => (hit === undefined ? [] : [hit]))
  const walked = walkBack(
    searched,
    hits.map(({ level, from }) => ({ level, state: from })),
  )
  const isShown = ({ hit }: Entry): boolean => hit !== undefined && (untilShown || !searched.exhausted)
  const asksLiveness =
    searched.exhausted &&
    entries.some((entry) => entry.property.kind === 'leads-to' && !entry.proved && !isShown(entry))
  const graph = asksLiveness ? buildGraph(compiled, searched, bounds) : undefined
  return entries.map((entry): Finding => {
    const { property, hit, proved } = entry
    if (proved) return { property: property.id, verdict: proved }
    if (property.kind === 'leads-to' && !isShown(entry)) {
      if (graph === undefined || bounds.interrupted())
        return { property: property.id, verdict: 'inconclusive', ...(searched.exhausted && { reason: NO_GRAPH }) }
      return decideLeadsTo(compiled, searched, graph, property, entry)
    }
    if (hit === undefined) return { property: property.id, verdict: undecided(entry, searched.exhausted) }
    const verdict = isWitness(property) ? 'reached' : 'violated'
    const indices = walked[hits.indexOf(hit)]!
    if (orbits)
      return { property: property.id, verdict, ...nameOrbitHit(compiled, orbits.orbits, property, hit, indices) }
    const way = pathOf(compiled, property, hit, indices)
    const path = property.kind === 'leads-to' ? { ...way, loop: way.events.length } : way
    return { property: property.id, verdict, path, ...(hit.group >= 0 && { group: hit.group }) }
  })
}

function findDeadlock(compiled: Compiled, searched: Searched, orbits: OrbitSpace | undefined): Finding {
  const { deadlock, exhausted } = searched
  if (deadlock === undefined) return { property: 'deadlock', verdict: exhausted ? 'holds' : 'inconclusive' }
  const indices = walkBack(searched, [{ level: deadlock.level, state: deadlock.from }])[0]!
  const path = orbits
    ? renamed(compiled, nameOrbitPath(compiled, orbits.orbits, indices), deadlock.world!)
    : namePath(compiled, indices)
  return { property: 'deadlock', verdict: 'violated', path }
}
