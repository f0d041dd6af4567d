/** Runs of Linux 6.18.44, driven packet by packet: what one request answers. Defaults but for what is said. */
import { describe, expect, test } from 'vitest'
import type { Segment } from '../segment.ts'
import { Lab } from '../testing/lab.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'
import type { StackOptions } from '../testing/stack.ts'

const SYN = peer('S', { seq: IRS })
const SYN_ACK = ours('S.', { seq: ISS })
const requested = (o: StackOptions = {}): Lab => {
  const lab = new Lab(5, o)
  lab.hears('A', SYN)
  return lab
}

test('the same SYN again: answered at once, not within 500 ms of the last time, and the timer starts over', () => {
  const lab = requested()
  lab.waits(202)
  expect(lab.hears('A', SYN)).toEqual([SYN_ACK])
  expect(lab.counters()).toEqual({ TCPSynRetrans: 1, RetransSegs: 1 })
  lab.waits(351)
  expect(lab.hears('A', SYN)).toEqual([])
  expect(lab.counters()).toEqual({ TCPACKSkippedSynRecv: 1 })
  lab.waits(648)
  expect(lab.hears('A', SYN)).toEqual([SYN_ACK])
  lab.counters()
  lab.waits(51)
  expect(lab.hears('A', peer('S', { seq: IRS, len: 3 }))).toEqual([])
  expect(lab.waits(3_552).map(([at]) => at)).toEqual([2_201, 4_201])
  expect(lab.counters()).toEqual({ TCPTimeouts: 2, TCPSynRetrans: 2, TCPACKSkippedSynRecv: 1, RetransSegs: 2 })
})

test('a peer that stays silent: SYN+ACKs after 1, 3, 7, 15 and 31 s, the end after 63 s', () => {
  const lab = requested()
  expect(lab.waits(62_999).map(([at]) => at)).toEqual([1_000, 3_000, 7_000, 15_000, 31_000])
  expect(lab.shows('A')).toBe('request')
  expect([lab.waits(1), lab.shows('A')]).toEqual([[], 'none'])
  expect(lab.counters()).toEqual({ TCPTimeouts: 6, TCPSynRetrans: 5, RetransSegs: 5 })
})

describe('third ACKs', () => {
  test.each([
    ['with three bytes', peer('.', { len: 3 }), 'ESTABLISHED 3', [ours('.', { ack: IRS + 4 })]],
    ['with a FIN', peer('F.'), 'CLOSE_WAIT 1', [ours('.', { ack: IRS + 2 })]],
    ['with both', peer('F.', { len: 3 }), 'CLOSE_WAIT 4', [ours('.', { ack: IRS + 5 })]],
    ['ahead of a gap', peer('.', { seq: IRS + 4 }), 'ESTABLISHED', []],
    ['with text behind a gap', peer('.', { seq: IRS + 4, len: 1 }), 'ESTABLISHED', [ours('.')]],
  ] as const)('%s: all of it counts before accept()', (_, s, shown, send) => {
    const lab = requested()
    expect([lab.hears('A', s), lab.shows('A'), lab.counters()]).toEqual([send, shown, { PassiveOpens: 1 }])
  })

  const refused: readonly (readonly [string, Segment, readonly Segment[], object])[] = [
    ['of another number', peer('.', { ack: ISS + 2 }), [ours('R', { seq: ISS + 2 })], { OutRsts: 1 }],
    ['as a SYN+ACK', peer('S.', { seq: IRS }), [ours('.')], {}],
    ['text without ACK', peer('', { len: 3 }), [], {}],
    ['FIN without ACK', peer('F'), [], {}],
    ['beyond the window', peer('.', { seq: IRS + 100_000 }), [ours('.')], {}],
  ]
  test.each(refused)('%s: none, and the request stays', (_, s, send, count) => {
    const lab = requested()
    expect([lab.hears('A', s), lab.shows('A'), lab.counters()]).toEqual([send, 'request', count])
  })

  test('a SYN+ACK with text: a child that is challenged, queued, and ESTABLISHED by the next ACK only', () => {
    const lab = requested()
    expect(lab.hears('A', peer('S.', { seq: IRS, len: 3 }))).toEqual([ours('.')])
    expect(lab.counters()).toEqual({ TCPChallengeACK: 1, TCPSYNChallenge: 1, PassiveOpens: 1 })
    expect([lab.queue(), lab.shows('A')]).toEqual([[1, 5], 'SYN_RECV'])
    expect([lab.hears('A', peer('.')), lab.shows('A')]).toEqual([[], 'ESTABLISHED'])
  })
})

describe('TCP_DEFER_ACCEPT of 5 s', () => {
  const deferred = { listener: { deferAccept: 3 } }

  test('a bare ACK is dropped; one SYN+ACK at 7 s; text at 9.3 s makes the child', () => {
    const lab = requested(deferred)
    expect(lab.hears('A', peer('.'))).toEqual([])
    expect(lab.counters()).toEqual({ TCPDeferAcceptDrop: 1 })
    expect(lab.waits(9_300)).toEqual([[7_000, 'A', SYN_ACK]])
    expect(lab.counters()).toEqual({ TCPTimeouts: 3, TCPSynRetrans: 1, RetransSegs: 1 })
    expect(lab.hears('A', peer('.', { len: 1 }))).toEqual([ours('.', { ack: IRS + 2 })])
    expect([lab.shows('A'), lab.queue()]).toEqual(['ESTABLISHED 1', [1, 5]])
  })
})

describe('ICMP errors', () => {
  test('port unreachable is ignored, a wrong number counted, host unreachable believed', () => {
    const lab = requested()
    expect(lab.hearsIcmp('A', { says: 'port unreachable', quotes: ISS })).toEqual([])
    expect([lab.shows('A'), lab.counters()]).toEqual(['request', {}])
    lab.hearsIcmp('A', { says: 'host unreachable', quotes: peer('.', { ack: ISS + 9 }).ack! })
    expect([lab.shows('A'), lab.counters()]).toEqual(['request', { OutOfWindowIcmps: 1 }])
    lab.hearsIcmp('A', { says: 'host unreachable', quotes: ISS })
    expect([lab.shows('A'), lab.counters()]).toEqual(['none', { ListenDrops: 1 }])
    expect(lab.listener.requests).toBe(0)
  })

  test('linux-3.10 believes any of them', () => {
    const lab = requested({ profile: 'linux-3.10' })
    lab.hearsIcmp('A', { says: 'port unreachable', quotes: ISS })
    expect(lab.shows('A')).toBe('none')
  })

  test('a child is not ended by one', () => {
    const lab = requested()
    lab.hears('A', peer('.'))
    lab.hearsIcmp('A', { says: 'host unreachable', quotes: ISS })
    expect(lab.shows('A')).toBe('ESTABLISHED')
  })
})
