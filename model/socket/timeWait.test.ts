/** The mini-sockets FIN_WAIT2 and TIME_WAIT. RFC 9293 §3.10.7.4, RFC 1122 §4.2.2.13, RFC 1337 · linux: tcp_timewait_state_process */
import { describe, expect, test } from 'vitest'
import type { Stack } from '../config.ts'
import type { ProfileName } from '../profile/index.ts'
import { react } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { seq } from '../sequence.ts'
import { ours, peer } from '../testing/segments.ts'
import { closing, finWait1, finWait2, halfClosed2, seen, shows, timeWait } from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { close } from './calls.ts'
import { receive } from './receive.ts'
import type { Socket, TimeWait } from './socket.ts'
import { connect } from './synSent.ts'
import { elapse, fire } from './time.ts'
import { mayReuse, opensAnew } from './timeWait.ts'

const st = stack()

describe('FIN_WAIT2 (RCV.NXT 501)', () => {
  const ack = ours('.', { seq: 102 })
  const from = (flags: Segment['flags'], fields = {}): Segment => peer(flags, { ack: 102, ...fields })

  test.each([
    ['RST', from('R', { seq: 900 })],
    ['old SYN', from('S', { seq: 400 })],
    ['old text', from('.', { seq: 499, len: 2 })],
    ['a keepalive probe', from('.', { seq: 500 })],
    ['text beyond the window', from('.', { seq: 509, len: 1 })],
  ])('out of the window, %s: acknowledged', (_, s) => {
    expect(receive(finWait2(), s, st)).toEqual(react(finWait2(), [ack]))
  })

  test.each([501, 505, 509])('RST in the window, %i: gone in silence', (seq) => {
    expect(receive(finWait2(), from('R', { seq }), st)).toEqual(react({ state: 'CLOSED', because: 'reset' }))
  })

  test('SYN in the window: reset, gone', () => {
    expect(seen(receive(finWait2(), from('S', { seq: 502 }), st))).toEqual(
      shows('CLOSED', [ours('R.', { seq: 0, ack: 503 })], ['OutRsts']),
    )
  })

  test.each([
    ['FIN without ACK', from('F')],
    ['text without ACK', from('', { len: 2 })],
    ['the same ACK', from('.')],
    ['an ACK ahead', from('.', { seq: 503 })],
  ])('%s: dropped', (_, s) => expect(receive(finWait2(), s, st)).toEqual(react(finWait2())))

  test.each([
    ['text', from('.', { len: 4 })],
    ['text and FIN', from('F.', { len: 1 })],
    ['a FIN behind a gap', from('F.', { seq: 503 })],
  ])('%s: reset, gone', (_, s) => {
    expect(seen(receive(finWait2(), s, st))).toEqual(shows('CLOSED', [ours('R', { seq: 102 })], ['OutRsts']))
  })

  test('FIN: TIME_WAIT from now on, acknowledged, not counted again', () => {
    const late = elapse(finWait2(), 2)!
    expect(receive(late, from('F.'), st)).toEqual(
      react({ ...timeWait(), left: 4, since: 0 }, [ours('.', { seq: 102, ack: 502 })]),
    )
  })

  test('FIN with a TIME_WAIT of 0: CLOSED', () => {
    const r = receive(finWait2(), from('F.'), stack({ durations: { timeWait: 0 } }))
    expect(r.to).toEqual({ state: 'CLOSED', because: 'TIME_WAIT over' })
  })

  test('the timer: gone in silence, and the late FIN is reset', () => {
    const gone = fire(finWait2(), st)
    expect(gone).toEqual(react({ state: 'CLOSED', because: 'FIN_WAIT2 over' }))
    expect(receive(gone.to, from('F.'), st).send).toEqual([ours('R', { seq: 102 })])
  })
})

