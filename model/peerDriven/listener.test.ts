/** Runs of Linux 6.18.44, driven packet by packet: strange segments at a listener, and a listener that goes. listen(5). */
import { describe, expect, test } from 'vitest'
import { Lab } from '../testing/lab.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'

const SYN = peer('S', { seq: IRS })
const SYN_ACK = ours('S.', { seq: ISS })
/** A is ESTABLISHED, B with a byte unread, C has sent its SYN, G its FIN. */
const busy = (): Lab => {
  const lab = new Lab(5)
  lab.hears('A', SYN, peer('.'))
  lab.hears('B', SYN, peer('.'), peer('.', { len: 1 }))
  lab.hears('C', SYN)
  lab.hears('G', SYN, peer('.'), peer('F.'))
  lab.counters()
  return lab
}

describe('close() of the listener', () => {
  test('one RST to each child in its queue; the request lingers, and is reset when it speaks', () => {
    const lab = busy()
    expect(lab.queue()).toEqual([3, 5])
    expect(lab.closes()).toEqual([
      ['A', ours('R.')],
      ['B', ours('R.', { ack: IRS + 2 })],
      ['G', ours('R.', { ack: IRS + 2 })],
    ])
    expect(lab.counters()).toEqual({ EstabResets: 3, OutRsts: 3 })
    expect(lab.shows('C')).toBe('request')
    expect(lab.hears('C', peer('.'))).toEqual([ours('R')])
    expect(lab.counters()).toEqual({ OutRsts: 1 })
    expect(lab.hears('B', peer('.', { seq: IRS + 2, len: 1 }))).toEqual([ours('R')])
  })

  test('the timer of a request ends it, and nothing at all is counted', () => {
    const lab = new Lab(5)
    lab.hears('C', SYN)
    lab.closes()
    expect([lab.waits(1_500), lab.shows('C'), lab.counters()]).toEqual([[], 'none', {}])
  })

  test.each([
    ['the same SYN', SYN, [ours('R.', { seq: 0, ack: IRS + 1 })], { OutRsts: 1 }],
    ['text', peer('.', { len: 3 }), [ours('R')], { OutRsts: 1 }],
    ['a RST', peer('R'), [], {}],
  ] as const)('a request, %s: gone', (_, s, send, count) => {
    const lab = new Lab(5)
    lab.hears('C', SYN)
    lab.closes()
    expect([lab.hears('C', s), lab.shows('C'), lab.counters()]).toEqual([send, 'none', count])
  })

  test('to 4.3 requests go with it', () => {
    const lab = new Lab(5, { profile: 'linux-3.10' })
    lab.hears('C', SYN)
    lab.closes()
    expect([lab.shows('C'), lab.listener.requests]).toEqual(['none', 0])
  })

  test('what was accepted goes on', () => {
    const lab = busy()
    expect(lab.accepts()).toBe('A')
    expect(lab.closes().map(([p]) => p)).toEqual(['B', 'G'])
    expect(lab.hears('A', peer('.', { len: 1 }))).toEqual([ours('.', { ack: IRS + 2 })])
  })
})

describe('shutdown() and listen() again on the same socket', () => {
  test('finds its requests again, and counts them', () => {
    const lab = busy()
    lab.closes()
    lab.relistens(5)
    expect([lab.listener.requests, lab.queue()]).toEqual([1, [0, 5]])
    lab.hears('C', peer('.'))
    expect([lab.shows('C'), lab.queue(), lab.listener.requests]).toEqual(['ESTABLISHED', [1, 5], 0])
  })

  test('forgets its cookies, which listen() without shutdown() does not', () => {
    const cookie = (shutdown: boolean) => {
      const lab = new Lab(5, { sysctls: { tcp_syncookies: 2 } })
      lab.hears('A', SYN)
      if (shutdown) lab.closes()
      lab.relistens(5)
      lab.hears('A', peer('.'))
      return lab.shows('A')
    }
    expect([cookie(false), cookie(true)]).toEqual(['ESTABLISHED', 'none'])
  })
})

test('a peer that starts anew: its SYN is challenged, its RST believed, its SYN taken', () => {
  const lab = new Lab(5)
  lab.hears('A', SYN, peer('.'))
  lab.counters()
  expect(lab.hears('A', peer('S', { seq: 700_000 }))).toEqual([ours('.')])
  expect(lab.counters()).toEqual({ TCPChallengeACK: 1, TCPSYNChallenge: 1, InErrs: 1 })
  expect(lab.hears('A', peer('R'))).toEqual([])
  expect(lab.counters()).toEqual({ EstabResets: 1 })
  expect(lab.hears('A', peer('S', { seq: 700_000 }))).toEqual([{ ...SYN_ACK, ack: 700_001 }])
})
