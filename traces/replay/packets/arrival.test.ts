import { describe, expect, it } from 'vitest'
import { seq } from '../../../model/index.ts'
import { asTold } from './arrival.ts'
import type { Observation } from './observation.ts'

/** `[from, seq, len, ack, ...blocks]`; the client sends text, the server acknowledges. */
type Row = readonly ['client' | 'server', number, number, number, ...(readonly [number, number])[]]

const observed = (rows: readonly Row[], change: Partial<Observation> = {}): Observation[] =>
  rows.map(([from, s, len, a, ...sack], i) => {
    const segment = { flags: '.' as const, seq: seq(s), len, ack: seq(a) }
    const blocks = sack.map(([left, right]) => [seq(left), seq(right)] as const)
    return { packet: i + 1, from, ...segment, segment, ...(blocks.length > 0 && { sack: blocks }), ...change }
  })

/** After as many packets as it takes for a handshake to be over. */
const before: readonly Row[] = Array.from({ length: 16 }, () => ['server', 1, 0, 100] as Row)
const order = (rows: readonly Row[], change?: Partial<Observation>): number[] =>
  asTold(observed([...before, ...rows], change), 'server')
    .slice(16)
    .map((place) => place - 15)

describe('text under way to the server', () => {
  it('lies behind the ACKs that were sent before it came', () => {
    const rows: Row[] = [
      ['client', 100, 10, 1],
      ['client', 110, 10, 1],
      ['client', 120, 10, 1],
      ['server', 1, 0, 110],
      ['server', 1, 0, 120],
      ['server', 1, 0, 130],
    ]
    expect(order(rows)).toEqual([1, 4, 2, 5, 3, 6])
  })
  it('comes before the first packet that tells that it is held beyond a gap, with all that was sent before it', () => {
    const rows: Row[] = [
      ['client', 100, 10, 1],
      ['client', 110, 10, 1],
      ['client', 120, 10, 1],
      ['server', 1, 0, 100, [110, 120]],
    ]
    expect(order(rows)).toEqual([1, 2, 4, 3])
  })
  it('keeps its place before an ACK that repeats another: it may have asked for it', () => {
    const rows: Row[] = [
      ['client', 100, 10, 1],
      ['client', 110, 10, 1],
      ['server', 1, 0, 100],
    ]
    expect(order(rows)).toEqual([1, 2, 3])
  })
  it('keeps its place where it acknowledges more, and before what is no plain text', () => {
    const rows: Row[] = [
      ['client', 100, 10, 1],
      ['client', 110, 10, 5],
      ['server', 1, 0, 110],
    ]
    expect(order(rows)).toEqual([1, 2, 3])
  })
  it('keeps its place in a connection whose server shuts its window: text that is dropped is not told', () => {
    const rows: Row[] = [
      ['client', 100, 10, 1],
      ['client', 110, 10, 1],
      ['server', 1, 0, 110],
    ]
    expect(order(rows)).toEqual([1, 3, 2])
    expect(order(rows, { analysis: { zeroWindow: true } })).toEqual([1, 2, 3])
  })
})