describe('TIME_WAIT (RCV.NXT 502)', () => {
  const ack = ours('.', { seq: 102, ack: 502 })
  const late = elapse(timeWait(), 3) as TimeWait
  const from = (flags: Segment['flags'], fields = {}): Segment => peer(flags, { seq: 502, ack: 102, ...fields })
  const under = (s: Segment, profile: ProfileName, tcp_rfc1337 = 0) =>
    receive(late, s, stack({ profile, sysctls: { tcp_rfc1337 } })).to

  test('lasts its time', () => {
    expect(late).toEqual({ ...timeWait(), left: 1, since: 3 })
    expect(elapse(timeWait(), 5)).toBeUndefined()
    expect(fire(late, st)).toEqual(react({ state: 'CLOSED', because: 'TIME_WAIT over' }))
  })

  test('exact RST: assassinated', () => {
    expect(receive(late, from('R'), st)).toEqual(react({ state: 'CLOSED', because: 'reset' }))
  })

  test.each([501, 503, 510])('RST at %i, which is not exact: ignored; rfc9293 takes any in the window', (seq) => {
    const isInWindow = seq >= 502
    expect(receive(late, from('R', { seq }), st)).toEqual(react(late))
    expect(under(from('R', { seq }), 'rfc9293').state).toBe(isInWindow ? 'CLOSED' : 'TIME_WAIT')
  })

  test('exact RST with tcp_rfc1337: ignored; to 4.14 it restarts', () => {
    expect(under(from('R'), 'linux-6.18', 1)).toEqual(late)
    expect(under(from('R'), 'linux-4.9', 1)).toEqual(timeWait())
  })

  test.each([
    ['a bare ACK', from('.')],
    ['nothing at all', from('')],
  ])('%s in sequence: restarted without an answer', (_, s) => {
    expect(receive(late, s, st)).toEqual(react(timeWait()))
  })

  test('a bare ACK in sequence, rfc9293: restarted and acknowledged', () => {
    expect(receive(late, from('.'), stack({ profile: 'rfc9293' }))).toEqual(react(timeWait(), [ack]))
  })

  test.each([
    ['the FIN again', from('F.', { seq: 501 })],
    ['old text', from('.', { seq: 501, len: 1 })],
    ['text', from('.', { len: 1 })],
    ['SYN+ACK', from('S.', { seq: 400 })],
  ])('%s: restarted and acknowledged', (_, s) => expect(receive(late, s, st)).toEqual(react(timeWait(), [ack])))

  test.each([400, 502, 5000])('SYN %i, and nobody listens: acknowledged, not restarted', (seq) => {
    expect(receive(late, from('S', { seq }), st)).toEqual(react(late, [ack]))
  })

  test('only a SYN beyond RCV.NXT may open the connection anew', () => {
    expect([400, 502, 503].map((seq) => opensAnew(late, from('S', { seq }), st))).toEqual([false, false, true])
    expect(opensAnew(late, from('S.', { seq: 503 }), st)).toBe(false)
    expect(opensAnew(finWait2(), from('S', { seq: 503 }), st)).toBe(false)
  })

  test('where the last ACK is assumed safe, every ACK of TIME_WAIT says so', () => {
    const safe = stack({ finalAckSafe: true })
    const entered = receive(finWait1(), peer('F.', { ack: 102 }), safe)
    const again = receive(entered.to, from('F.', { seq: 501 }), safe)
    expect([entered, again].map((r) => r.send)).toEqual([[{ ...ack, safe: true }], [{ ...ack, safe: true }]])
    expect(receive(closing(), from('.'), safe).send).toEqual([])
  })
})

test.each([
  [4_000, 'TWKilled'],
  [4_001, 'TW'],
])('FIN_WAIT2 without a process for %i ms counts %s', (finTimeout, counter) => {
  const brief = stack({ durations: { finTimeout, shortTimeWait: 4_000, timeWait: 60_000 } })
  expect(receive(finWait1(brief), peer('.', { ack: 102 }), brief).count).toEqual([counter])
})

