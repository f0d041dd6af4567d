import { describe, expect, test } from 'vitest'
import {
  activeReset,
  notation,
  pureAck,
  resetFor,
  segmentEnd,
  segmentLength,
  syn,
  synAck,
  text,
  textEnd,
} from './segment.ts'
import { seq } from './sequence.ts'
import { peer } from './testing/segments.ts'

describe('length', () => {
  test('SYN and FIN take one number each, text one per byte', () => {
    expect([peer('.'), peer('S'), peer('F.'), peer('SF'), peer('F.', { len: 3 })].map(segmentLength)).toEqual([
      0, 1, 1, 2, 4,
    ])
  })

  test('the end of a segment at the wrap lies behind it', () => {
    expect(segmentEnd(peer('F.', { seq: 2 ** 32 - 2, len: 3 }))).toBe(2)
    expect(textEnd(peer('F.', { seq: 2 ** 32 - 2, len: 3 }))).toBe(1)
  })
})

describe('constructors', () => {
  test('text carries a FIN only when asked to', () => {
    expect(text(seq(1), seq(2), 3)).toEqual({ flags: '.', seq: 1, ack: 2, len: 3 })
    expect(text(seq(1), seq(2), 0, true)).toEqual({ flags: 'F.', seq: 1, ack: 2, len: 0 })
  })

  test('a SYN has no ACK, a SYN+ACK and a pure ACK have', () => {
    expect([syn(seq(1)), synAck(seq(1), seq(2)), pureAck(seq(1), seq(2))].map((s) => s.ack)).toEqual([undefined, 2, 2])
  })
})

describe('resets', () => {
  test('a segment with ACK is reset at the number that it acknowledged, without ACK', () => {
    expect(resetFor(peer('F.', { seq: 7, ack: 9, len: 2 }))).toEqual({ flags: 'R', seq: 9, len: 0 })
  })

  test('a segment without ACK is reset at 0, acknowledging all of it', () => {
    expect(resetFor(peer('S', { seq: 2 ** 32 - 1 }))).toEqual({ flags: 'R.', seq: 0, ack: 0, len: 0 })
    expect(resetFor(peer('F', { seq: 1000, len: 5 }))).toEqual({ flags: 'R.', seq: 0, ack: 1006, len: 0 })
  })

  test('an abort sends RST and ACK at SND.NXT', () => {
    expect(activeReset(seq(5), seq(6))).toEqual({ flags: 'R.', seq: 5, ack: 6, len: 0 })
  })
})

describe('notation', () => {
  test('says what tcpdump says, with absolute numbers', () => {
    expect(
      [syn(seq(9)), synAck(seq(4), seq(10)), pureAck(seq(10), seq(5)), text(seq(10), seq(5), 12, true)].map((s) =>
        notation(s),
      ),
    ).toEqual(['[S] seq 9', '[S.] seq 4 ack 10', '[.] ack 5', '[F.] seq 10:22 ack 5 length 12'])
  })

  test('wraps where the numbers wrap', () => {
    expect(notation(text(seq(-2), seq(5), 3))).toBe('[.] seq 4294967294:1 ack 5 length 3')
  })

  test('counts from the two bases if they are given', () => {
    expect(notation(text(seq(10), seq(5), 12), { seq: seq(9), ack: seq(4) })).toBe('[.] seq 1:13 ack 1 length 12')
  })
})
