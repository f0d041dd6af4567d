import type { Compiled } from '../compile/index.ts'
import type { Finding } from '../property.ts'
import type { CheckOptions, Report } from '../report.ts'
import type { Bounds } from '../search/bounds.ts'
import { type Entry, isWitness } from '../search/record.ts'
import { coverageOf, tableSizes, undecided } from '../summary.ts'
import { type SymbolicSearched, searchSymbolically } from './search.ts'
import { count, isEmpty } from './sets.ts'

/**
 * Decides on sets of worlds what is asked of worlds, steps and runs, and counts exactly.
 * @param first what an explicit search found before it was cut short: its paths are kept.
 */
export function checkSymbolically(
  compiled: Compiled,
  entries: readonly Entry[],
  options: CheckOptions,
  bounds: Bounds,
  first?: Report,
): Report {
  const started = bounds.seconds
  const secondsCompile = first?.secondsCompile ?? started
  const isKnown = (what: Entry | 'deadlock'): boolean =>
    (what === 'deadlock' ? first?.deadlock : first?.findings[entries.indexOf(what)])?.path !== undefined
  const searched = searchSymbolically(compiled, entries, bounds, options.everyLevel === true, (what) => !isKnown(what))
  const { states, bound, inspected, bytes, levels, complete, secondsLiveness } = searched
  if (inspected === undefined && first !== undefined) return { ...first, seconds: bounds.seconds, bound: bound! }
  const seconds = bounds.seconds
  const deadlocked = inspected?.deadlocked
  const isLonger = levels.length >= (first?.levels.length ?? 0)
  const sizes = isLonger ? levels.map(Number) : first!.levels
  const findings = entries.map((entry, at) => (isKnown(entry) ? first!.findings[at]! : findingOf(entry, searched)))
  return {
    findings,
    deadlock: isKnown('deadlock') ? first!.deadlock : deadlockOf(searched),
    deadlocks: deadlocked === undefined ? 0 : Number(count(searched.diagrams, deadlocked)),
    states: Number(states),
    exactStates: String(states),
    transitions: Number(inspected?.transitions ?? 0n),
    depth: Math.max(sizes.length - 1, 0),
    ...(!complete && { isDeeper: true as const }),
    levels: sizes,
    exhausted: inspected !== undefined,
    ...(bound && { bound }),
    engine: 'symbolic',
    visited: 'decision diagrams',
    bytesPerState: states === 0n ? 0 : bytes / Number(states),
    seconds,
    secondsCompile,
    secondsSearch: seconds - secondsCompile - secondsLiveness,
    secondsLiveness,
    statesPerSecond: Math.round(Number(states) / (seconds - started)),
    tables: tableSizes(compiled),
    coverage: coverageOf(compiled.system, inspected?.fired, entries, findings),
  }
}

const NO_PATH = 'the worlds between here and there are too many to work out layer by layer'
const TOO_MANY = 'it reads every group, and what it reads has too many combinations'
const NO_TIME = 'time or memory ran out before it was decided'

function findingOf(entry: Entry, searched: SymbolicSearched): Finding {
  const { property, hit } = entry
  const { inspected, promises } = searched
  const { id } = property
  if (inspected === undefined && hit === undefined) return { property: id, verdict: 'inconclusive' }
  if (property.kind === 'leads-to') {
    const broken = promises.get(entry)
    if (broken === 'holds') return { property: id, verdict: undecided(entry, true) }
    if (typeof broken === 'object') return withPath({ property: id, verdict: 'violated' }, entry, searched)
    return { property: id, verdict: 'inconclusive', reason: broken === 'too many' ? TOO_MANY : NO_TIME }
  }
  if (hit !== undefined) {
    return withPath({ property: id, verdict: isWitness(property) ? 'reached' : 'violated' }, entry, searched)
  }
  if (inspected?.undecided.has(entry)) return { property: id, verdict: 'inconclusive', reason: TOO_MANY }
  return { property: id, verdict: undecided(entry, inspected !== undefined) }
}

function deadlockOf(searched: SymbolicSearched): Finding {
  const deadlocked = searched.inspected?.deadlocked
  if (deadlocked === undefined) return { property: 'deadlock', verdict: 'inconclusive' }
  if (isEmpty(deadlocked)) return { property: 'deadlock', verdict: 'holds' }
  return withPath({ property: 'deadlock', verdict: 'violated' }, 'deadlock', searched)
}

function withPath(finding: Finding, what: Entry | 'deadlock', { witnesses }: SymbolicSearched): Finding {
  return { ...finding, ...(witnesses.get(what) ?? { reason: NO_PATH }) }
}
