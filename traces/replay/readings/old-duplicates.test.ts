import { describe, expect, it } from 'vitest'
import { observed } from '../testing/observed.ts'
import { isLateAfterFins, oldDuplicates, withClocks } from './old-duplicates.ts'

/** Ticks of a millisecond. */
const text = (second: number, ts: number, seq = 100 + second): string => `> P. ${seq}:1 ack=500 @${second} ts=${ts}`
const usual = [text(0, 10_000), text(1, 11_000), text(2, 12_000)]

describe('segments from long ago, by their timestamp: RFC 7323 §5', () => {
  it('none where the clock goes on, or is a moment behind', () => {
    expect(oldDuplicates(observed(...usual, text(3, 11_500)))).toEqual(new Map())
  })
  it('one that is seconds behind the last of its end, with how many', () => {
    expect(oldDuplicates(observed(...usual, text(3, 9_000), text(4, 14_000)))).toEqual(new Map([[4, 3]]))
  })
  it('the rate of the clock is that of the end: a tick may be ten milliseconds', () => {
    const slow = [text(0, 1_000), text(1, 1_100), text(2, 1_200)]
    expect(oldDuplicates(observed(...slow, text(3, 900), text(4, 1_400)))).toEqual(new Map([[4, 3]]))
  })
  it('a SYN begins another clock; the other end has its own', () => {
    const anew = oldDuplicates(observed(...usual, '> S 9000 @3 ts=5', text(4, 1_005, 9001)))
    expect([...anew.keys()]).toEqual([4])
    expect(oldDuplicates(observed(...usual, '< . 500 ack=103 @3 ts=7'))).toEqual(new Map())
  })
  it('more than a quarter of the circle behind is ahead', () => {
    expect(oldDuplicates(observed(text(0, 2 ** 32 - 500), text(1, 500), text(2, 1_500)))).toEqual(new Map())
  })
})

describe('a segment that is late after both FINs: linux tcp_timewait_state_process', () => {
  const closed = ['> F. 100 ack=500 ts=10', '< F. 500 ack=101 ts=20']
  it('its timestamp is below that of the segment before it', () => {
    expect(isLateAfterFins(observed(...closed, '< . 501 ack=101 ts=30', '< . 501 ack=101 ts=25'))).toBe(true)
  })
  it('not within a tick, not of the other end, not before both have closed, not after a SYN', () => {
    expect(isLateAfterFins(observed(...closed, '< . 501 ack=101 ts=21', '< . 501 ack=101 ts=20'))).toBe(false)
    expect(isLateAfterFins(observed(...closed, '< . 501 ack=101 ts=90', '> . 101 ack=501 ts=15'))).toBe(false)
    expect(isLateAfterFins(observed(closed[0]!, '> . 101 ack=501 ts=5'))).toBe(false)
    expect(isLateAfterFins(observed(...closed, '> S 9000 ts=90', '> . 9001 ack=1 ts=40'))).toBe(false)
  })
})

it('with their clocks: SYNs offer, all carry their timestamp, and the old ones are none of their end', () => {
  const packets = observed('> S 99 ts=70', '> P. 100:5 ack=500 ts=10', '> . 105 ack=500')
  const [syn, old, bare] = withClocks(packets, new Map([[2, 60]]))
  expect(syn!.segment.options).toMatchObject({ sack: true, timestamp: { val: 70 } })
  expect(old).toMatchObject({ forged: true, segment: { options: { timestamp: { val: 10 } } } })
  expect(bare!.segment.options).toEqual({})
  expect(withClocks(packets, new Map([[1, 60]]))[0]!.forged).toBeUndefined()
})
