/** The user calls of RFC 9293 §3.10.1–3.10.6, state by state. linux: tcp_sendmsg, __tcp_close, tcp_disconnect, tcp_shutdown */
import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import { ours, peer } from '../testing/segments.ts'
import {
  arrive,
  closedSocket,
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
  synSent,
  timeWait,
  wrote,
} from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { abort, close, recv, send, shutdown, status, writeAndClose, writeAndShutdown } from './calls.ts'
import { receive } from './receive.ts'
import { fire } from './time.ts'

const st = stack()
const rfc = stack({ profile: 'rfc9293' })
const unread = (t = established()) => arrive(t, st, peer('.', { ack: t.snd.una, len: 3 })).to

describe('send()', () => {
  test('ESTABLISHED: text goes out in segments of at most MSS, and the timer runs', () => {
    const r = send(established(), 6, st)
    expect(seen(r)).toEqual(shows('ESTABLISHED', [ours('.', { len: 4 }), ours('.', { seq: 105, len: 2 })]))
    expect(r!.to).toMatchObject({ snd: { una: 101, nxt: 107, end: 107 }, rtx: { left: 1, n: 0 } })
  })

  test('CLOSE_WAIT: the other direction is open', () => {
    expect(seen(send(closeWait(), 1, st))).toEqual(shows('CLOSE_WAIT', [ours('.', { ack: 502, len: 1 })]))
  })

  test('the timer that already runs goes on', () => {
    const t = { ...wrote(established(), 1), rtx: { left: 0, n: 0 } }
    expect(send(t, 1, st)!.to).toMatchObject({ rtx: { left: 0, n: 0 } })
  })

  test('after a timeout: it waits', () => {
    const t = fire(wrote(established(), 1), st).to
    expect(seen(send(t, 1, st))).toEqual(shows('ESTABLISHED'))
  })

  test.each([closedSocket, synSent(), finWait1(), halfClosed1(), halfClosed2(), closing(), lastAck(), timeWait()])(
    '$state: an error',
    (socket) => expect(send(socket, 1, st)).toBeUndefined(),
  )
})

describe('recv()', () => {
  test('a part of the text is read: close() finds the rest, and resets', () => {
    const part = recv(unread(), 2)!
    expect(part.to).toMatchObject({ rcv: { unread: 1 } })
    expect(seen(close(part.to, st))!.count).toEqual(['TCPAbortOnClose', 'OutRsts', 'EstabResets'])
    expect(recv(unread(), 9)!.to).toMatchObject({ rcv: { unread: 0 } })
    expect(recv(unread(), 0)).toBeUndefined()
  })
})

describe('shutdown() of receiving', () => {
  test('SHUT_RD: nothing is sent, and text is still taken; once it is done it does nothing', () => {
    const deaf = shutdown(established(), st, 'SHUT_RD')!
    expect(seen(deaf)).toEqual(shows('ESTABLISHED'))
    expect(shutdown(deaf.to, st, 'SHUT_RD')).toBeUndefined()
    expect(receive(deaf.to, peer('.', { len: 3 }), st).to).toMatchObject({ state: 'ESTABLISHED', rcv: { unread: 3 } })
  })

  test.each(['SHUT_RD, then SHUT_WR', 'SHUT_RDWR'] as const)('%s: FIN; new text is answered with RST', (how) => {
    const fin =
      how === 'SHUT_RDWR'
        ? shutdown(established(), st, how)!
        : shutdown(shutdown(established(), st, 'SHUT_RD')!.to, st, 'SHUT_WR')!
    expect(seen(fin)).toEqual(shows('FIN_WAIT1', [ours('F.')]))
    const reset = shows('CLOSED', [ours('R', { seq: 102 })], ['TCPAbortOnData', 'OutRsts'])
    const r = receive(fin.to, peer('.', { ack: 102, len: 3 }), st)
    expect({ ...seen(r), send: r.send.map(({ flags, seq }) => ({ flags, seq })) }).toEqual({
      ...reset,
      send: [{ flags: 'R', seq: 102 }],
    })
  })
})

describe('shutdown()', () => {
  test('ESTABLISHED: FIN_WAIT1, CLOSE_WAIT: LAST_ACK; the process keeps the socket', () => {
    expect(seen(shutdown(established(), st))).toEqual(shows('FIN_WAIT1', [ours('F.')]))
    expect(seen(shutdown(closeWait(), st))).toEqual(shows('LAST_ACK', [ours('F.', { ack: 502 })]))
    expect(shutdown(established(), st)!.to).not.toHaveProperty('orphan')
  })

  test('a second time: nothing', () => {
    for (const t of [halfClosed1(), halfClosed2(), finWait1(), timeWait(), closedSocket])
      expect(shutdown(t, st)).toBeUndefined()
  })
})

