import { describe, expect, test } from 'vitest'
import { type Segment, seq } from '../../model/index.ts'
import { Flight } from './flight.ts'
import { backedOff, rtoOf, sampled } from './rtt.ts'

const [una, nxt] = [seq(100), seq(200)]

describe('the timeout', () => {
  test('without a sample: 3 s', () => expect(rtoOf(undefined)).toBe(3_000))

  test.each([
    [40, 240],
    [370, 1_110],
  ])('after one round trip of %i ms: %i ms', (trip, rto) => expect(rtoOf(sampled(undefined, trip, una, nxt))).toBe(rto))

  test('round trips that stay alike bring it down, one that is longer brings it up', () => {
    const alike = Array.from({ length: 20 }).reduce<ReturnType<typeof sampled> | undefined>(
      (e, _, i) => sampled(e, 370, seq(100 + 100 * i), seq(200 + 100 * i)),
      undefined,
    )!
    expect(rtoOf(alike)).toBeGreaterThanOrEqual(570)
    expect(rtoOf(alike)).toBeLessThan(700)
    expect(rtoOf(sampled(alike, 900, seq(3000), seq(3100)))).toBeGreaterThan(rtoOf(alike) + 300)
  })
})

describe('a flight', () => {
  const at = (from: number, len: number, val: number): Segment => ({
    flags: '.',
    seq: seq(from),
    ack: seq(1),
    len,
    options: { timestamp: { val, echo: 0 } },
  })
  const ack = (echo: number): Segment => ({
    flags: '.',
    seq: seq(1),
    ack: seq(0),
    len: 0,
    options: { timestamp: { val: 1, echo } },
  })
  const nothing = () => {}
  const of = (...sent: readonly (readonly [Segment, number])[]): Flight => {
    const flight = new Flight()
    for (const [s, time] of sent) flight.leave(s, time, nothing)
    return flight
  }

  test('what was sent once measures from then', () => {
    expect(of([at(100, 10, 0), 0]).roundTrip(seq(110), ack(0), 50, false)).toEqual({ low: 49, high: 52 })
  })

  test('what was sent twice is measured by the timestamp that comes back: of the first', () => {
    const twice = of([at(100, 10, 1_000), 0], [at(100, 10, 1_300), 300])
    expect(twice.roundTrip(seq(110), ack(1_000), 350, false)).toEqual({ low: 349, high: 352 })
  })

  test('and by nothing without one', () => {
    const twice = of([at(100, 10, 1_000), 0], [at(100, 10, 1_300), 300])
    expect(twice.roundTrip(seq(110), { ...ack(0), options: {} }, 350, false)).toBeUndefined()
  })

  test('a byte and a FIN behind it are two packets; the FIN is the last', () => {
    const two = of([at(100, 1, 0), 0], [{ ...at(101, 0, 0), flags: 'F.' }, 1])
    expect([two.packets(seq(100)), two.packets(seq(101)), two.last(seq(100))]).toEqual([2, 1, seq(101)])
  })
})

test('what was repeated and has no timestamps leaves the timeout as long as it has become', () => {
  expect(backedOff({ least: 240, most: 260 }, 1)).toEqual({ least: 480, most: 520 })
  expect(backedOff({ least: 240, most: 260 }, 0)).toEqual({ least: 240, most: 260 })
  expect(backedOff({ least: 3_000, most: 3_000 }, 9).most).toBe(120_000)
})
