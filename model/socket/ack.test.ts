/** The ACK field, once sequence number, RST and SYN have passed. RFC 9293 §3.10.7.4 fifth · linux: tcp_ack */
import { describe, expect, test } from 'vitest'
import type { ProfileName } from '../profile/index.ts'
import { react } from '../reaction.ts'
import { seq } from '../sequence.ts'
import { ours, peer } from '../testing/segments.ts'
import {
  closeWait,
  closing,
  established,
  finWait1,
  halfClosed2,
  lastAck,
  seen,
  shows,
  wrote,
} from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { receive } from './receive.ts'
import type { Tcb } from './socket.ts'
import { firstOf, newTcb } from './synSent.ts'

const closingStates = { finWait1, halfClosed2, closeWait, closing, lastAck }
const CHALLENGE = ['TCPChallengeACK'] as const
const all: readonly ProfileName[] = ['linux-6.18', 'linux-6.1', 'linux-4.9', 'linux-4.4', 'linux-3.10', 'rfc9293']

/** How a stack treats a segment with text whose ACK is `offset` from SND.UNA. */
const treats = (t: Tcb, offset: number, profile: ProfileName): string => {
  const r = receive(t, peer('.', { seq: t.rcv.nxt, ack: t.snd.una + offset, len: 1 }), stack({ profile }))
  if (r.count.includes('TCPChallengeACK')) return 'challenged'
  return r.to === t && r.send.length === 0 ? 'dropped' : 'taken'
}

describe('far too old, below SND.UNA by more than the window', () => {
  test.each(all)('%s: challenged, and the text is dropped', (profile) => {
    expect([established(), halfClosed2()].map((t) => treats(t, -9, profile))).toEqual(['challenged', 'challenged'])
  })
})

describe('old', () => {
  test.each(all)('ESTABLISHED, a window was acknowledged, %s: ignored, and the text is taken', (profile) => {
    const st = stack({ profile })
    const acked = receive(wrote(established(st), 8, st), peer('.', { ack: 109 }), st).to as Tcb
    expect(treats(acked, -8, profile)).toBe('taken')
  })

  test.each([
    ['linux-6.18', 'challenged'],
    ['linux-6.1', 'taken'],
    ['rfc9293', 'taken'],
  ] as const)('ESTABLISHED, %s, below the own SYN: %s', (profile, treatment) => {
    expect(treats(established(), -1, profile)).toBe('taken')
    expect(treats(established(), -2, profile)).toBe(treatment)
  })

  /** Recorded: nothing sent, una−1 challenged; 50 bytes acknowledged, −50 taken, −51 challenged. */
  test('a child of Linux 6.18: no further back than what has been acknowledged', () => {
    const st = stack({ window: 100 })
    const child = (bytes: number): Tcb => {
      const t = newTcb('SYN_RECV', seq(100), seq(500), true, undefined, firstOf(seq(101), st))
      const open = receive(t, peer('.'), st).to as Tcb
      return bytes === 0 ? open : (receive(wrote(open, bytes, st), peer('.', { ack: 101 + bytes }), st).to as Tcb)
    }
    const at = (bytes: number, offset: number) => {
      const t = child(bytes)
      return receive(t, peer('.', { ack: t.snd.una + offset }), st).count.includes('TCPChallengeACK')
    }
    expect([at(0, -1), at(50, -50), at(50, -51)]).toEqual([true, false, true])
  })

  test.each([
    ['linux-6.18', 'taken'],
    ['linux-6.1', 'challenged'],
    ['linux-4.9', 'challenged'],
    ['linux-4.4', 'taken'],
    ['linux-3.10', 'taken'],
    ['rfc9293', 'taken'],
  ] as const)('FIN_WAIT2 of a half-close, %s: the text is %s', (profile, treatment) => {
    expect(treats(halfClosed2(), -1, profile)).toBe(treatment)
  })
})

describe('of what was never sent', () => {
  test.each([
    ['linux-6.18', 'challenged', 'challenged'],
    ['linux-6.1', 'dropped', 'challenged'],
    ['linux-4.9', 'dropped', 'challenged'],
    ['linux-4.4', 'dropped', 'taken'],
    ['linux-3.10', 'dropped', 'taken'],
    ['rfc9293', 'challenged', 'challenged'],
  ] as const)('%s: %s in ESTABLISHED, %s in FIN_WAIT2', (profile, open, closing) => {
    expect([treats(established(), 1, profile), treats(halfClosed2(), 1, profile)]).toEqual([open, closing])
  })

  test.each(Object.entries(closingStates))('%s: challenged, and nothing changes', (_, build) => {
    const t = build()
    expect(receive(t, peer('.', { seq: t.rcv.nxt, ack: t.snd.nxt + 8 }), stack())).toEqual(
      react(t, [ours('.', { seq: t.snd.nxt, ack: t.rcv.nxt })], CHALLENGE),
    )
  })
})

describe('of what was sent', () => {
  const sent = wrote(wrote(established(), 4), 2)

  test('all of it: the timer stops', () => {
    const { rtx: _, ...rest } = sent
    expect(receive(sent, peer('.', { ack: 107 }), stack())).toEqual(react({ ...rest, snd: { ...sent.snd, una: 107 } }))
  })

  test('part of it: the timer starts afresh', () => {
    const late = { ...sent, rtx: { left: 1, n: 3 } }
    expect(receive(late, peer('.', { ack: 105 }), stack())).toEqual(
      react({ ...sent, snd: { ...sent.snd, una: 105 }, rtx: { left: 1, n: 0 } }),
    )
  })

  test('none of it, once more: nothing changes', () => {
    expect(receive(sent, peer('.'), stack())).toEqual(react(sent))
  })

  test('with text: one ACK', () => {
    expect(seen(receive(sent, peer('.', { ack: 107, len: 2 }), stack()))).toEqual(
      shows('ESTABLISHED', [ours('.', { seq: 107, ack: 503 })]),
    )
  })
})
