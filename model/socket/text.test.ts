/** Text and FIN of the peer. RFC 9293 §3.10.7.4 seventh, eighth · linux: tcp_data_queue, tcp_fin */
import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import { ours, peer } from '../testing/segments.ts'
import {
  arrive,
  closeWait,
  closing,
  established,
  halfClosed2,
  lastAck,
  seen,
  shows,
  wrote,
} from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { recv } from './calls.ts'
import { receive } from './receive.ts'
import type { Socket } from './socket.ts'
import { fire, fireDelayedAck } from './time.ts'

const st = stack()
const rcv = (socket: Socket) => ('rcv' in socket ? socket.rcv : undefined)

describe('ESTABLISHED, text', () => {
  test('in order: queued and acknowledged', () => {
    const r = receive(established(), peer('.', { len: 3 }), st)
    expect(seen(r)).toEqual(shows('ESTABLISHED', [ours('.', { ack: 504 })]))
    expect(rcv(r.to)).toEqual({ nxt: 504, unread: 3, held: [] })
    expect(rcv(recv(r.to)!.to)?.unread).toBe(0)
  })

  test('nothing to read: recv() waits', () => expect(recv(established())).toBeUndefined())

  test('behind a gap: held, and a duplicate ACK', () => {
    const r = receive(established(), peer('.', { seq: 503, len: 2 }), st)
    expect(seen(r)).toEqual(shows('ESTABLISHED', [ours('.')]))
    expect(rcv(r.to)).toEqual({ nxt: 501, unread: 0, held: [{ from: 503, to: 505, fin: false }] })
  })

  test('filling the gap: all of it acknowledged', () => {
    const r = arrive(established(), st, peer('.', { seq: 503, len: 2 }), peer('.', { len: 2 }))
    expect(seen(r)).toEqual(shows('ESTABLISHED', [ours('.', { ack: 505 })]))
    expect(rcv(r.to)).toEqual({ nxt: 505, unread: 4, held: [] })
  })

  test('filling one of two gaps: the rest stays held', () => {
    const r = arrive(
      established(),
      st,
      peer('.', { seq: 506, len: 1 }),
      peer('.', { seq: 503, len: 1 }),
      peer('.', { len: 3 }),
    )
    expect(rcv(r.to)).toEqual({ nxt: 504, unread: 3, held: [{ from: 506, to: 507, fin: false }] })
  })

  test('held twice: once', () => {
    const twice = arrive(established(), st, peer('.', { seq: 503, len: 1 }), peer('.', { seq: 503, len: 1 }))
    const longer = arrive(twice.to, st, peer('.', { seq: 503, len: 2 }))
    expect([twice, longer].map((r) => rcv(r.to)?.held.length)).toEqual([1, 1])
  })

  test('overlapping what has been received: only the new part counts', () => {
    const r = arrive(established(), st, peer('.', { len: 3 }), peer('.', { seq: 502, len: 4 }))
    expect(rcv(r.to)).toEqual({ nxt: 506, unread: 5, held: [] })
  })

  test('all old, up to RCV.NXT: acknowledged again', () => {
    const t = arrive(established(), st, peer('.', { len: 3 })).to
    expect(receive(t, peer('.', { len: 3 }), st)).toEqual(react(t, [ours('.', { ack: 504 })]))
  })

  test('beginning where the window ends: acknowledged and not kept', () => {
    expect(receive(established(), peer('.', { seq: 509, len: 1 }), st)).toEqual(react(established(), [ours('.')]))
  })

  test('without ACK: dropped', () => {
    expect(receive(established(), peer('', { len: 3 }), st)).toEqual(react(established()))
  })

  test('whose ACK lets text go out: that carries the ACK', () => {
    const waiting = wrote(fire(wrote(established(), 1), st).to, 2) // a timeout, then more is written
    expect(seen(receive(waiting, peer('.', { ack: 102, len: 1 }), st))).toEqual(
      shows('ESTABLISHED', [ours('.', { seq: 102, ack: 502, len: 2 })]),
    )
  })
})

