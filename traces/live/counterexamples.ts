/** The named counterexamples, and what this kernel does with each, as a table of the docs. */
import { type Named, named, pathOf } from './named.ts'
import { disagrees, type TakenPath, takePaths } from './path/index.ts'

export interface HappenedRow extends Named {
  readonly steps: number
  /** `happens`, or what kept it from happening. */
  readonly says: string
  readonly happens: boolean
  /** It happens; or it does not, and this kernel is not the one that it is told of. */
  readonly asExpected: boolean
}

/** Finds each by search and takes it to this kernel. `progress` is told of each row as it is known. */
export const happened = (progress: (row: HappenedRow) => void = () => {}): HappenedRow[] => {
  const rows: HappenedRow[] = []
  takePaths(named.map(pathOf), (taken, i) => {
    rows[i] = rowOf(named[i]!, taken)
    progress(rows[i])
  })
  return rows
}

const rowOf = (of: Named, { trace, whyNot, result }: TakenPath): HappenedRow => {
  const steps = trace.steps.length
  if (result === undefined) return { ...of, steps, happens: false, asExpected: true, says: `not taken: ${whyNot}` }
  const { disagreement: d, counters, repetitions } = result
  if (d !== undefined) {
    const says = `step ${d.step} of ${steps}, ${d.rule}: ${d.says}`
    const needs = of.kernel !== undefined
    return {
      ...of,
      steps,
      happens: false,
      asExpected: needs,
      says: needs ? `needs ${of.kernel}; here at ${says}` : says,
    }
  }
  if (disagrees(result)) {
    const wrong = counters!.mismatches.map((m) => `${m.host} counts ${m.counter} ${m.captured}, the model ${m.model}`)
    return { ...of, steps, happens: true, asExpected: false, says: `happens, but ${wrong.join(', ')}` }
  }
  const counted = counters ? `, counters ${counters.matched}/${counters.total}` : ''
  const left = repetitions > 0 ? `; the path leaves out ${repetitions} packets of timers` : ''
  return { ...of, steps, happens: true, asExpected: of.kernel === undefined, says: `happens${counted}${left}` }
}

export const happenedTable = (rows: readonly HappenedRow[]): string =>
  [
    '| what | scenario | reaches | steps | on this kernel |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((r) => `| ${r.name} | ${r.scenario} | ${r.property} | ${r.steps} | ${r.says} |`),
    '',
  ].join('\n')
