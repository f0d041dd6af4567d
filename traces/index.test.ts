import { expect, it } from 'vitest'
import { openCapture, replay } from './index.ts'
import { corpusFile } from './readers/testing/corpus.ts'

it('the example of the front door', () => {
  const report = replay(openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt')))
  expect(report.verdict).toBe('conforms')
  expect(report.connections[0]!.diagnoses[0]!.id).toBe('ghost-connection')
})
