/** The named counterexamples, and what this kernel does with each, as a table of the docs. */
import { type ProfileName, profiles } from '../../model/index.ts'
import { type LiveKernel, profileOf } from './kernel.ts'
import { type Named, named, pathOf } from './named.ts'
import { disagrees, type TakenPath, takePaths } from './path/index.ts'

export interface HappenedRow extends Named {
  readonly steps: number
  /** `happens`, or what kept it from happening. */
  readonly says: string
  readonly happens: boolean
  /** It happens; or it does not, and the counterexample is about another kernel. */
  readonly asExpected: boolean
}

/** Finds each by search and takes it to this kernel. */
export const happened = (on: LiveKernel): HappenedRow[] => {
  const judged = profileOf(on)
  const profile = judged.name
  const found = named.map((of) => ({ of, path: pathOf(of, judged) }))
  const rows = found.map(({ of }) => pathless(of, profile))
  const there = found.flatMap(({ path }, i) => (path ? [{ path, i }] : []))
  takePaths(
    on,
    there.map(({ path }) => path),
    (taken, n) => {
      const { i } = there[n]!
      rows[i] = rowOf(named[i]!, taken, judged)
    },
  )
  return rows
}

const pathless = (of: Named, profile: ProfileName): HappenedRow => {
  const says = `${of.kernel ?? profile} has no path to it`
  return { ...of, steps: 0, says, happens: false, asExpected: (of.kernel ?? profile) !== 'linux-6.18' }
}

/** Whether the counterexample is about this kernel. */
const does = (judged: Judged, { kernel, rule }: Named): boolean => {
  if (kernel === undefined) return true
  const has = rule === undefined || judged.dialect[rule] === profiles[kernel].dialect[rule]
  return kernel === judged.name && has
}

type Judged = ReturnType<typeof profileOf>

const rowOf = (of: Named, { trace, whyNot, result }: TakenPath, judged: Judged): HappenedRow => {
  const isMeant = does(judged, of)
  const steps = trace.steps.length
  if (result === undefined) return { ...of, steps, happens: false, asExpected: true, says: `not taken: ${whyNot}` }
  const { disagreement: d, counters, repetitions } = result
  if (d !== undefined) {
    const says = `step ${d.step} of ${steps}, ${d.rule}: ${d.says}`
    return {
      ...of,
      steps,
      happens: false,
      asExpected: !isMeant,
      says: isMeant ? says : `needs ${of.kernel}; here at ${says}`,
    }
  }
  if (disagrees(result)) {
    const wrong = counters!.mismatches.map((m) => `${m.host} counts ${m.counter} ${m.captured}, the model ${m.model}`)
    return { ...of, steps, happens: true, asExpected: false, says: `happens, but ${wrong.join(', ')}` }
  }
  const counted = counters ? `, counters ${counters.matched}/${counters.total}` : ''
  const left = repetitions > 0 ? `; the path leaves out ${repetitions} packets of timers` : ''
  return { ...of, steps, happens: true, asExpected: isMeant, says: `happens${counted}${left}` }
}

export const happenedTable = (rows: readonly HappenedRow[]): string =>
  [
    '| what | scenario | reaches | steps | on this kernel |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((r) => `| ${r.name} | ${r.scenario} | ${r.property} | ${r.steps} | ${r.says} |`),
    '',
  ].join('\n')
