/** States that a capture cannot show: held possible all the same. */
import { describe, expect, test } from 'vitest'
import { corpusFile } from '../readers/testing/corpus.ts'
import { readFolder } from './folder.ts'
import { infer } from './inferred.ts'
import { judge } from './row.ts'

describe('wild/fin-lost-before-the-server: the client closes, and no FIN of it arrives', () => {
  const folder = corpusFile('wild/fin-lost-before-the-server')
  test('the model does what the kernel did, and all of it was driven', () => {
    const { mismatches, notDriven } = judge(folder)
    expect({ mismatches, notDriven }).toEqual({ mismatches: [], notDriven: [] })
    expect(readFolder(folder).states.client.map(({ state }) => state)).toContain('FIN_WAIT1')
  })
  test.each(['client', 'server'] as const)('at the %s: every state that was sampled is held possible', (tap) => {
    const { verdict, samples, missed } = infer(folder).find((i) => i.tap === tap)!
    expect({ verdict, missed }).toEqual({ verdict: 'conforms', missed: [] })
    expect(samples.total).toBeGreaterThan(4)
  })
})
