import type { Compiled } from '../compile/index.ts'
import type { Finding } from '../property.ts'
import type { Report } from '../report.ts'
import type { Bounds } from '../search/bounds.ts'
import { type Entry, isWitness } from '../search/record.ts'
import { coverageOf, tableSizes, undecided } from '../summary.ts'
import { searchSymbolically } from './search.ts'

/**
 * Decides on sets of worlds what is asked of worlds and steps, and counts exactly. Leads-to properties stay inconclusive.
 * @param first what an explicit search found before it was cut short: its paths are kept.
 */
export function checkSymbolically(
  compiled: Compiled,
  entries: readonly Entry[],
  bounds: Bounds,
  first?: Report,
): Report {
  const started = bounds.seconds
  const secondsCompile = first?.secondsCompile ?? started
  const { states, bound, inspected, bytes } = searchSymbolically(compiled, entries, bounds)
  if (inspected === undefined && first !== undefined) return { ...first, seconds: bounds.seconds, bound: bound! }
  const finding = (entry: Entry, at: number): Finding => {
    const known = first?.findings[at]
    if (known?.path !== undefined) return known
    const property = entry.property.id
    if (entry.hit !== undefined) return { property, verdict: isWitness(entry.property) ? 'reached' : 'violated' }
    const decided = inspected !== undefined && !inspected.undecided.has(entry)
    return { property, verdict: undecided(entry, decided) }
  }
  const deadlocks = inspected?.deadlocks
  const seconds = bounds.seconds
  return {
    findings: entries.map(finding),
    deadlock: first?.deadlock.path
      ? first.deadlock
      : {
          property: 'deadlock',
          verdict: deadlocks === undefined ? 'inconclusive' : deadlocks > 0 ? 'violated' : 'holds',
        },
    deadlocks: deadlocks ?? 0,
    states: Number(states),
    exactStates: String(states),
    transitions: Number(inspected?.transitions ?? 0n),
    depth: first?.depth ?? 0,
    levels: first?.levels ?? [],
    exhausted: inspected !== undefined,
    ...(bound && { bound }),
    engine: 'symbolic',
    visited: 'decision diagrams',
    bytesPerState: states === 0n ? 0 : bytes / Number(states),
    seconds,
    secondsCompile,
    secondsSearch: seconds - secondsCompile,
    secondsLiveness: 0,
    statesPerSecond: Math.round(Number(states) / (seconds - started)),
    tables: tableSizes(compiled),
    coverage: coverageOf(compiled.system, inspected?.fired ?? new Set(), entries),
  }
}
