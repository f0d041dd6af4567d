/** SYN_SENT: RFC 9293 §3.10.7.3; the rows of tcp_rcv_synsent_state_process, and what a process and the timer may do. */
import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'
import { arrive, seen, shows, synSent } from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { abort, close, send, shutdown } from './calls.ts'
import { receive } from './receive.ts'
import type { Socket } from './socket.ts'
import { connect } from './synSent.ts'
import { elapse, fire, timeLeft } from './time.ts'

const st = stack()
const patient = stack({ profile: 'linux-4.9' })

describe('CLOSED', () => {
  test('connect(): a SYN, and the timer runs', () => {
    expect(connect(ISS, st)).toEqual(
      react({ state: 'SYN_SENT', iss: ISS, rtx: { left: 1, n: 0 } }, [ours('S', { seq: ISS })], ['ActiveOpens']),
    )
  })

  test('any segment but a RST is reset', () => {
    const gone = close(synSent(), st)!.to
    expect(seen(receive(gone, peer('S.', { seq: IRS }), st))).toEqual(shows('CLOSED', [ours('R')], ['OutRsts']))
    expect(seen(receive(gone, peer('F'), st))).toEqual(shows('CLOSED', [ours('R.', { seq: 0, ack: 502 })], ['OutRsts']))
    expect(receive(gone, peer('R'), st)).toEqual(react(gone))
  })
})

describe('SYN_SENT, a wrong ACK', () => {
  test.each([
    ['of nothing', ISS],
    ['of what was never sent', ISS + 2],
  ])('%s: RST', (_, ack) => {
    expect(receive(synSent(), peer('S.', { seq: IRS, ack }), patient)).toEqual(
      react(synSent(), [ours('R', { seq: ack })], ['OutRsts']),
    )
  })

  test('with RST: no answer', () => {
    expect(receive(synSent(), peer('R.', { ack: 107 }), patient)).toEqual(react(synSent()))
  })

  test('the SYN goes out again at once (since 5.6), even if a RST brought it', () => {
    for (const flags of ['.', 'R.'] as const)
      expect(receive(synSent(), peer(flags, { ack: 107 }), st).to).toEqual({ ...synSent(), rtx: { left: 0, n: 0 } })
  })

  test('the SYN has been repeated before: its timer goes on', () => {
    const again = fire(synSent(), st).to
    expect(receive(again, peer('.', { ack: 107 }), st).to).toEqual(again)
  })
})

describe('SYN_SENT, an ACK of the SYN', () => {
  test('RST, whatever its number: refused', () => {
    expect(receive(synSent(), peer('R.', { seq: 77 }), st)).toEqual(
      react({ state: 'CLOSED', because: 'refused' }, [], ['AttemptFails']),
    )
  })

  test('nothing else: dropped', () => {
    expect(receive(synSent(), peer('.'), st)).toEqual(react(synSent()))
    expect(receive(synSent(), peer('F.', { len: 2 }), st)).toEqual(react(synSent()))
  })

  test('SYN: ESTABLISHED, acknowledged at once, no timer', () => {
    const r = receive(synSent(), peer('S.', { seq: IRS }), st)
    expect(r).toEqual(
      react(
        {
          state: 'ESTABLISHED',
          snd: { una: 101, nxt: 101, end: 101, fin: false, first: 100 },
          rcv: { nxt: 501, unread: 0, held: [] },
        },
        [ours('.')],
      ),
    )
  })

  test('SYN with text or FIN: these are ignored', () => {
    const plain = receive(synSent(), peer('S.', { seq: IRS }), st)
    expect(receive(synSent(), peer('S.', { seq: IRS, len: 3 }), st)).toEqual(plain)
    expect(receive(synSent(), peer('SF.', { seq: IRS }), st)).toEqual(plain)
  })
})

describe('SYN_SENT, no ACK', () => {
  test.each(['R', 'F', ''] as const)('[%s]: dropped', (flags) => {
    expect(receive(synSent(), peer(flags), st)).toEqual(react(synSent()))
  })

  test('SYN: crossed, SYN_RECV; the running timer goes on', () => {
    const c = fire(synSent(), st).to
    expect(receive(c, peer('S', { seq: IRS, len: 3 }), st)).toEqual(
      react(
        {
          state: 'SYN_RECV',
          snd: { una: 100, nxt: 101, end: 101, fin: false, first: 100 },
          rcv: { nxt: 501, unread: 0, held: [] },
          rtx: { left: 2, n: 1 },
          afterTimeout: true,
        },
        [ours('S.', { seq: ISS })],
      ),
    )
  })

  test('SYNs that were sent again after equal times have doubled nothing: the SYN+ACK waits 1, then 2', () => {
    const linear = stack({ sysctls: { tcp_syn_linear_timeouts: 4 } })
    const crossed = receive(fire(synSent(), linear).to, peer('S', { seq: IRS }), linear).to
    expect(crossed).toMatchObject({ rtx: { left: 1, n: 1 } })
    expect(fire(crossed, linear).to).toMatchObject({ rtx: { left: 2, n: 2 } })
  })

  test('after a timeout the window is one segment, and the SYN+ACK has it: a FIN waits', () => {
    const crossed = (c: Socket) => receive(c, peer('S', { seq: IRS }), st).to
    expect(close(crossed(synSent()), st)?.send).toEqual([ours('F.', { seq: 101 })])
    expect(close(crossed(fire(synSent(), st).to), st)?.send).toEqual([])
    expect(close(fire(crossed(synSent()), st).to, st)?.send).toEqual([])
  })
})

