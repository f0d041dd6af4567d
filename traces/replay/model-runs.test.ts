/**
 * Over random runs of the model: there is one TCP, so what it shows conforms, wherever numbers begin, whenever it was captured and
 * however early the capture ends. Worlds with forged segments, or with a listener that comes back, are left out: there the
 * other end's packets are not all that arrives.
 */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { modelRun } from './testing/model-runs.ts'
import { cut, delayed, hasSameResets, shifted, toldOf } from './testing/same-capture.ts'

const scenarios = [
  'handshake',
  'close',
  'ghost-connection',
  'abort-on-overflow',
  'accept-queue',
  'accept-queue-backlog-0',
  'recovered-ghost',
  'exhausted-ghost',
  'lost-on-the-way-in',
  'SYN-queue-limit',
  'split-handshake',
  'closed-port',
  'lowered-backlog',
  'listener-closed',
  'defer-accept',
  'cookie-ghost',
  'SYN-flood-with-cookies',
  'request-pruning',
  'behind-one-NAT',
  'text-after-close',
] as const

/** Connections of a run, each as a tap at one end shows it. */
const anyRun = fc
  .record({
    scenario: fc.constantFrom(...scenarios),
    tap: fc.constantFrom('client' as const, 'server' as const),
    choices: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 10, maxLength: 40 }),
  })
  .map(({ scenario, tap, choices }) => ({ scenario, tap, ...modelRun(scenario, tap, choices) }))
  .map(({ capture, kernel, ...run }) => ({ ...run, capture, kernels: { client: [kernel], server: [kernel] } }))

describe('a run of the model', () => {
  test.prop([anyRun], { numRuns: 30 })('conforms', ({ capture, kernels }) => {
    for (const c of capture.connections) {
      const { verdict, divergence } = toldOf(c, kernels)
      expect({ verdict, divergence }).toEqual({ verdict: 'conforms', divergence: undefined })
    }
  })

  test.prop([anyRun, fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1), fc.integer({ min: 0, max: 1_000_000 })], {
    numRuns: 40,
  })('is told alike at other sequence numbers and at another time', ({ capture, kernels }, client, server, by) => {
    for (const c of capture.connections) {
      const other = shifted(c, { client, server })
      fc.pre(hasSameResets(c, other))
      const found = toldOf(c, kernels)
      expect(toldOf(other, kernels)).toEqual(found)
      expect(toldOf(delayed(c, by), kernels)).toEqual(found)
    }
  })

  test.prop([anyRun, fc.double({ min: 0, max: 1, noNaN: true })], { numRuns: 25 })(
    'that ends early does not diverge',
    ({ capture, kernels }, share) => {
      for (const c of capture.connections)
        expect(toldOf(cut(c, share), kernels)).not.toMatchObject({ verdict: 'diverges' })
    },
  )
})
