import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { scenarioNamed } from '../../../properties/index.ts'
import { compareRuns } from '../compare.ts'
import { draw } from '../grammar.ts'
import { profileOf } from '../kernel.ts'
import { tours } from '../tour/tours.ts'
import { UmlKernel, whyNoUml } from './index.ts'

const built = new URL('../../../dist/traces/live/uml/guest.js', import.meta.url)
const whyNot = whyNoUml() ?? (existsSync(built) ? undefined : 'its program is not built: npm run prepare')
if (whyNot !== undefined) console.warn(`SKIPPED: runs on a second kernel: ${whyNot}`)

test.skipIf(whyNot !== undefined)(
  'a second kernel: random runs and a tour agree with its own profile',
  () => {
    const uml = new UmlKernel()
    try {
      const profile = profileOf(uml)
      expect(profile.name).toBe('linux-6.1')
      const compared = compareRuns(uml, draw(7, 4), profile, { shrinking: 0 })
      expect(compared.segments.total).toBeGreaterThan(20)
      const { segments, states } = compared
      for (const share of [segments, states]) expect(share.matched / share.total).toBeGreaterThan(0.95)
      const [row] = tours(uml, [scenarioNamed('closed-port')!], { worlds: 40, paths: 3 })
      expect(row).toMatchObject({ disagreed: [] })
      expect(row!.agreed).toBeGreaterThan(3)
    } finally {
      uml.close()
    }
  },
  120_000,
)

test('what a stable kernel has taken from later ones is judged so from where it was measured', () => {
  expect(profileOf({ release: '6.1.176' }).dialect).toMatchObject({
    synQueueFull: 'q > B',
    currEstab: 'ESTABLISHED and CLOSE_WAIT',
  })
  expect(profileOf({ release: '6.1.0-40-amd64' }).dialect.synQueueFull).toBe('q >= B')
  expect(profileOf({ release: '6.18.44-fc-v782' }).name).toBe('linux-6.18')
})
