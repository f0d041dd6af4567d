import { expect, it } from 'vitest'
import type { Diagnosis } from './diagnosis/index.ts'
import { openCapture, replay } from './index.ts'
import { corpusFile } from './readers/testing/corpus.ts'
import { reported } from './reported.ts'

it('diagnoses are made when they are read, once, and are printed', () => {
  const [found] = replay(openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt'))).connections
  let made = 0
  const diagnosis = found!.diagnoses[0]!
  const one = reported(found!, () => {
    made++
    return [diagnosis]
  })
  expect([made, one.client]).toEqual([0, found!.client])
  expect(one.diagnoses).toBe(one.diagnoses)
  expect(made).toBe(1)
  const printed = JSON.parse(JSON.stringify(one)) as { diagnoses: Diagnosis[]; timeline: unknown[]; verdict: string }
  expect(printed.diagnoses.map(({ id }) => id)).toEqual([diagnosis.id])
  expect([printed.timeline.length, printed.verdict]).toEqual([found!.packets, found!.verdict])
})