describe('close()', () => {
  test('ESTABLISHED: FIN_WAIT1 and a FIN; CLOSE_WAIT: LAST_ACK and a FIN', () => {
    expect(seen(close(established(), st))).toEqual(shows('FIN_WAIT1', [ours('F.')]))
    expect(seen(close(closeWait(), st))).toEqual(shows('LAST_ACK', [ours('F.', { ack: 502 })]))
  })

  test('with text unacknowledged: the FIN follows it', () => {
    expect(seen(close(wrote(established(), 3), st))).toEqual(shows('FIN_WAIT1', [ours('F.', { seq: 104 })]))
  })

  test.each([
    ['ESTABLISHED', unread(), ['EstabResets']],
    ['CLOSE_WAIT', arrive(established(), st, peer('F.', { len: 3 })).to, ['EstabResets']],
    ['FIN_WAIT2', unread(halfClosed2()), []],
  ] as const)('%s with unread text: RST, CLOSED', (_, t, counts) => {
    const r = close(t, st)
    expect(r!.to).toEqual({ state: 'CLOSED', because: 'closed' })
    expect(r!.send.map((s) => s.flags)).toEqual(['R.'])
    expect(r!.count).toEqual(['TCPAbortOnClose', 'OutRsts', ...counts])
  })

  test('with unread text, rfc9293: FIN', () => {
    expect(seen(close(unread(), rfc))).toEqual(shows('FIN_WAIT1', [ours('F.', { ack: 504 })]))
  })

  test('a FIN alone is nothing unread', () => {
    expect(close(closeWait(), st)!.count).toEqual([])
  })

  test('FIN_WAIT1 of a half-close: the socket becomes an orphan, no second FIN', () => {
    expect(close(halfClosed1(), st)).toEqual(react({ ...halfClosed1(), orphan: true }))
  })

  test('FIN_WAIT2 of a half-close: a mini-socket for tcp_fin_timeout', () => {
    expect(close(halfClosed2(), st)).toEqual(react(finWait2(), [], ['TW']))
  })

  test('FIN_WAIT2 of a half-close, rfc9293: an orphan without a limit', () => {
    expect(close(halfClosed2(), rfc)).toEqual(react({ ...halfClosed2(), orphan: true }))
  })

  test.each([closedSocket, finWait1(), closing(), lastAck(), finWait2(), timeWait()])(
    '$state without a process: nobody can call it',
    (socket) => expect([close(socket, st), abort(socket), recv(socket)]).toEqual([undefined, undefined, undefined]),
  )
})

describe('abort()', () => {
  test.each([
    ['established', established(), ['EstabResets']],
    ['close_wait', closeWait(), ['EstabResets']],
    ['fin_wait1', halfClosed1(), []],
    ['fin_wait2', halfClosed2(), []],
  ] as const)('%s: RST, CLOSED', (_, t, counts) => {
    const r = abort(t)
    expect(r!.to).toEqual({ state: 'CLOSED', because: 'aborted' })
    expect(r!.send).toEqual([ours('R.', { seq: t.snd.nxt, ack: t.rcv.nxt })])
    expect(r!.count).toEqual(['TCPAbortOnData', 'OutRsts', ...counts])
  })

  test('with unread text: counted as a close with unread text', () => {
    expect(abort(unread())!.count).toEqual(['TCPAbortOnClose', 'OutRsts', 'EstabResets'])
  })

  test('after both FINs: CLOSED in silence', () => {
    for (const t of [shutdown(closeWait(), st)!.to, arrive(halfClosed1(), st, peer('F.')).to])
      expect(abort(t)).toEqual(react({ state: 'CLOSED', because: 'aborted' }, [], ['TCPAbortOnData']))
  })

  test('LAST_ACK with text still to be sent: RST', () => {
    const late = fire(wrote(closeWait(), 1), st).to
    expect(abort(shutdown(late, st)!.to)!.send.map((s) => s.flags)).toEqual(['R.'])
  })
})

test('writeAndClose(): the last text carries the FIN', () => {
  expect(seen(writeAndClose(established(), 3, st))).toEqual(shows('FIN_WAIT1', [ours('F.', { len: 3 })]))
  expect(writeAndClose(finWait1(), 3, st)).toBeUndefined()
  expect(writeAndClose(established(), 3, st)?.to).toHaveProperty('orphan', true)
})
test('writeAndShutdown(): the same, and the process goes on reading', () => {
  const done = writeAndShutdown(established(), 3, st)
  expect(seen(done)).toEqual(shows('FIN_WAIT1', [ours('F.', { len: 3 })]))
  expect(done?.to).not.toHaveProperty('orphan')
})

test('status() names the state as ss does, a mini-socket by its substate', () => {
  expect([synSent(), finWait2(), timeWait(), closes(closeWait())].map(status)).toEqual([
    'SYN_SENT',
    'FIN_WAIT2',
    'TIME_WAIT',
    'LAST_ACK',
  ])
})

test('a late segment after abort(): reset', () => {
  expect(seen(receive(abort(established())!.to, peer('.', { len: 2 }), st))).toEqual(
    shows('CLOSED', [ours('R')], ['OutRsts']),
  )
})
