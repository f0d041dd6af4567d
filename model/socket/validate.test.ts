/** What every segment passes first: sequence, RST, SYN. RFC 9293 §3.10.7.4 first to fourth · linux: tcp_validate_incoming */
import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import type { Flags } from '../segment.ts'
import { ours, peer } from '../testing/segments.ts'
import {
  arrive,
  closeWait,
  closing,
  established,
  finWait1,
  halfClosed2,
  lastAck,
  seen,
  shows,
} from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { receive } from './receive.ts'
import { elapse } from './time.ts'
import { isAcceptable } from './validate.ts'

const st = stack()
const CHALLENGE = ['TCPChallengeACK'] as const
const synchronized = { established, finWait1, halfClosed2, closeWait, closing, lastAck }
const states = Object.entries(synchronized)

describe.each(states)('%s', (_, build) => {
  const t = build()
  const ack = t.snd.nxt
  const next = t.rcv.nxt
  const answer = ours('.', { seq: ack, ack: next })
  const error = t.state === 'ESTABLISHED' ? (['InErrs'] as const) : []
  const synChallenge = ['TCPSYNChallenge', ...error, 'TCPChallengeACK'] as const

  test.each(['', 'F'] as const)('none of ACK, RST, SYN in [%s]: dropped', (flags) => {
    expect(receive(t, peer(flags, { seq: next, len: 3 }), st)).toEqual(react(t))
  })

  test.each([
    ['at SND.NXT', 0],
    ['of the first SYN', -1],
    ['far outside', 1000],
  ])('SYN %s: challenged', (_, offset) => {
    for (const flags of ['S', 'S.'] as const)
      expect(receive(t, peer(flags, { seq: next + offset, ack }), st)).toEqual(react(t, [answer], synChallenge))
  })

  test('SYN without ACK, linux-3.10: dropped', () => {
    const old = stack({ profile: 'linux-3.10' })
    expect(receive(t, peer('S', { seq: next }), old)).toEqual(react(t))
    expect(receive(t, peer('S.', { seq: next, ack }), old)).toEqual(react(t, [answer], synChallenge))
  })

  test.each(['R', 'R.'] as const)('exact [%s]: CLOSED without a word', (flags) => {
    const count = t.state === 'ESTABLISHED' || t.state === 'CLOSE_WAIT' ? (['EstabResets'] as const) : []
    expect(receive(t, peer(flags, { seq: next, ack: 7 }), st)).toEqual(
      react({ state: 'CLOSED', because: 'reset' }, [], count),
    )
  })

  test.each([1, 7, 8])('RST in the window, %i too far: challenged', (offset) => {
    expect(receive(t, peer('R', { seq: next + offset }), st)).toEqual(react(t, [answer], CHALLENGE))
  })

  test.each([-2, 9, 100_000])('RST out of the window by %i: dropped', (offset) => {
    expect(receive(t, peer('R', { seq: next + offset }), st)).toEqual(react(t))
  })

  test.each([
    ['a keepalive probe', -1, 0],
    ['old text', -5, 4],
  ])('out of the window, %s: acknowledged and dropped', (_, offset, len) => {
    expect(receive(t, peer('.', { seq: next + offset, ack, len }), st)).toEqual(react(t, [answer]))
  })

  test('text beyond the window: acknowledged and dropped, and since 6.17 counted', () => {
    const s = peer('.', { seq: next + 9, ack, len: 1 })
    expect(receive(t, s, st)).toEqual(react(t, [answer], ['BeyondWindow']))
    expect(receive(t, s, stack({ profile: 'linux-6.1' }))).toEqual(react(t, [answer]))
  })
})

describe('RST one below RCV.NXT', () => {
  const below = (build: (typeof synchronized)[keyof typeof synchronized], profile: 'linux-6.18' | 'linux-4.9') => {
    const t = build()
    return receive(t, peer('R', { seq: t.rcv.nxt - 1 }), stack({ profile })).to.state
  }

  test.each([closeWait, closing, lastAck])('%o, whose peer has sent its FIN: CLOSED, but not before 4.14', (build) => {
    expect([below(build, 'linux-6.18'), below(build, 'linux-4.9')]).toEqual(['CLOSED', build().state])
  })

  test.each([established, finWait1, halfClosed2])('%o: dropped', (build) => {
    expect(below(build, 'linux-6.18')).toBe(build().state)
  })
})

describe('the window, 8 bytes from 501', () => {
  const acceptable = (profile: 'linux-6.18' | 'rfc9293', flags: Flags, len: number) =>
    Array.from({ length: 16 }, (_, i) => 496 + i).filter((seq) =>
      isAcceptable(established(), peer(flags, { seq, len }), stack({ profile })),
    )

  test('Linux takes in what touches an edge from outside', () => {
    expect(acceptable('linux-6.18', '.', 0)).toEqual([501, 502, 503, 504, 505, 506, 507, 508, 509])
    expect(acceptable('linux-6.18', '.', 2)).toEqual([499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 509])
  })

  test('RFC 9293 does not', () => {
    expect(acceptable('rfc9293', '.', 0)).toEqual([501, 502, 503, 504, 505, 506, 507, 508])
    expect(acceptable('rfc9293', '.', 2)).toEqual([500, 501, 502, 503, 504, 505, 506, 507, 508])
  })
})

describe('the limiter of challenge ACKs', () => {
  const limited = stack({ durations: { invalidRatelimit: 500 } })
  const challenged = arrive(established(), limited, peer('R', { seq: 502 })).to
  const probe = peer('.', { seq: 500 })

  test('one ACK, then silence for challenges and probes alike', () => {
    expect(challenged).toEqual({ ...established(), quiet: 500 })
    expect(receive(challenged, peer('R', { seq: 503 }), limited)).toEqual(
      react(challenged, [], ['TCPACKSkippedChallenge']),
    )
    expect(receive(challenged, probe, limited)).toEqual(react(challenged, [], ['TCPACKSkippedSeq']))
  })

  test('a SYN is counted even when its challenge is not sent', () => {
    expect(receive(challenged, peer('S'), limited)).toEqual(
      react(challenged, [], ['TCPSYNChallenge', 'InErrs', 'TCPACKSkippedChallenge']),
    )
  })

  test('old text is answered all the same', () => {
    expect(receive(challenged, peer('.', { seq: 498, len: 2 }), limited)).toEqual(react(challenged, [ours('.')]))
  })

  test('linux-3.10: there is none', () => {
    const old = stack({ profile: 'linux-3.10', durations: { invalidRatelimit: 500 } })
    expect(arrive(established(), old, peer('R', { seq: 502 }))).toEqual(
      react(established(), [ours('.')], ['TCPChallengeACK']),
    )
  })

  test('over once the time has passed', () => {
    expect(elapse(challenged, 499)).toEqual({ ...established(), quiet: 1 })
    expect(seen(receive(elapse(challenged, 500)!, probe, limited))).toEqual(shows('ESTABLISHED', [ours('.')]))
  })

  test('an exact RST is obeyed in the silence', () => {
    expect(receive(challenged, peer('R'), limited).to).toEqual({ state: 'CLOSED', because: 'reset' })
  })
})
