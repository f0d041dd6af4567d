import { describe, expect, it } from 'vitest'
import { seq } from '../../../model/index.ts'
import type { Observation } from './observation.ts'
import { asSent, seenAfter } from './sending.ts'

/** `[time, from, flags, seq, len, ack, clock]`, numbered from 1. */
type Row = readonly [number, 'client' | 'server', Observation['flags'], number, number, (number | undefined)?, number?]

const observed = (rows: readonly Row[]): Observation[] =>
  rows.map(([time, from, flags, s, len, a, clock], i) => ({
    packet: i + 1,
    time,
    from,
    flags,
    seq: seq(s),
    len,
    ...(a === undefined ? {} : { ack: seq(a) }),
    ...(clock === undefined ? {} : { clock }),
    segment: { flags, seq: seq(s), len },
  }))
const order = (rows: readonly Row[], resetsOvertake = false): number[] =>
  asSent(observed(rows), 'client', resetsOvertake).map((at) => at + 1)

describe('the order in which the client sent', () => {
  it('is that of its clock', () => {
    const rows: Row[] = [
      [0, 'client', '.', 100, 10, 1, 7],
      [0.01, 'server', '.', 1, 0, 110, 3],
      [0.02, 'client', 'F.', 120, 0, 1, 9],
      [0.03, 'client', '.', 110, 10, 1, 8],
    ]
    expect(order(rows)).toEqual([1, 2, 4, 3])
  })
  it("is that of its acknowledgments, where the clock has not ticked or isn't there", () => {
    expect(order([...[[0, 'client', '.', 100, 10, 5] as Row], [0.01, 'client', '.', 100, 0, 4]])).toEqual([2, 1])
    expect(order([...[[0, 'client', '.', 100, 10, 5, 1] as Row], [0.01, 'client', '.', 100, 0, 4, 1]])).toEqual([2, 1])
  })
  it('is that of numbers for seconds, where the clock tells that both were sent at once', () => {
    const text: Row = [0, 'client', '.', 100, 10, 5, 7]
    expect(order([text, [1.4, 'client', '.', 100, 0, 5, 7]])).toEqual([2, 1])
    expect(order([text, [1.4, 'client', '.', 100, 0, 5, 8]])).toEqual([1, 2])
    expect(order([text, [1.4, 'client', '.', 100, 0, 5]])).toEqual([1, 2])
    expect(order([text, [3, 'client', '.', 100, 0, 5, 7]])).toEqual([1, 2])
  })
  it('is that of new text; a repetition keeps its place', () => {
    expect(order([...[[0, 'client', '.', 110, 10, 5] as Row], [0.01, 'client', '.', 100, 10, 5]])).toEqual([2, 1])
    const again: Row[] = [
      [0, 'client', '.', 100, 10, 5],
      [0.01, 'client', '.', 110, 10, 5],
      [0.02, 'client', '.', 100, 10, 5],
    ]
    expect(order(again)).toEqual([1, 2, 3])
  })
  it('keeps a keepalive probe where it is: the clock has ticked, or long since', () => {
    expect(order([...[[0, 'client', '.', 100, 10, 5] as Row], [9, 'client', '.', 109, 0, 5]])).toEqual([1, 2])
  })
  it('keeps the next connection, whose clock may be another, behind the last', () => {
    const rows: Row[] = [
      [0, 'client', 'S', 100, 0, undefined, 90],
      [0.1, 'client', 'R', 101, 0],
      [0.2, 'client', 'S', 700, 0, undefined, 20],
    ]
    expect(order(rows)).toEqual([1, 2, 3])
  })
  it('has a RST last, if RSTs may have overtaken others', () => {
    const rows: Row[] = [
      [0, 'client', 'R', 100, 0],
      [0.1, 'client', '.', 100, 0, 5, 20],
    ]
    expect([order(rows), order(rows, true)]).toEqual([
      [1, 2],
      [2, 1],
    ])
  })
})

it('what is seen after each step: nothing new while an earlier packet is missing', () => {
  expect([...seenAfter([0, 3, 1, 2])]).toEqual([0, 1, 1, 2, 4])
})
