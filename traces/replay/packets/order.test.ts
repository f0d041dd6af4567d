import { describe, expect, it } from 'vitest'
import { seq } from '../../../model/index.ts'
import type { Observation } from './observation.ts'
import { haveOneOrder, ownOrder } from './order.ts'

/** `[flags, seq, len, ack, clock]`; an empty row is a packet of the other end. */
type Row = readonly [Observation['flags'], number, number, (number | undefined)?, number?] | readonly []

const own = (rows: readonly Row[]): (Observation | undefined)[] =>
  rows.map(([flags, s, len, a, clock], i) =>
    flags === undefined
      ? undefined
      : {
          packet: i + 1,
          from: 'client',
          flags,
          seq: seq(s!),
          len: len!,
          ...(a === undefined ? {} : { ack: seq(a) }),
          ...(clock === undefined ? {} : { clock }),
          segment: { flags, seq: seq(s!), len: len! },
        },
  )
const handshake: Row[] = [['S', 99, 0], [], ['.', 100, 0, 500]]

describe('whether the order is told', () => {
  it('by clocks', () => {
    const rows: Row[] = [
      ['.', 100, 0, 600, 7],
      ['.', 100, 0, 500, 8],
    ]
    expect(ownOrder(own(rows), true).trusted).toBe(true)
  })
  it('by numbers that only grow, a keepalive probe and a repetition among them', () => {
    const rows: Row[] = [...handshake, ['.', 100, 10, 500], ['.', 110, 0, 600], ['.', 109, 0, 600], ['.', 100, 10, 600]]
    expect(ownOrder(own(rows), true).trusted).toBe(true)
    expect(ownOrder(own(rows), false).trusted).toBe(false)
  })
  it('not by an ACK of less, nor by an ACK from before what was sent', () => {
    expect(ownOrder(own([...handshake, ['.', 100, 0, 600], ['.', 100, 0, 500]]), true).trusted).toBe(false)
    expect(ownOrder(own([...handshake, ['.', 100, 10, 500], ['.', 100, 0, 500]]), true).trusted).toBe(false)
  })
})

describe('whether an end can have sent its packets in one order only', () => {
  const packets = (...rows: Row[]): Observation[] => own(rows).filter((o) => o !== undefined)
  it('ACKs of more and more, equal ones among them', () => {
    const rows: Row[] = [
      ['.', 100, 0, 500],
      ['.', 100, 0, 510],
      ['.', 100, 0, 510],
      ['.', 100, 0, 520],
    ]
    expect(haveOneOrder(packets(...rows))).toBe(true)
  })
  it('a bare ACK comes before the FIN of its number, and the FIN again acknowledges more', () => {
    expect(haveOneOrder(packets(['.', 100, 0, 500], ['F.', 100, 0, 500], ['F.', 100, 0, 600]))).toBe(true)
  })
  it('text may have been sent again before or after other text', () => {
    expect(haveOneOrder(packets(['.', 100, 10, 500], ['.', 110, 10, 500]))).toBe(false)
    expect(haveOneOrder(packets(['F.', 100, 0, 500], ['.', 100, 0, 500]))).toBe(false)
  })
  it('what acknowledges less, or nothing, came by another way', () => {
    expect(haveOneOrder(packets(['.', 100, 0, 600], ['.', 100, 0, 500]))).toBe(false)
    expect(haveOneOrder(packets(['.', 100, 0, 600], ['S', 99, 0]))).toBe(false)
  })
})

describe('what is still to come', () => {
  const rows: Row[] = [...handshake, ['.', 100, 10, 500], [], ['.', 110, 10, 500], ['R', 120, 0], ['.', 100, 10, 510]]
  const order = ownOrder(own(rows), true)
  it('is the next packet that is no RST, or one after it', () => {
    expect(order.after(3, 0)?.packet).toBe(4)
    expect(order.after(4, 0)?.packet).toBe(6)
    expect(order.after(4, 1)?.packet).toBe(8)
    expect(order.after(8, 0)).toBeUndefined()
  })
  it('comes before a RST, or not', () => {
    expect(order.isBeforeResets(4, 0)).toBe(true)
    expect(order.isBeforeResets(4, 1)).toBe(false)
  })
  it('repeats text from that number on: more cannot be acknowledged yet', () => {
    expect(order.leastSent(4, 0)).toBe(100)
    expect(order.leastSent(8, 0)).toBeUndefined()
  })
  it('is not repeated by the next incarnation', () => {
    expect(ownOrder(own([...handshake, ['.', 100, 10, 500], ['S', 7, 0]]), true).leastSent(3, 0)).toBe(100)
    expect(ownOrder(own([...handshake, ['S', 7, 0], [], ['.', 8, 9, 1]]), true).leastSent(2, 0)).toBeUndefined()
  })
})

it('tells of text beyond a gap, until that is acknowledged', () => {
  const sacks = [[], [[520, 530]], [[540, 550]]].map((blocks) => blocks.map(([l, r]) => [seq(l!), seq(r!)] as const))
  const rows = own([
    ['.', 100, 0, 500],
    ['.', 100, 0, 500],
    ['.', 100, 0, 530],
  ]).map((o, i) => ({ ...o!, sack: sacks[i]! }))
  const order = ownOrder(rows, true)
  expect(order.tellsOf(seq(520), 10, 0, 1)).toBe(true)
  expect(order.tellsOf(seq(520), 10, 0, 0)).toBe(false)
  expect(order.untilHeld(seq(520), 10, 0, 0)).toBe(1)
  expect(order.untilHeld(seq(540), 10, 0, 0)).toBe(2)
  expect(order.untilHeld(seq(510), 10, 0, 0)).toBeUndefined()
})
