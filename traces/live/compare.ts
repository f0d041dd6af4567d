/** Runs on a kernel, each held against a profile. */

import type { KernelProfile } from '../../model/index.ts'
import type { Recording } from '../conformance/folder.ts'
import { type JudgedRow, judgeRecording, type Share } from '../conformance/row.ts'
import type { LiveKernel } from './kernel.ts'
import type { Script } from './script.ts'
import { shrink } from './shrink.ts'

export interface Disagreement {
  /** The first sentence of it, without numbers: what runs have in common that disagree alike. */
  readonly kind: string
  readonly run: number
  readonly says: readonly string[]
  /** The shortest run that still shows it. */
  readonly shortest: Script
  readonly recording: Recording
}

export interface Compared {
  readonly runs: number
  readonly segments: Share
  readonly states: Share
  readonly counters: Share
  readonly notDriven: Readonly<Record<string, number>>
  readonly disagreements: readonly Disagreement[]
  /** Runs that disagreed, and agreed when the kernel was asked again: a packet or a moment was missed. */
  readonly once: readonly Once[]
}

export interface Once {
  readonly run: number
  readonly says: readonly string[]
}

/** `client 40001>5000 [.] seq 12 ack 7 captured, nothing predicted` without what differs between two runs. */
export const kindOf = (says: string): string =>
  says
    .replace(/^at [\d.]+ s: /, '')
    .replace(/\d+(\.\d+)*:\d+|\d+>\d+|\d+/g, '#')
    .replace(/#(:#)+/g, '#')

/** `shrinking`: for how long each kind of disagreement is made shorter, ms. `progress` is told after each run. */
export const compareRuns = (
  on: Pick<LiveKernel, 'runAll'>,
  scripts: readonly Script[],
  profile: KernelProfile,
  {
    shrinking,
    progress = () => {},
  }: { readonly shrinking: number; readonly progress?: (row: JudgedRow, run: number) => void },
): Compared => {
  const rows: JudgedRow[] = []
  let found: Disagreement[] = []
  const judged = (recording: Recording, script: Script, run: number): void => {
    const row = judgeRecording(recording, profile)
    rows[run] = row
    progress(row, run)
    const [first] = row.mismatches
    if (first !== undefined) found.push({ kind: kindOf(first), run, says: row.mismatches, shortest: script, recording })
  }
  on.runAll(scripts, judged)
  const atFirst = found
  found = []
  const again = atFirst.map(({ run }) => run)
  if (again.length > 0)
    on.runAll(
      again.map((run) => scripts[run]!),
      (recording, script, i) => judged(recording, script, again[i]!),
    )
  const once = atFirst.filter(({ run }) => !found.some((d) => d.run === run)).map(({ run, says }) => ({ run, says }))
  const kinds = [...new Map(found.map((d) => [d.kind, d])).values()]
  const disagreements = kinds.map((d) => shortened(on, d, profile, shrinking))
  const notDriven: Record<string, number> = {}
  for (const { why } of rows.flatMap((row) => row.notDriven)) notDriven[why] = (notDriven[why] ?? 0) + 1
  return {
    runs: rows.length,
    segments: sum(rows.map((r) => r.segments)),
    states: sum(rows.map((r) => r.states)),
    counters: sum(rows.map((r) => r.counters)),
    notDriven,
    disagreements: disagreements.sort((a, b) => a.run - b.run),
    once,
  }
}

const shortened = (
  on: Pick<LiveKernel, 'runAll'>,
  d: Disagreement,
  profile: KernelProfile,
  ms: number,
): Disagreement => {
  const until = Date.now() + ms
  let last: Pick<Disagreement, 'recording' | 'says'> = d
  const shows = (scripts: readonly Script[]): boolean[] => {
    const still = scripts.map(() => false)
    on.runAll(scripts, (recording, _, i) => {
      const { mismatches } = judgeRecording(recording, profile)
      still[i] = mismatches.some((says) => kindOf(says) === d.kind)
      if (still[i]) last = { recording, says: mismatches }
    })
    return still
  }
  const shortest = ms > 0 ? shrink(d.shortest, shows, () => Date.now() > until) : d.shortest
  return { ...d, ...last, shortest }
}

const sum = (shares: readonly Share[]): Share => ({
  matched: shares.reduce((n, s) => n + s.matched, 0),
  total: shares.reduce((n, s) => n + s.total, 0),
})
