/** What the kernels have counted along a path, and what the model has. */
import { countersIn, type End } from '../../../model/index.ts'
import { type CounterMismatch, capturedOf, leftOut } from '../../conformance/counters.ts'
import type { Trace } from '../../writers/trace.ts'
import type { Listings } from '../listings.ts'

export interface CountersOfPath {
  readonly matched: number
  readonly total: number
  readonly mismatches: readonly CounterMismatch[]
}

/** Those that are gauges: they say how things are, not what has happened. */
const GAUGES: ReadonlySet<string> = new Set(['CurrEstab'])

export const countersOfPath = (trace: Trace, listings: Listings): CountersOfPath => {
  const hosts = (['client', 'server'] as const).map((host) => ofHost(trace, listings, host))
  const mismatches = hosts.flatMap((h) => h.mismatches)
  const total = hosts.reduce((n, h) => n + h.total, 0)
  return { matched: total - mismatches.length, total, mismatches }
}

const ofHost = (trace: Trace, listings: Listings, host: End) => {
  const model = new Map(
    Object.entries(
      countersIn(
        trace.steps.flatMap((step) => step.effects),
        host,
      ),
    ),
  )
  const kernel = capturedOf(listings.counters(host))
  const names = [...new Set([...kernel.keys(), ...model.keys()])].filter((n) => !(n in leftOut) && !GAUGES.has(n))
  const mismatches = names
    .map((counter) => ({ host, counter, captured: kernel.get(counter) ?? 0, model: model.get(counter) ?? 0 }))
    .filter((c) => c.captured !== c.model)
  return { total: names.length, mismatches }
}
