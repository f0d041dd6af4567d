/** Effects: what a step shows, read back from its strings. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Counter } from '../counters.ts'
import type { Segment } from '../segment.ts'
import { seq } from '../sequence.ts'
import { ours, peer } from '../testing/segments.ts'
import { flagsOf } from '../testing/walk.ts'
import { countersIn, countIn, type End, effectsOf, receivedIn, sentIn } from './effects.ts'

const number = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(seq)
const anySegment: fc.Arbitrary<Segment> = fc
  .record({
    flags: fc.constantFrom(...flagsOf),
    seq: number,
    ack: number,
    len: fc.nat(1500),
    of: fc.option(fc.nat(3), { nil: undefined }),
  })
  .map(({ ack, of, ...s }) => ({
    ...s,
    ...(s.flags.includes('.') ? { ack } : {}),
    ...(of === undefined ? {} : { of }),
  }))
const anyCounter = fc.constantFrom<Counter>('OutRsts', 'ListenDrops', 'ListenOverflows', 'TW')

describe('effects', () => {
  test.prop([fc.constantFrom<End>('client', 'server'), fc.array(anySegment), fc.array(anyCounter), anySegment])(
    'say which end received, sent and counted what',
    (end, send, count, stimulus) => {
      const effects = effectsOf(end, { send, count }, stimulus)
      const other = end === 'client' ? 'server' : 'client'
      for (const who of [end, undefined]) {
        expect(receivedIn(effects, who)).toEqual(stimulus)
        expect(sentIn(effects, who)).toEqual(send)
      }
      expect([receivedIn(effects, other), sentIn(effects, other), countersIn(effects, other)]).toEqual([
        undefined,
        [],
        {},
      ])
      const sums = countersIn(effects, end)
      for (const c of ['OutRsts', 'ListenDrops', 'ListenOverflows', 'TW'] as const) {
        expect(sums[c] ?? 0).toBe(count.filter((x) => x === c).length)
        expect(countIn(effects, c)).toBe(sums[c] ?? 0)
      }
    },
  )

  test('read like a log', () => {
    const reaction = { send: [ours('R')], count: ['OutRsts'] as const }
    expect(effectsOf('server', reaction, peer('F.', { len: 2 }))).toEqual([
      'server received [F.] 501+2 ack 101',
      'server sent [R] 101+0',
      'server counted OutRsts',
    ])
  })

  test('nothing was received on a timer', () => {
    expect(receivedIn(effectsOf('client', { send: [ours('R')], count: [] }))).toBeUndefined()
  })
})
