import { expect, it } from 'vitest'
import type { Diagnosis } from './diagnosis/index.ts'
import { type LatePacket, openCapture, replay } from './index.ts'
import { corpusFile } from './readers/testing/corpus.ts'
import { reported } from './reported.ts'

it('diagnoses are made when they are read, once, and are printed', () => {
  const capture = openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt'))
  const [found] = replay(capture).connections
  let made = 0
  const diagnosis = found!.diagnoses[0]!
  const one = reported(found!, capture.connections[0]!, () => {
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

it('late packets are printed with the reason', () => {
  const [found] = replay(openCapture(corpusFile('field/f17-tap-reorder.pcap'))).connections
  const { late } = JSON.parse(JSON.stringify(found)) as { late: LatePacket[] }
  expect(late).toMatchObject([{ packet: 2, leavesBefore: 1 }])
})
