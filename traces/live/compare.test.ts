import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { profiles } from '../../model/index.ts'
import { readFolder } from '../conformance/folder.ts'
import { compareRuns } from './compare.ts'
import { reportText } from './report.ts'
import type { Script } from './script.ts'

const recording = readFolder(fileURLToPath(new URL('../corpus/01-normal', import.meta.url)))
/** The same run, of which the kernel has counted something else. */
const other = { ...recording, counters: { ...recording.counters, server: { 'TcpExt.ListenOverflows': 7 } } }
const script = {
  settings: { client: {}, server: {} },
  delay: { client: 0, server: 0 },
  wire: [],
  lasts: 1,
  steps: [],
} satisfies Script

/** A kernel that shows another of these recordings each time it is asked. */
const showing = (...recordings: readonly (typeof recording)[]) => {
  const left = [...recordings]
  return {
    runAll: (scripts: readonly Script[], then: (r: typeof recording, s: Script, i: number) => void): void =>
      scripts.forEach((s, i) => {
        then(left.shift() ?? recordings.at(-1)!, s, i)
      }),
  }
}
const compared = (...recordings: readonly (typeof recording)[]) =>
  compareRuns(showing(...recordings), [script, script], profiles['linux-6.18'], { shrinking: 0 })

test('a run that agrees when the kernel is asked again disagreed once: that is said, and is no disagreement', () => {
  const result = compared(recording, other, recording)
  expect(result.disagreements).toEqual([])
  expect(result.once).toMatchObject([
    { run: 1, says: expect.arrayContaining([expect.stringMatching('ListenOverflows')]) },
  ])
  expect(result.counters.matched).toBe(result.counters.total)
  expect(reportText(5, result)).toMatch(/run 1 of seed 5 disagreed once, and agreed when it was run again: /)
})

test('a run that disagrees again is a disagreement', () => {
  const result = compared(recording, other, other)
  expect(result.disagreements).toMatchObject([{ run: 1 }])
  expect(result.once).toEqual([])
  expect(result.counters.matched).toBeLessThan(result.counters.total)
})
