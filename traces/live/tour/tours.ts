/** Tours through scenarios on this kernel: which kinds of transition it takes as the model does. */
import { modelOf } from '../../../model/index.ts'
import { type Scenario, scenarioKernel, scenarios, settingOf } from '../../../properties/index.ts'
import { inDialect, type LiveKernel, profileOf } from '../kernel.ts'
import { type TakenPath, takePaths } from '../path/index.ts'
import { type Tour, tourOf } from './transitions.ts'

export interface Parting {
  readonly kind: string
  readonly says: string
}

export interface TourRow {
  readonly scenario: string
  /** So many of its worlds were looked at, and whether that is all. */
  readonly worlds: number
  readonly isWhole: boolean
  readonly paths: number
  /** Kinds of transition in these worlds. */
  readonly kinds: number
  /** Taken on this kernel, and as the model takes them. */
  readonly agreed: number
  readonly disagreed: readonly Parting[]
  /** Two timers were due at the same moment, and fired in the other order. */
  readonly ties: number
  /** Kinds that no kernel can be led to, by reason. */
  readonly notTaken: Readonly<Record<string, number>>
}

/** One listener and one or two clients, in the kernel that runs here. */
export const toured = (): readonly Scenario[] =>
  scenarios.filter((s) => s.world.clients.length <= 2 && scenarioKernel(s) === 'linux-6.18' && !s.world.smp)

/** So many paths go on side by side: most of their time is waiting. */
const AT_ONCE = 24

/** `worlds`: of each scenario so many are looked at; `paths`: at most so many are taken, the longest first. */
export const tours = (
  on: LiveKernel,
  of: readonly Scenario[],
  { worlds, paths }: { readonly worlds: number; readonly paths: number },
): TourRow[] => {
  const { name: profile, dialect } = profileOf(on)
  const all = of.map((scenario) => {
    const setting = inDialect(settingOf(scenario, profile === 'linux-6.18' ? {} : { kernel: profile }), dialect)
    return new Row(scenario.name, tourOf(modelOf(setting), worlds), setting, paths)
  })
  const jobs = all.flatMap((row) => row.jobs)
  takePaths(
    on,
    jobs.map((job) => job.of),
    (taken, i) => jobs[i]!.ended(taken),
    { atOnce: AT_ONCE },
  )
  return all.map((row) => row.result())
}

class Row {
  readonly jobs
  readonly #name: string
  readonly #tour: Tour
  readonly #agreed = new Set<string>()
  readonly #disagreed = new Map<string, string>()
  readonly #ties = new Set<string>()
  readonly #notTaken = new Map<string, string>()

  constructor(name: string, tour: Tour, setting: ReturnType<typeof settingOf>, paths: number) {
    this.#name = name
    this.#tour = tour
    this.jobs = tour.paths.slice(0, paths).map((path, i) => ({
      of: { name: `${name}-${i}`, setting, path },
      ended: (taken: TakenPath) => this.#ended(tour.kinds[i]!, taken),
    }))
  }

  #ended(along: readonly string[], { whyNot, result }: TakenPath): void {
    if (result === undefined) {
      for (const kind of along) this.#notTaken.set(kind, whyNot!)
      return
    }
    for (const kind of along.slice(0, result.agreed)) this.#agreed.add(kind)
    const parting = along[result.agreed]
    if (result.disagreement === undefined || parting === undefined) return
    if (result.disagreement.tie) this.#ties.add(parting)
    else this.#disagreed.set(parting, result.disagreement.says)
  }

  result(): TourRow {
    const isOpen = (kind: string) => !this.#agreed.has(kind)
    const notTaken: Record<string, number> = {}
    for (const [kind, why] of this.#notTaken) if (isOpen(kind)) notTaken[why] = (notTaken[why] ?? 0) + 1
    return {
      scenario: this.#name,
      worlds: this.#tour.worlds,
      isWhole: this.#tour.isWhole,
      paths: this.jobs.length,
      kinds: this.#tour.total,
      agreed: this.#agreed.size,
      disagreed: [...this.#disagreed].filter(([kind]) => isOpen(kind)).map(([kind, says]) => ({ kind, says })),
      ties: [...this.#ties].filter(isOpen).length,
      notTaken,
    }
  }
}

const share = (n: number, of: number): string => (of === 0 ? '–' : `${((100 * n) / of).toFixed(1)} %`)

export const toursTable = (rows: readonly TourRow[]): string => {
  const sum = (of: (row: TourRow) => number) => rows.reduce((n, row) => n + of(row), 0)
  const [agreed, disagreed] = [sum((r) => r.agreed), sum((r) => r.disagreed.length)]
  const line = (r: TourRow) => {
    const worlds = r.isWhole ? `all ${r.worlds}` : `the first ${r.worlds}`
    const not = Object.entries(r.notTaken).map(([why, n]) => `${n}: ${why}`)
    return `| ${[r.scenario, worlds, r.paths, r.kinds, r.agreed, r.disagreed.length, r.ties, not.join('; ') || '–'].join(' | ')} |`
  }
  const partings = rows.flatMap((r) =>
    r.disagreed.map((d) => `* ${r.scenario}, \`${d.kind.replaceAll(' | ', ' · ')}\`: ${d.says}`),
  )
  return [
    '| scenario | worlds looked at | paths taken | kinds of transition in them | agreed | disagreed | ties | not taken |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(line),
    '',
    `Of the ${agreed + disagreed} kinds that this kernel was led to and that were decided, it takes ${agreed} as the model does: ${share(agreed, agreed + disagreed)}.`,
    ...(partings.length > 0 ? ['', ...partings] : []),
    '',
  ].join('\n')
}
