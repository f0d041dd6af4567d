/** One capture held against the model: the row of the conformance table. */
import { type KernelProfile, profiles } from '../../model/index.ts'
import type { NotDriven } from './calls.ts'
import { type CounterMismatch, compareCounters } from './counters.ts'
import { Driver } from './driver.ts'
import { type HostName, type Recording, readFolder } from './folder.ts'
import type { Inferred } from './inferred.ts'
import { compareStates } from './states.ts'

export interface Share {
  readonly matched: number
  readonly total: number
}

export interface Row {
  readonly capture: string
  readonly kernel: string
  readonly segments: Share
  readonly states: Share
  readonly counters: Share & { readonly mismatches: readonly CounterMismatch[] }
  /** What the bench could not drive: the connections concerned are not compared from then on. */
  readonly notDriven: readonly NotDriven[]
  /** The earliest disagreement, in a sentence. */
  readonly firstMismatch?: string
}

export interface JudgedRow extends Row {
  /** Every disagreement, in order of time; those of counters come last. */
  readonly mismatches: readonly string[]
}

/** A row, and what a replay of the packets alone believed, where that was asked for. */
export interface ReportedRow extends JudgedRow {
  readonly inferred?: readonly Inferred[]
}

const sides: readonly HostName[] = ['client', 'server']

export const judge = (folder: string, profile: KernelProfile = profiles['linux-6.18']): JudgedRow => {
  return judgeRecording(readFolder(folder), profile)
}

/** A recorded run held against a kernel profile. */
export const judgeRecording = (recording: Recording, profile: KernelProfile): JudgedRow => {
  const driver = new Driver(recording, profile)
  const states = sides.map((side) => compareStates(driver.hosts[side], recording.states[side], recording, driver))
  const counters = sides.map((side) =>
    driver.notDriven.length > 0
      ? { matched: 0, total: 0, mismatches: [] }
      : compareCounters(driver.hosts[side], recording.counters[side], recording),
  )
  const timed = [
    ...driver.mismatches.map((m) => ({ at: m.at, says: `${m.host} ${m.key} ${m.says}` })),
    ...states.flatMap((s, i) => s.mismatches.map((m) => ({ at: m.at, says: `${sides[i]} ${m.says}` }))),
  ].sort((a, b) => a.at - b.at)
  const counterMismatches = counters.flatMap((c) => c.mismatches)
  const mismatches = [
    ...timed.map(({ at, says }) => `at ${(at / 1000).toFixed(3)} s: ${says}`),
    ...counterMismatches.map((c) => `${c.host} counts ${c.counter} ${c.captured}, the model ${c.model}`),
  ]
  return {
    capture: recording.name,
    kernel: recording.kernel,
    segments: { matched: driver.matched, total: driver.total },
    states: sum(states),
    counters: { ...sum(counters), mismatches: counterMismatches },
    notDriven: driver.notDriven,
    ...(mismatches[0] === undefined ? {} : { firstMismatch: mismatches[0] }),
    mismatches,
  }
}

const sum = (shares: readonly Share[]): Share => ({
  matched: shares.reduce((n, s) => n + s.matched, 0),
  total: shares.reduce((n, s) => n + s.total, 0),
})