describe('how long FIN_WAIT2 lasts without a process, where round trips are measured', () => {
  const ms = (durations: object, more: Partial<Stack> = {}) => ({
    ...stack({ durations: { timeWait: 60_000, finTimeout: 60_000, rto: 200, shortTimeWait: 4_000, ...durations } }),
    ...more,
  })
  const acked = (st: Stack) => receive(finWait1(st), peer('.', { ack: 102 }), st)

  test.each([
    ['1 s, RTO 200 ms', { finTimeout: 1_000 }, {}, 1_000],
    ['1 s, RTO 1170 ms', { finTimeout: 1_000, rto: 1_170 }, {}, 4_095],
    ['4 s, RTO 3 s after a repeated SYN', { finTimeout: 4_000, rto: 3_000 }, {}, 10_500],
    ['TCP_LINGER2 of 2 s', {}, { linger2: 2_000 }, 2_000],
    ['60 s', {}, {}, 60_000],
  ])('tcp_fin_timeout %s: a mini-socket', (_, durations, more, left) => {
    expect(acked(ms(durations, more)).to).toMatchObject({ state: 'TIME_WAIT', substate: 'FIN_WAIT2', left })
  })

  test('63 s: a full socket for 3 s, that resets text, and then a mini-socket for 3 s', () => {
    const st = ms({ finTimeout: 63_000 })
    const full = acked(st)
    expect(full).toMatchObject({ to: { state: 'FIN_WAIT2', finWait: 3_000 }, send: [], count: [] })
    expect(receive(full.to, peer('.', { ack: 102, len: 3 }), st)).toMatchObject({
      to: { state: 'CLOSED' },
      count: ['TCPAbortOnData', 'OutRsts'],
    })
    expect(elapse(full.to, 3_001)).toBeUndefined()
    const over = fire(elapse(full.to, 3_000)!, st)
    expect(over).toMatchObject({ to: { substate: 'FIN_WAIT2', left: 3_000 }, count: ['TWKilled'] })
  })

  test('the setting was lowered meanwhile: the full socket ends with RST', () => {
    const full = acked(ms({ finTimeout: 63_000 })).to
    expect(fire(full, ms({}))).toMatchObject({ to: { state: 'CLOSED' }, send: [{ flags: 'R.' }] })
  })

  test('a negative TCP_LINGER2: no FIN_WAIT2', () => {
    const st = ms({}, { linger2: -1 })
    expect(acked(st)).toMatchObject({
      to: { state: 'CLOSED' },
      send: [{ flags: 'R', seq: 102 }],
      count: ['TCPAbortOnData', 'OutRsts'],
    })
    expect(close(halfClosed2(st), st)).toMatchObject({
      to: { state: 'CLOSED' },
      send: [{ flags: 'R.' }],
      count: ['TCPAbortOnLinger', 'OutRsts'],
    })
  })
})

describe('as many TIME_WAITs as tcp_max_tw_buckets', () => {
  const st = { ...stack(), timeWaitFull: true }
  const overflow = ['TCPTimeWaitOverflow']

  test('FIN_WAIT2, FIN: acknowledged, and closed at once', () => {
    expect(receive(halfClosed2(st), peer('F.', { ack: 102 }), st)).toMatchObject({
      to: { state: 'CLOSED', because: 'no room for TIME_WAIT' },
      send: [{ flags: '.', ack: 502 }],
      count: overflow,
    })
  })

  test('CLOSING, the ACK: closed; FIN_WAIT1 without a process, the ACK: closed', () => {
    expect(receive(closing(), peer('.', { seq: 502, ack: 102 }), st)).toMatchObject({
      to: { state: 'CLOSED' },
      send: [],
      count: overflow,
    })
    const acked = receive(finWait1(), peer('.', { ack: 102 }), st)
    expect(acked).toMatchObject({ to: { state: 'CLOSED' }, send: [], count: overflow })
  })
})

