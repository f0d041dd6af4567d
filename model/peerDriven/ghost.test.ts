/** Runs of Linux 6.18.44, driven packet by packet: ghost connections, listen(1), tcp_syncookies 1. */
import { describe, expect, test } from 'vitest'
import { Lab } from '../testing/lab.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'
import type { StackOptions } from '../testing/stack.ts'

const SYN = peer('S', { seq: IRS })
const SYN_ACK = ours('S.', { seq: ISS })

/** A is queued; B and C send their SYNs while one place is left; B takes it. */
const crowded = (o: StackOptions = {}): Lab => {
  const lab = new Lab(1, o)
  lab.hears('A', SYN, peer('.'))
  lab.hears('B', SYN)
  lab.hears('C', SYN)
  lab.hears('B', peer('.'))
  lab.counters()
  return lab
}

test('third ACK, text and FIN of C are each tried and dropped; its SYN+ACK goes on; accept() lets the text in', () => {
  const lab = crowded()
  for (const s of [peer('.'), peer('.', { len: 12 }), peer('F.', { seq: IRS + 13 })]) {
    expect(lab.hears('C', s)).toEqual([])
    expect(lab.counters()).toEqual({ ListenOverflows: 1, ListenDrops: 1 })
  }
  expect(lab.hears('D', SYN)).toEqual([])
  expect(lab.counters()).toEqual({ ListenOverflows: 1, ListenDrops: 1 })
  expect([lab.queue(), lab.shows('C'), lab.shows('D')]).toEqual([[2, 1], 'request', 'none'])
  expect(lab.waits(4_000)).toEqual([
    [1_000, 'C', SYN_ACK],
    [3_000, 'C', SYN_ACK],
  ])
  expect(lab.counters()).toEqual({ TCPTimeouts: 2, TCPSynRetrans: 2, RetransSegs: 2 })
  expect(lab.accepts()).toBe('A')
  expect(lab.hears('C', peer('.', { len: 12 }))).toEqual([ours('.', { ack: IRS + 13 })])
  expect(lab.hears('C', peer('F.', { seq: IRS + 13 }))).toEqual([ours('.', { ack: IRS + 14 })])
  expect([lab.shows('C'), lab.queue()]).toEqual(['CLOSE_WAIT 13', [2, 1]])
})

test('tcp_synack_retries 2: gone 7 s after the SYN without a word, and late text is reset', () => {
  const lab = crowded({ sysctls: { tcp_synack_retries: 2 } })
  lab.hears('C', peer('.'))
  lab.counters()
  expect(lab.waits(8_000).map(([at]) => at)).toEqual([1_000, 3_000])
  expect(lab.counters()).toEqual({ TCPTimeouts: 3, TCPSynRetrans: 2, RetransSegs: 2 })
  expect(lab.shows('C')).toBe('none')
  expect(lab.hears('C', peer('.', { len: 10 }))).toEqual([ours('R')])
  expect(lab.counters()).toEqual({ OutRsts: 1 })
})

describe('tcp_abort_on_overflow 1', () => {
  const third = [
    peer('.'),
    peer('.', { len: 3 }),
    peer('F.'),
    peer('F.', { len: 3 }),
    peer('.', { seq: IRS + 4, len: 1 }),
  ]

  test.each(third)('[$flags] seq $seq length $len: reset, and the request is gone', (s) => {
    const lab = crowded({ sysctls: { tcp_abort_on_overflow: 1 } })
    expect(lab.hears('C', s)).toEqual([ours('R')])
    expect(lab.counters()).toEqual({ EmbryonicRsts: 1, ListenOverflows: 1, ListenDrops: 1, OutRsts: 1 })
    expect([lab.shows('C'), lab.queue()]).toEqual(['none', [2, 1]])
  })

  test('switched on late: nothing until the ghost says something', () => {
    const lab = crowded()
    lab.hears('C', peer('.'))
    lab.counters()
    lab.stack = { ...lab.stack, sysctls: { ...lab.stack.sysctls, tcp_abort_on_overflow: 1 } }
    expect(lab.waits(1_000)).toEqual([[1_000, 'C', SYN_ACK]])
    expect(lab.hears('C', peer('.', { len: 3 }))).toEqual([ours('R')])
  })
})