describe('SYN_SENT, the timer', () => {
  test('doubles, and after tcp_syn_retries says ETIMEDOUT in silence', () => {
    const [first, second, third] = [0, 1, 2].reduce<ReturnType<typeof fire>[]>(
      (rs) => [...rs, fire(rs.at(-1)?.to ?? synSent(), st)],
      [],
    )
    const again = [[ours('S', { seq: ISS })], ['TCPTimeouts', 'TCPSynRetrans', 'RetransSegs']] as const
    expect(first).toEqual(react({ ...synSent(), rtx: { left: 2, n: 1 } }, ...again))
    expect(second).toEqual(react({ ...synSent(), rtx: { left: 4, n: 2 } }, ...again))
    expect(third).toEqual(
      react({ state: 'CLOSED', because: 'timed out' }, [], ['TCPTimeouts', 'TCPAbortOnTimeout', 'AttemptFails']),
    )
  })
})

describe('SYN_SENT, its schedule as measured on 6.18', () => {
  /** When the SYNs leave and when the user is told, in initial timeouts. */
  const schedule = (tcp_syn_retries: number, tcp_syn_linear_timeouts: number): number[] => {
    const s = stack({ sysctls: { tcp_syn_retries, tcp_syn_linear_timeouts } })
    const times = [0]
    let socket = connect(ISS, s).to
    for (let left = timeLeft(socket); left !== undefined; left = timeLeft(socket)) {
      times.push(times.at(-1)! + left)
      socket = fire(elapse(socket, left)!, s).to
    }
    return times
  }

  test.each([
    [6, 4, [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67, 131]],
    [6, 0, [0, 1, 3, 7, 15, 31, 63, 127]],
    [5, 4, [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67]],
    [4, 4, [0, 1, 2, 3, 4, 5, 7, 11, 19, 35]],
    [2, 4, [0, 1, 2, 3, 4, 5, 7]],
    [2, 0, [0, 1, 3, 7]],
    [1, 4, [0, 1, 2, 3]],
  ])('tcp_syn_retries %i, tcp_syn_linear_timeouts %i', (retries, linear, times) => {
    expect(schedule(retries, linear)).toEqual(times)
  })
})

describe('SYN_SENT, calls', () => {
  test('close(), shutdown() and abort end it without a segment or a counter', () => {
    expect(close(synSent(), st)).toEqual(react({ state: 'CLOSED', because: 'closed' }))
    expect(shutdown(synSent(), st)).toEqual(react({ state: 'CLOSED', because: 'aborted' }))
    expect(abort(synSent())).toEqual(react({ state: 'CLOSED', because: 'aborted' }, [], ['TCPAbortOnData']))
  })

  test('send() has to wait', () => expect(send(synSent(), 1, st)).toBeUndefined())

  test('close(), and the SYN+ACK that comes too late: reset', () => {
    expect(seen(arrive(close(synSent(), st)!.to, st, peer('S.', { seq: IRS })))).toEqual(
      shows('CLOSED', [ours('R')], ['OutRsts']),
    )
  })
})

/** Swept on 6.18: `traces/live/forged.test.ts`. */
describe('SYN_SENT, sent at 1000 and again at 2000 of its own clock: an ACK that echoes', () => {
  const offers = { mss: 1460, windowScale: 7, clock: 1000 }
  const sent = connect(ISS, stack({ offers })).to
  const hears = (echo: number, flags: 'S.' | '.' | 'R.' = 'S.', profile: 'linux-6.18' | 'rfc9293' = 'linux-6.18') =>
    receive(
      sent,
      { ...peer(flags, { seq: IRS, ack: ISS + 1 }), options: { timestamp: { val: 7, echo } } },
      stack({ profile, offers: { ...offers, clock: 2000 } }),
    )

  test.each([1000, 1500, 2000, 0])('%i is of this SYN, or none', (echo) => {
    expect(hears(echo).to.state).toBe('ESTABLISHED')
  })

  test.each([999, 2001, 1])('%i is of another: RST, and the SYN waits', (echo) => {
    expect(hears(echo)).toEqual(react(sent, [ours('R', { seq: ISS + 1 })], ['PAWSActive', 'OutRsts']))
    expect(hears(echo, '.')).toEqual(hears(echo))
  })

  test('a RST of another does not refuse the connection', () => {
    expect(hears(999, 'R.')).toEqual(react(sent, [], ['PAWSActive']))
  })

  test('RFC 9293 does not look at echoes', () => {
    expect(hears(999, 'S.', 'rfc9293').to.state).toBe('ESTABLISHED')
  })
})