describe('ESTABLISHED, FIN', () => {
  test('in order: CLOSE_WAIT, acknowledged', () => {
    expect(seen(receive(established(), peer('F.'), st))).toEqual(shows('CLOSE_WAIT', [ours('.', { ack: 502 })]))
  })

  test('with text: one ACK for both', () => {
    const r = receive(established(), peer('F.', { len: 3 }), st)
    expect(seen(r)).toEqual(shows('CLOSE_WAIT', [ours('.', { ack: 505 })]))
    expect(rcv(r.to)).toEqual({ nxt: 505, unread: 3, held: [] })
  })

  test('behind a gap: held; CLOSE_WAIT when the gap is filled', () => {
    const ahead = receive(established(), peer('F.', { seq: 505 }), st)
    expect(seen(ahead)).toEqual(shows('ESTABLISHED', [ours('.')]))
    const filled = receive(ahead.to, peer('.', { len: 4 }), st)
    expect(seen(filled)).toEqual(shows('CLOSE_WAIT', [ours('.', { ack: 506 })]))
    expect(rcv(filled.to)).toEqual({ nxt: 506, unread: 4, held: [] })
  })

  test('with text that has partly been received', () => {
    const r = arrive(established(), st, peer('.', { len: 2 }), peer('F.', { len: 3 }))
    expect(seen(r)).toEqual(shows('CLOSE_WAIT', [ours('.', { ack: 505 })]))
  })
})

describe('FIN_WAIT2 of a half-close', () => {
  test('text: taken', () => {
    expect(seen(receive(halfClosed2(), peer('.', { ack: 102, len: 2 }), st))).toEqual(
      shows('FIN_WAIT2', [ours('.', { seq: 102, ack: 503 })]),
    )
  })
})

describe.each(Object.entries({ closeWait, closing, lastAck }))('%s, after the FIN', (_, build) => {
  const t = build()
  const ack = t.snd.una

  test('text or FIN beyond it: ignored', () => {
    for (const s of [
      peer('.', { seq: 502, ack, len: 1 }),
      peer('F.', { seq: 502, ack }),
      peer('F.', { seq: 504, ack }),
    ])
      expect(receive(t, s, st)).toEqual(react(t))
  })

  test('the FIN again: acknowledged at once', () => {
    expect(receive(t, peer('F.', { ack }), st)).toEqual(react(t, [ours('.', { seq: t.snd.nxt, ack: 502 })]))
  })

  test('text in the place of the FIN: reset', () => {
    const count = t.state === 'CLOSE_WAIT' ? (['EstabResets'] as const) : []
    expect(seen(receive(t, peer('.', { ack, len: 2 }), st))).toEqual(
      shows('CLOSED', [ours('R', { seq: ack })], ['TCPAbortOnData', 'OutRsts', ...count]),
    )
  })
})

describe('delayed ACKs', () => {
  const lazy = stack({ delayedAcks: true })
  const due = receive(established(), peer('.', { len: 1 }), lazy)

  test('text in order: no ACK yet; the timer sends it, once', () => {
    expect(seen(due)).toEqual(shows('ESTABLISHED'))
    const fired = fireDelayedAck(due.to as never)
    expect(seen(fired)).toEqual(shows('ESTABLISHED', [ours('.', { ack: 502 })]))
    expect(seen(fireDelayedAck(fired.to))).toEqual(shows('ESTABLISHED'))
  })

  test('until then the window begins at what was acknowledged last: a RST there is challenged, in Linux', () => {
    const reset = peer('R', { seq: 501 })
    expect(receive(due.to, reset, lazy)).toMatchObject({ send: [ours('.', { ack: 502 })], count: ['TCPChallengeACK'] })
    expect(receive(fireDelayedAck(due.to as never).to, reset, lazy)).toMatchObject({ send: [], count: [] })
    const rfc = stack({ profile: 'rfc9293', delayedAcks: true })
    expect(receive(receive(established(), peer('.', { len: 1 }), rfc).to, reset, rfc)).toMatchObject({ send: [] })
  })

  test('FIN in order may wait, too', () => {
    expect(seen(receive(established(), peer('F.'), lazy))).toEqual(shows('CLOSE_WAIT'))
  })

  test.each([
    ['text written', wrote(due.to, 1, lazy)],
    ['a duplicate', arrive(due.to, lazy, peer('.', { len: 1 })).to],
    ['text behind a gap', arrive(due.to, lazy, peer('.', { seq: 504, len: 1 })).to],
    ['a challenge', arrive(due.to, lazy, peer('R', { seq: 504 })).to],
    ['a keepalive probe', arrive(due.to, lazy, peer('.', { seq: 500 })).to],
    ['a retransmission', fire({ ...wrote(established(), 1), ackPending: established().rcv.nxt }, lazy).to],
  ])('%s: settles it', (_, socket) => expect(socket).not.toHaveProperty('ackPending'))
})