describe('tcp_invalid_ratelimit: an ACK that went out just now holds back the next', () => {
  const limited = stack({ durations: { invalidRatelimit: 2 } })
  const old = peer('.', { seq: 499, ack: 102 })
  const fin = peer('F.', { seq: 500, ack: 102 })

  test.each([
    ['TIME_WAIT', timeWait(), old, 'TCPACKSkippedTimeWait'],
    ['FIN_WAIT2', finWait2(), old, 'TCPACKSkippedFinWait2'],
  ] as const)('%s', (_, w, s, skipped) => {
    const first = receive(w, s, limited)
    expect(first.send).toHaveLength(1)
    const second = receive(first.to, s, limited)
    expect(second).toEqual({ to: first.to, send: [], count: [skipped] })
    expect(receive(elapse(first.to, 1)!, s, limited).send).toEqual([])
    expect(receive(elapse(first.to, 2)!, s, limited).send).toHaveLength(1)
  })

  test('a FIN is no part of an ACK loop, and an answer to it holds back nothing', () => {
    const again = receive(timeWait(), fin, limited)
    expect(receive(again.to, fin, limited).send).toHaveLength(1)
    expect(receive(again.to, old, limited).send).toHaveLength(1)
    expect(receive(receive(timeWait(), old, limited).to, fin, limited).send).toHaveLength(1)
  })

  test('linux-3.10 has no limit', () => {
    const patient = stack({ profile: 'linux-3.10', durations: { invalidRatelimit: 2 } })
    expect(receive(receive(timeWait(), old, patient).to, old, patient).send).toHaveLength(1)
  })
})

describe('connect() over TIME_WAIT', () => {
  const reuse = (profile: ProfileName) => stack({ profile, sysctls: { tcp_tw_reuse: 1 }, durations: { reuseDelay: 3 } })
  const begins = (st: Stack) =>
    receive({ ...finWait2(), recent: 9 } as TimeWait, peer('F.', { ack: 102 }), st).to as TimeWait
  const bare = peer('.', { seq: 502, ack: 102 })

  test.each([
    ['linux-6.18', true],
    ['linux-6.1', false],
  ] as const)('%s: an ACK in TIME_WAIT lets its age be: %s', (profile, stays) => {
    const st = reuse(profile)
    const heard = receive(elapse(begins(st), 2)!, bare, st).to
    const [early, later] = [heard, elapse(heard, 1)] as TimeWait[]
    expect([mayReuse(early!, st, false), mayReuse(later!, st, false)]).toEqual([false, stays])
  })

  test('a port that bind() has given is not chosen, but bind() may give it again', () => {
    const st = reuse('linux-6.18')
    const old = elapse(begins(st), 3) as TimeWait
    expect([mayReuse(old, st, false), mayReuse(old, st, false, true), mayReuse(begins(st), st, true)]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe('a connection without timestamps over the TIME_WAIT of one with', () => {
  const reuse = stack({ sysctls: { tcp_tw_reuse: 1 } })
  const over = (recent?: number): Socket => ({ ...timeWait(), ...(recent !== undefined && { recent }) })
  const wayHome: Segment[] = [peer('S.', { seq: 500, ack: 102 }), peer('F.', { ack: 103 })]
  /** connect() over TIME_WAIT, a SYN+ACK without a timestamp, close(), the FIN of the peer: TIME_WAIT. */
  const second = (recent?: number): TimeWait => {
    const opened = receive(connect(seq(101), reuse, over(recent)).to, wayHome[0]!, reuse).to
    return receive(close(opened, reuse)!.to, wayHome[1]!, reuse).to as TimeWait
  }

  test('leaves the clock of the first to its own, so that connect() may take it again', () => {
    expect([second(9).recent, second().recent]).toEqual([9, undefined])
    expect([mayReuse(second(9), reuse, true), mayReuse(second(), reuse, true)]).toEqual([true, false])
  })
})

test.each([
  [1, ['PAWSTimewait']],
  [0, []],
])('tcp_timestamps %i: an old timestamp in TIME_WAIT counts %j', (tcp_timestamps, count) => {
  const old: Segment = { ...peer('.', { seq: 502, ack: 102 }), options: { timestamp: { val: 3, echo: 1 } } }
  expect(receive({ ...timeWait(), recent: 9 } as TimeWait, old, stack({ sysctls: { tcp_timestamps } })).count).toEqual(
    count,
  )
})
