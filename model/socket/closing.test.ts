/** Our FIN, the peer's FIN, and what comes between. RFC 9293 §3.6 · linux: tcp_rcv_state_process */
import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import { ours, peer } from '../testing/segments.ts'
import {
  arrive,
  closes,
  closeWait,
  closing,
  established,
  finWait1,
  finWait2,
  halfClosed1,
  halfClosed2,
  lastAck,
  seen,
  shows,
  timeWait,
} from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { receive } from './receive.ts'
import { finAcked, finReceived, finSent } from './socket.ts'
import { timeLeft } from './time.ts'

const st = stack()
const DATA_AFTER_CLOSE = ['TCPAbortOnData', 'OutRsts'] as const

describe('FIN_WAIT1 without a process', () => {
  test('ACK of the FIN: a FIN_WAIT2 mini-socket for tcp_fin_timeout', () => {
    const r = receive(finWait1(), peer('.', { ack: 102 }), st)
    expect(seen(r)).toEqual(shows('FIN_WAIT2', [], ['TW']))
    expect(r.to).toEqual({ state: 'TIME_WAIT', substate: 'FIN_WAIT2', sndNxt: 102, rcvNxt: 501, left: 3, since: 0 })
  })

  test('ACK of the FIN, rfc9293: FIN_WAIT2 for ever', () => {
    const rfc = stack({ profile: 'rfc9293' })
    const r = receive(finWait1(rfc), peer('.', { ack: 102 }), rfc)
    expect([r.to.state, timeLeft(r.to)]).toEqual(['FIN_WAIT2', undefined])
  })

  test('ACK that does not cover the FIN: it stays', () => {
    expect(receive(finWait1(), peer('.'), st)).toEqual(react(finWait1()))
  })

  test('FIN: CLOSING, acknowledged at once', () => {
    expect(seen(receive(finWait1(), peer('F.'), st))).toEqual(shows('CLOSING', [ours('.', { seq: 102, ack: 502 })]))
  })

  test('FIN with the ACK of ours: TIME_WAIT', () => {
    expect(seen(receive(finWait1(), peer('F.', { ack: 102 }), st))).toEqual(
      shows('TIME_WAIT', [ours('.', { seq: 102, ack: 502 })], ['TW']),
    )
  })

  test.each([
    ['text', peer('.', { len: 4 })],
    ['text behind a gap', peer('.', { seq: 503, len: 1 })],
    ['text and FIN', peer('F.', { len: 4 })],
    ['a FIN behind a gap', peer('F.', { seq: 505 })],
  ])('%s: reset, whether our FIN is acknowledged or not', (_, s) => {
    for (const ack of [101, 102])
      expect(seen(receive(finWait1(), { ...s, ack: ack as never }, st))).toEqual(
        shows('CLOSED', [ours('R', { seq: ack })], DATA_AFTER_CLOSE),
      )
  })

  test('text that has been received before close(): acknowledged again', () => {
    const t = closes(
      arrive(established(), stack({ profile: 'rfc9293' }), peer('.', { len: 2 })).to,
      stack({ profile: 'rfc9293' }),
    )
    expect(seen(receive(t, peer('.', { len: 2 }), st))).toEqual(shows('FIN_WAIT1', [ours('.', { seq: 102, ack: 503 })]))
  })
})

describe('FIN_WAIT1 of a half-close', () => {
  test('ACK of the FIN: FIN_WAIT2, no timer', () => {
    const r = receive(halfClosed1(), peer('.', { ack: 102 }), st)
    expect([seen(r), timeLeft(r.to)]).toEqual([shows('FIN_WAIT2'), undefined])
  })

  test('text: taken', () => {
    expect(seen(receive(halfClosed1(), peer('.', { len: 4 }), st))).toEqual(
      shows('FIN_WAIT1', [ours('.', { seq: 102, ack: 505 })]),
    )
  })

  test('text and FIN with the ACK of ours: TIME_WAIT', () => {
    expect(seen(receive(halfClosed1(), peer('F.', { ack: 102, len: 4 }), st))).toEqual(
      shows('TIME_WAIT', [ours('.', { seq: 102, ack: 506 })], ['TW']),
    )
  })
})

describe('FIN_WAIT2 of a half-close', () => {
  test('FIN: TIME_WAIT, acknowledged at once', () => {
    expect(seen(receive(halfClosed2(), peer('F.', { ack: 102 }), st))).toEqual(
      shows('TIME_WAIT', [ours('.', { seq: 102, ack: 502 })], ['TW']),
    )
  })

  test('with a TIME_WAIT of 0: CLOSED at once', () => {
    const brief = stack({ durations: { timeWait: 0 } })
    expect(receive(halfClosed2(), peer('F.', { ack: 102 }), brief).to).toEqual({
      state: 'CLOSED',
      because: 'TIME_WAIT over',
    })
  })
})

describe('CLOSING', () => {
  test('ACK of the FIN: TIME_WAIT, no answer', () => {
    expect(seen(receive(closing(), peer('.', { seq: 502, ack: 102 }), st))).toEqual(shows('TIME_WAIT', [], ['TW']))
  })

  test('ACK that does not cover the FIN: it stays', () => {
    expect(receive(closing(), peer('.', { seq: 502 }), st)).toEqual(react(closing()))
  })

  test('the FIN again, with the ACK of ours: TIME_WAIT', () => {
    expect(seen(receive(closing(), peer('F.', { ack: 102 }), st))).toEqual(shows('TIME_WAIT', [], ['TW']))
  })

  test('the FIN again, with the ACK of ours, rfc9293: out of the window, so only answered', () => {
    expect(seen(receive(closing(), peer('F.', { ack: 102 }), stack({ profile: 'rfc9293' })))).toEqual(
      shows('CLOSING', [ours('.', { seq: 102, ack: 502 })]),
    )
  })
})

describe('LAST_ACK', () => {
  test('ACK of the FIN: CLOSED, never TIME_WAIT', () => {
    expect(receive(lastAck(), peer('.', { seq: 502, ack: 102 }), st)).toEqual(
      react({ state: 'CLOSED', because: 'closed' }),
    )
  })

  test('ACK that does not cover the FIN: it stays', () => {
    expect(receive(lastAck(), peer('.', { seq: 502 }), st)).toEqual(react(lastAck()))
  })
})

test('simultaneous close: both ends go through CLOSING to TIME_WAIT', () => {
  const crossed = receive(finWait1(), peer('F.'), st)
  const ack = crossed.send[0]!
  expect([ack.seq, ack.ack]).toEqual([102, 502])
  expect(receive(crossed.to, peer('.', { seq: ack.seq + 400, ack: 102 }), st).to).toMatchObject({
    substate: 'TIME_WAIT',
  })
})

test('finSent, finAcked, finReceived speak of the two FINs', () => {
  const facts = [established(), finWait1(), halfClosed2(), closeWait(), closing(), lastAck()].map((t) =>
    [finSent(t), finAcked(t), finReceived(t)].map(Number).join(''),
  )
  expect(facts).toEqual(['000', '100', '110', '001', '101', '101'])
  expect([finWait2().sndNxt, timeWait().sndNxt, timeWait().rcvNxt]).toEqual([102, 102, 502])
})
