/** Runs of Linux 6.18.44, driven packet by packet: cookies. listen(1), tcp_syncookies 2. */
import { describe, expect, test } from 'vitest'
import { Lab } from '../testing/lab.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'

const SYN = peer('S', { seq: IRS })
const SYN_ACK = ours('S.', { seq: ISS })
const always = { sysctls: { tcp_syncookies: 2 } }
const OVERFLOW = { SyncookiesRecv: 1, ListenOverflows: 1, ListenDrops: 1 }

test('nothing is kept, an ACK makes a child, a full queue drops it each time, text later makes it after all', () => {
  const lab = new Lab(1, always)
  expect(lab.hears('A', SYN)).toEqual([SYN_ACK])
  expect([lab.shows('A'), lab.counters()]).toEqual(['none', { SyncookiesSent: 1, TCPReqQFullDoCookies: 1 }])
  lab.hears('A', peer('.'))
  expect([lab.shows('A'), lab.counters()]).toEqual(['ESTABLISHED', { SyncookiesRecv: 1, PassiveOpens: 1 }])
  for (const p of ['B', 'C', 'D']) lab.hears(p, SYN)
  lab.hears('B', peer('.'))
  lab.counters()
  expect(lab.queue()).toEqual([2, 1])
  expect([lab.hears('C', peer('.')), lab.counters()]).toEqual([[], OVERFLOW])
  expect([lab.hears('C', peer('.', { len: 3 })), lab.counters()]).toEqual([[], OVERFLOW])
  expect([lab.waits(2_000), lab.counters()]).toEqual([[], {}])
  expect(lab.accepts()).toBe('A')
  expect(lab.hears('C', peer('.', { len: 3 }))).toEqual([ours('.', { ack: IRS + 4 })])
  expect([lab.shows('C'), lab.counters()]).toEqual(['ESTABLISHED 3', { SyncookiesRecv: 1, PassiveOpens: 1 }])
  lab.accepts()
  lab.hears('D', peer('.', { seq: IRS + 4 }))
  expect([lab.shows('D'), lab.counters()]).toEqual(['ESTABLISHED', { SyncookiesRecv: 1, PassiveOpens: 1 }])
})

test('an ACK that comes out of nothing while no cookie is out: reset, and not counted as a failed cookie', () => {
  const lab = new Lab(1)
  expect(lab.hears('A', peer('.', { ack: 12_345 }))).toEqual([ours('R', { seq: 12_345 })])
  expect(lab.counters()).toEqual({ OutRsts: 1 })
})

describe('how long cookies are taken', () => {
  const bring = (profile: 'linux-6.18' | 'linux-4.4' | 'linux-3.10', after: number) => {
    const lab = new Lab(0, { profile, sysctls: { tcp_syncookies: 1 } })
    for (let i = 0; i < 16; i += 1) lab.hears(`other ${i}`, SYN)
    lab.hears('A', SYN)
    lab.waits(after)
    lab.counters()
    lab.hears('A', peer('.'))
    return [lab.shows('A'), lab.counters()]
  }
  const taken = ['ESTABLISHED', { SyncookiesRecv: 1, PassiveOpens: 1 }]

  test.each([
    ['linux-6.18', 119_999],
    ['linux-4.4', 119_999],
    ['linux-3.10', 2_999],
  ] as const)('%s: after %i ms still', (profile, after) => expect(bring(profile, after)).toEqual(taken))

  test('linux-6.18: after two minutes not, and no failure is counted', () => {
    expect(bring('linux-6.18', 120_000)).toEqual(['none', { OutRsts: 1 }])
  })

  test('linux-3.10: after three seconds not, and a failure is counted', () => {
    expect(bring('linux-3.10', 3_000)).toEqual(['none', { SyncookiesFailed: 1, OutRsts: 1 }])
  })
})

test('linux-3.10: tcp_syncookies 2 is no more than 1', () => {
  const lab = new Lab(5, { profile: 'linux-3.10', ...always })
  lab.hears('A', SYN)
  expect(lab.shows('A')).toBe('request')
})
