/** Which numbers a capture lacks, though both ends testify to them. */
import { describe, expect, it } from 'vitest'
import { HANDSHAKE, observed } from '../testing/observed.ts'
import { gapsOf } from './gaps.ts'

const found = (lines: readonly string[], isLong = false) => {
  const { gaps, lost } = gapsOf(observed(...HANDSHAKE, ...lines), () => isLong)
  return {
    gaps: gaps.map(({ from, to, acknowledgedAt }) => [from, to, acknowledgedAt + 1]),
    lost: lost.map((i) => i + 1),
  }
}
const NOTHING = { gaps: [], lost: [] }

it('numbers that are acknowledged and never shown', () => {
  const lines = [
    '> . 100:100 ack=500 @1',
    '> . 300:100 ack=500 @1.01',
    '< . 500 ack=400 @1.02',
    '> . 400:9 ack=500 @1.1',
  ]
  expect(found(lines)).toEqual({ gaps: [[200, 300, 6]], lost: [] })
})

describe('text that is shown once, was lost, and is acknowledged though it is not shown again', () => {
  const shown = ['> . 100:1000 ack=500 @1', '> . 1100:1000 ack=500 @1.01']
  /** The first of it is repeated by a timer, cut anew; its rest follows; what came after it is not shown again. */
  const repeated = (at: number): string[] => [
    `> . 100:12 ack=500 @${at}`,
    `< . 500 ack=112 @${at + 0.01}`,
    `> . 112:988 ack=500 @${at + 0.1}`,
    `< . 500 ack=1100 @${at + 0.11}`,
    `< . 500 ack=2100 @${at + 0.2}`,
    `> . 2100:12 ack=500 @${at + 0.21}`,
  ]

  it('an ACK up to where it was cut anew tells that the whole did not come, the next one that what followed had not', () =>
    expect(found([...shown, ...repeated(2)])).toEqual({ gaps: [[1100, 2100, 10]], lost: [4, 5] }))
  it('not where it is repeated sooner than by a timer', () =>
    expect(found([...shown, ...repeated(1.1)])).toEqual(NOTHING))
  it('not where the wire carried it in pieces', () => expect(found([...shown, ...repeated(2)], true)).toEqual(NOTHING))
  it('not where the sender does not go on after it', () =>
    expect(found([...shown, ...repeated(2).slice(0, -1)])).toEqual({ gaps: [], lost: [4, 5] }))
  it('not where it may only have been late: the first ACK is of all that was shown first', () =>
    expect(
      found([
        ...shown,
        '> . 100:1000 ack=500 @2',
        '< . 500 ack=1100 @2.01',
        '< . 500 ack=2100 @2.02',
        '> . 2100:9 ack=500 @3',
      ]),
    ).toEqual(NOTHING))
  it('an ACK inside of what follows a gap tells that it had to be sent anew, with the gap', () =>
    expect(
      found([
        '> . 100:1000 ack=500 @1',
        '> . 1500:1000 ack=500 @1.01',
        '< . 500 ack=1100 @1.02',
        '< . 500 ack=1800 @6',
        '> . 1800:9 ack=500 @6.1',
      ]),
    ).toEqual({ gaps: [[1100, 1800, 7]], lost: [5] }))
})
