/** tcp_tw_recycle: who gets in behind a NAT, and who does not. linux: tcp_peer_is_proven (to 4.11) */
import { describe, expect, test } from 'vitest'
import type { ProfileName } from '../profile/index.ts'
import type { Segment } from '../segment.ts'
import { close } from '../socket/calls.ts'
import { Lab } from '../testing/lab.ts'
import { IRS, ISS, peer } from '../testing/segments.ts'

const RECYCLING = { tcp_tw_recycle: 1 } as const
const dropped = { PAWSPassive: 1, ListenDrops: 1 }

/** From a host whose clock says so; without one: from a host that has no timestamps. */
const at = (s: Segment, clock?: number): Segment =>
  clock === undefined ? { ...s, options: { mss: 1460 } } : { ...s, options: { timestamp: { val: clock, echo: 0 } } }
const SYN = peer('S', { seq: IRS })

/** The host has closed a connection of A's, whose clock said 1000, and keeps TIME_WAIT. */
const closed = (profile: ProfileName, sysctls: object = RECYCLING): Lab => {
  const offers = { mss: 1460, windowScale: 7, clock: 1 }
  const lab = new Lab(5, { profile, offers, sysctls })
  for (const p of ['A', 'B', 'C']) lab.knows(p, { address: 'the NAT' })
  lab.knows('D', { address: 'elsewhere' })
  lab.hears('A', at(SYN, 1_000), at(peer('.'), 1_000))
  lab.accepts()
  lab.calls('A', close)
  lab.hears('A', at(peer('F.', { ack: ISS + 2 }), 1_000))
  expect(lab.shows('A')).toBe('TIME_WAIT')
  lab.counters()
  return lab
}

/** Whether a SYN that says `clock` is let in. */
const admits = (lab: Lab, from: string, clock?: number): boolean => lab.hears(from, at(SYN, clock)).length > 0

describe('a SYN from behind the same NAT', () => {
  test('with an older clock is dropped and counted, with a later one let in; from elsewhere it is let in', () => {
    const lab = closed('linux-4.4')
    expect([admits(lab, 'B', 500), lab.counters()]).toEqual([false, dropped])
    expect([admits(lab, 'B', 999), lab.counters()]).toEqual([true, {}])
    expect([admits(lab, 'C', 2_000), lab.counters()]).toEqual([true, {}])
    expect([admits(lab, 'D', 500), lab.counters()]).toEqual([true, {}])
  })

  test('is let in again a minute later', () => {
    const lab = closed('linux-4.4')
    lab.waits(59_999)
    expect(admits(lab, 'B', 500)).toBe(false)
    lab.waits(1)
    expect(admits(lab, 'B', 500)).toBe(true)
  })

  test.each([
    ['linux-4.9', false],
    ['linux-4.4', false],
    ['linux-3.10', true],
  ] as const)('%s: without a timestamp, let in: %s', (profile, lets) => {
    expect(admits(closed(profile), 'B')).toBe(lets)
  })

  test('timestamps switched off here meanwhile: nobody from there is let in', () => {
    const lab = closed('linux-4.4')
    lab.stack = { ...lab.stack, sysctls: { ...lab.stack.sysctls, tcp_timestamps: 0 } }
    expect([admits(lab, 'B', 2_000), lab.counters()]).toEqual([false, dropped])
    expect(admits(lab, 'D', 2_000)).toBe(true)
  })

  test.each(['linux-6.18', 'linux-5.10'] as const)('%s: the sysctl is gone, and nobody is dropped', (profile) => {
    expect(admits(closed(profile), 'B', 500)).toBe(true)
  })

  test('switched off: nobody is dropped', () => {
    expect(admits(closed('linux-4.4', {}), 'B', 500)).toBe(true)
  })

  test('TIME_WAIT lasts three and a half timeouts with it, a minute without', () => {
    const shownAfter = (lab: Lab, time: number) => {
      lab.waits(time)
      return lab.shows('A')
    }
    const lasts = (lab: Lab) => [shownAfter(lab, 3_499), shownAfter(lab, 1)]
    expect(lasts(closed('linux-4.4'))).toEqual(['TIME_WAIT', 'none'])
    expect(lasts(closed('linux-4.4', {}))).toEqual(['TIME_WAIT', 'TIME_WAIT'])
  })
})
