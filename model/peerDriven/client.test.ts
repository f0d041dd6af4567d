/** Runs of Linux 6.18.44, driven packet by packet: a host that connects, and what it makes of its peer's answers. */
import { describe, expect, test } from 'vitest'
import type { Counter } from '../counters.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { close, send, shutdown } from '../socket/calls.ts'
import { receive } from '../socket/receive.ts'
import { type Socket, stateName } from '../socket/socket.ts'
import { connect } from '../socket/synSent.ts'
import { elapse, fire, timeLeft } from '../socket/time.ts'
import { inMilliseconds } from '../testing/lab.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'

const st = inMilliseconds()
const SYN = ours('S', { seq: ISS })
const SYN_ACK = ours('S.', { seq: ISS })

/** When the SYN is sent again, in seconds, until connect() fails; and what has been counted by then. */
const schedule = (stack = st) => {
  const at: number[] = []
  const counted: Partial<Record<Counter, number>> = {}
  let socket: Socket = connect(ISS, stack).to
  let now = 0
  for (let left = timeLeft(socket); left !== undefined; left = timeLeft(socket)) {
    now += left
    const r: Reaction<Socket> = fire(elapse(socket, left)!, stack)
    for (const c of r.count) counted[c] = (counted[c] ?? 0) + 1
    if (r.send.length > 0) at.push(now / 1_000)
    socket = r.to
  }
  return { at, end: now / 1_000, counted }
}

describe('nobody answers the SYN', () => {
  test('as it comes: ten more, four of them a second apart, and the end after 131 s', () => {
    expect(schedule()).toEqual({
      at: [1, 2, 3, 4, 5, 7, 11, 19, 35, 67],
      end: 131,
      counted: { TCPTimeouts: 11, TCPSynRetrans: 10, RetransSegs: 10, TCPAbortOnTimeout: 1, AttemptFails: 1 },
    })
  })

  test.each([
    [1, [1, 2], 3],
    [2, [1, 2, 3, 4, 5], 7],
  ])('TCP_SYNCNT %i takes the place of tcp_syn_retries', (synCount, at, end) => {
    expect(schedule(inMilliseconds({ synCount }))).toMatchObject({ at, end })
  })

  test('tcp_syn_linear_timeouts 0: six more, each after twice as long, and the end after 127 s', () => {
    expect(schedule(inMilliseconds({ sysctls: { tcp_syn_linear_timeouts: 0 } }))).toEqual({
      at: [1, 3, 7, 15, 31, 63],
      end: 127,
      counted: { TCPTimeouts: 7, TCPSynRetrans: 6, RetransSegs: 6, TCPAbortOnTimeout: 1, AttemptFails: 1 },
    })
  })
})

/** Each step: what happens, the state after it, what is sent, what is counted. */
type Step = readonly [
  Segment | ((socket: Socket) => Reaction<Socket> | undefined),
  string,
  (readonly Segment[])?,
  (readonly Counter[])?,
]

const follow = (...steps: readonly Step[]): void => {
  let socket: Socket = connect(ISS, st).to
  for (const [stimulus, state, sent = [], count = []] of steps) {
    const r: Reaction<Socket> | undefined =
      typeof stimulus === 'function' ? stimulus(socket) : receive(socket, stimulus, st)
    expect(r && [stateName(r.to), r.send, r.count]).toEqual([state, sent, count])
    socket = r!.to
  }
}

const ring = (socket: Socket) => fire(socket, st)
const closes = (socket: Socket) => close(socket, st)

describe('SYN_SENT', () => {
  test('a wrong SYN+ACK is reset and the SYN sent again at once; only a RST of that SYN refuses', () => {
    follow(
      [peer('S.', { seq: IRS, ack: ISS + 2 }), 'SYN_SENT', [ours('R', { seq: ISS + 2 })], ['OutRsts']],
      [ring, 'SYN_SENT', [SYN], ['TCPTimeouts', 'TCPSynRetrans', 'RetransSegs']],
      [peer('.', { seq: IRS }), 'SYN_SENT'],
      [peer('R', { seq: IRS }), 'SYN_SENT'],
      [peer('R.', { seq: 0, ack: ISS + 5 }), 'SYN_SENT'],
      [peer('R.', { seq: 0 }), 'CLOSED', [], ['AttemptFails']],
    )
  })

  test('close() and shutdown() are silent; the SYN+ACK that comes too late is reset', () => {
    follow([closes, 'CLOSED'], [peer('S.', { seq: IRS }), 'CLOSED', [ours('R')], ['OutRsts']])
    follow([(socket) => shutdown(socket, st), 'CLOSED'])
  })
})

describe('the SYNs cross', () => {
  test('SYN+ACK, and with the other one ESTABLISHED', () => {
    follow([peer('S', { seq: IRS }), 'SYN_RECV', [SYN_ACK]], [peer('S.', { seq: IRS }), 'ESTABLISHED', [ours('.')]])
  })

  test('close() sends the FIN at once', () => {
    follow([peer('S', { seq: IRS }), 'SYN_RECV', [SYN_ACK]], [closes, 'FIN_WAIT1', [ours('F.')]])
  })
})

test('the client of a ghost: each SYN+ACK is challenged, with its text out and its FIN out, twice a second at most', () => {
  const again = peer('S.', { seq: IRS })
  follow(
    [again, 'ESTABLISHED', [ours('.')]],
    [(socket) => send(socket, 12, st), 'ESTABLISHED', [ours('.', { len: 12 })]],
    [again, 'ESTABLISHED', [ours('.', { seq: ISS + 13 })], ['TCPSYNChallenge', 'InErrs', 'TCPChallengeACK']],
    [closes, 'FIN_WAIT1', [ours('F.', { seq: ISS + 13 })]],
    [ring, 'FIN_WAIT1', [ours('F.', { len: 12 })], ['TCPTimeouts', 'RetransSegs']],
    [again, 'FIN_WAIT1', [], ['TCPSYNChallenge', 'TCPACKSkippedChallenge']],
    [again, 'FIN_WAIT1', [], ['TCPSYNChallenge', 'TCPACKSkippedChallenge']],
  )
})
