/** Runs of Linux 6.18.44, driven packet by packet from the other side of a TUN device: how much the two queues hold. */
import { describe, expect, test } from 'vitest'
import { Lab } from '../testing/lab.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'

const SYN = peer('S', { seq: IRS })
const SYN_ACK = ours('S.', { seq: ISS })
const names = (n: number) => Array.from({ length: n }, (_, i) => `peer ${i}`)

describe('peers connect one after another, nobody accepts', () => {
  test.each([0, 1, 2, 3])('listen(%i): B + 1 handshakes, and every SYN after them counts twice', (backlog) => {
    const lab = new Lab(backlog)
    const shakes = names(backlog + 4).filter(
      (p) => lab.hears(p, SYN).length > 0 && lab.hears(p, peer('.')).length === 0,
    )
    expect(shakes).toHaveLength(backlog + 1)
    expect(lab.counters()).toEqual({ PassiveOpens: backlog + 1, ListenOverflows: 3, ListenDrops: 3 })
    expect(lab.queue()).toEqual([backlog + 1, backlog])
    expect(lab.closes()).toEqual(shakes.map((p) => [p, ours('R.')]))
  })
})

describe('SYNs of peers that never answer', () => {
  test.each([0, 1, 2])('listen(%i), tcp_syncookies 1: B + 1 requests, then a cookie each', (backlog) => {
    const lab = new Lab(backlog)
    for (const p of names(backlog + 1)) {
      expect(lab.hears(p, SYN)).toEqual([SYN_ACK])
      expect([lab.shows(p), lab.counters()]).toEqual(['request', {}])
    }
    for (const p of ['another', 'and another', 'and a third']) {
      expect(lab.hears(p, SYN)).toEqual([SYN_ACK])
      expect([lab.shows(p), lab.counters()]).toEqual(['none', { TCPReqQFullDoCookies: 1, SyncookiesSent: 1 }])
    }
  })

  const few = { tcp_syncookies: 0, tcp_max_syn_backlog: 8 }

  test('listen(100), tcp_syncookies 0, tcp_max_syn_backlog 8: seven of sixteen are let in', () => {
    const lab = new Lab(100, { sysctls: few })
    expect(names(16).filter((p) => lab.hears(p, SYN).length > 0)).toHaveLength(7)
    expect(lab.counters()).toEqual({ ListenDrops: 9 })
  })

  test('peers whose RTT is known are not held to that', () => {
    const lab = new Lab(100, { sysctls: few })
    for (const p of names(120)) lab.knows(p, { proven: true })
    expect(names(120).filter((p) => lab.hears(p, SYN).length > 0)).toHaveLength(101)
  })
})

describe('listen() again', () => {
  const established = (lab: Lab, n: number) => {
    for (const p of names(n)) lab.hears(p, SYN, peer('.'))
  }

  test('with less than is queued: nobody is evicted, nobody let in; with more: at once', () => {
    const lab = new Lab(5)
    established(lab, 4)
    lab.relistens(1)
    expect(lab.queue()).toEqual([4, 1])
    expect(lab.hears('late', SYN)).toEqual([])
    lab.relistens(10)
    expect(lab.hears('late', SYN)).toEqual([SYN_ACK])
  })

  test('a negative backlog is somaxconn, and somaxconn counts when listen() is called', () => {
    const lab = new Lab(-1, { sysctls: { somaxconn: 2 } })
    expect(lab.queue()).toEqual([0, 2])
    lab.stack = { ...lab.stack, sysctls: { ...lab.stack.sysctls, somaxconn: 1 } }
    established(lab, 9)
    expect(lab.queue()).toEqual([3, 2])
    lab.relistens(-1)
    expect(lab.queue()).toEqual([3, 1])
  })

  test('linux-3.10: the SYN table keeps the size of the first listen()', () => {
    const lab = new Lab(4, { profile: 'linux-3.10', sysctls: { tcp_syncookies: 0 } })
    lab.relistens(100)
    expect(names(40).filter((p) => lab.hears(p, SYN).length > 0)).toHaveLength(16)
  })
})

describe('a child that is reset before accept()', () => {
  test('keeps its place: listen(1) takes one more, then nobody', () => {
    const lab = new Lab(1)
    lab.hears('A', SYN, peer('.'), peer('R'))
    expect([lab.shows('A'), lab.queue()]).toEqual(['none', [1, 1]])
    expect(lab.counters()).toEqual({ PassiveOpens: 1, EstabResets: 1 })
    lab.hears('B', SYN, peer('.'))
    expect(lab.hears('C', SYN)).toEqual([])
    expect(lab.counters()).toEqual({ PassiveOpens: 1, ListenOverflows: 1, ListenDrops: 1 })
    expect([lab.accepts(), lab.accepts(), lab.accepts()]).toEqual(['one that died', 'B', undefined])
  })
})
