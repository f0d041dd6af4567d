/** SYN_RECV of a crossed open, as a full socket. RFC 9293 §3.5 figure 8 · linux: tcp_rcv_state_process (TCP_SYN_RECV) */
import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { seq } from '../sequence.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'
import { arrive, crossed, seen, shows } from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { close, send, shutdown } from './calls.ts'
import { receive } from './receive.ts'
import type { Socket } from './socket.ts'
import { connect } from './synSent.ts'
import { fire } from './time.ts'

const st = stack()
const theirSynAck = peer('S.', { seq: IRS })
const challenge = ['TCPChallengeACK'] as const

describe('SYN_RECV, a SYN+ACK', () => {
  test('of the crossed open: ESTABLISHED, and acknowledged at once (since 6.11)', () => {
    expect(seen(receive(crossed(), theirSynAck, st))).toEqual(shows('ESTABLISHED', [ours('.')]))
  })

  test('of the crossed open, before 6.11: challenged', () => {
    expect(receive(crossed(), theirSynAck, stack({ profile: 'linux-6.1' }))).toEqual(
      react(crossed(), [ours('.')], ['TCPSYNChallenge', ...challenge]),
    )
  })

  test('with text: challenged', () => {
    expect(seen(receive(crossed(), peer('S.', { seq: IRS, len: 1 }), st))).toEqual(
      shows('SYN_RECV', [ours('.')], ['TCPSYNChallenge', ...challenge]),
    )
  })
})

describe('SYN_RECV, an ACK', () => {
  test('of our SYN: ESTABLISHED, and the timer stops', () => {
    const r = receive(crossed(), peer('.'), st)
    expect(seen(r)).toEqual(shows('ESTABLISHED'))
    expect(r.to).not.toHaveProperty('rtx')
  })

  test('of our SYN with text and FIN: CLOSE_WAIT, all of it acknowledged', () => {
    expect(seen(receive(crossed(), peer('F.', { len: 3 }), st))).toEqual(shows('CLOSE_WAIT', [ours('.', { ack: 505 })]))
  })

  test.each([ISS, ISS + 2])('%i, which is not of our SYN: RST, and it stays', (ack) => {
    expect(receive(crossed(), peer('.', { ack }), st)).toEqual(react(crossed(), [ours('R', { seq: ack })], ['OutRsts']))
  })
})

describe('SYN_RECV, SYN and RST', () => {
  test('the crossed SYN again: challenged', () => {
    expect(seen(receive(crossed(), peer('S', { seq: IRS }), st))).toEqual(
      shows('SYN_RECV', [ours('.')], ['TCPSYNChallenge', ...challenge]),
    )
  })

  test('exact RST: CLOSED, reset and not refused', () => {
    expect(receive(crossed(), peer('R'), st)).toEqual(
      react({ state: 'CLOSED', because: 'reset' }, [], ['AttemptFails']),
    )
  })

  test('RST in the window: challenged', () => {
    expect(receive(crossed(), peer('R', { seq: 502 }), st)).toEqual(react(crossed(), [ours('.')], challenge))
  })
})

describe('SYN_RECV, the timer', () => {
  test('repeats the SYN+ACK and gives up after tcp_syn_retries', () => {
    const again = shows('SYN_RECV', [ours('S.', { seq: ISS })], ['TCPTimeouts', 'TCPSynRetrans', 'RetransSegs'])
    const first = fire(crossed(), st)
    const second = fire(first.to, st)
    expect([seen(first), seen(second)]).toEqual([again, again])
    expect(seen(fire(second.to, st))).toEqual(shows('CLOSED', [], ['TCPTimeouts', 'TCPAbortOnTimeout', 'AttemptFails']))
  })
})

describe('SYN_RECV, calls', () => {
  test('send() has to wait', () => expect(send(crossed(), 1, st)).toBeUndefined())

  test('close(): FIN_WAIT1, the FIN goes out at once', () => {
    expect(seen(close(crossed(), st))).toEqual(shows('FIN_WAIT1', [ours('F.')]))
  })

  test('close(), then the timer: the SYN+ACK is repeated, for it is first in flight', () => {
    expect(seen(fire(close(crossed(), st)!.to, st))).toEqual(
      shows('FIN_WAIT1', [ours('S.', { seq: ISS })], ['TCPTimeouts', 'TCPSynRetrans', 'RetransSegs']),
    )
  })

  test('close(), an ACK of the SYN, then the timer: the FIN is repeated', () => {
    const acked = arrive(close(crossed(), st)!.to, st, peer('.')).to
    expect(seen(fire(acked, st))).toEqual(shows('FIN_WAIT1', [ours('F.')], ['TCPTimeouts', 'RetransSegs']))
  })

  test('shutdown(): the FIN waits for the handshake (since 6.9)', () => {
    const shut = shutdown(crossed(), st)
    expect(seen(shut)).toEqual(shows('SYN_RECV'))
    expect(seen(receive(shut!.to, peer('.'), st))).toEqual(shows('FIN_WAIT1', [ours('F.')]))
    expect(shutdown(shut!.to, st)).toBeUndefined()
  })

  test('shutdown(), before 6.9: the FIN goes out at once', () => {
    expect(seen(shutdown(crossed(), stack({ profile: 'linux-6.1' })))).toEqual(shows('FIN_WAIT1', [ours('F.')]))
  })
})

/** Both ends connect at once and every segment arrives, in lockstep. */
const meet = (profile: 'linux-6.18' | 'linux-6.1' | 'linux-4.9' | 'rfc9293') => {
  const s = stack({ profile })
  const step = (to: Socket, segments: readonly Segment[]) => {
    const all: Segment[] = []
    const last = segments.reduce((socket, segment) => {
      const r = receive(socket, segment, s)
      all.push(...r.send)
      return r.to
    }, to)
    return { to: last, send: all as readonly Segment[] }
  }
  let [a, b] = [connect(ISS, s), connect(seq(-1), s)].map(({ to, send }) => ({ to, send })) as [
    { to: Socket; send: readonly Segment[] },
    { to: Socket; send: readonly Segment[] },
  ]
  for (let round = 0; round < 6; round += 1) [a, b] = [step(a.to, b.send), step(b.to, a.send)]
  return [a, b]
}

test.each(['linux-6.18', 'linux-6.1', 'linux-4.9', 'rfc9293'] as const)(
  'simultaneous open, %s: both ends ESTABLISHED, in silence, across the wrap',
  (profile) => {
    for (const end of meet(profile)) expect(end).toMatchObject({ to: { state: 'ESTABLISHED' }, send: [] })
  },
)
