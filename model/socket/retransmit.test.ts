/** The retransmission timer of data and FIN. RFC 6298 §5 · linux: tcp_retransmit_timer, tcp_write_timeout */
import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import { ours, peer } from '../testing/segments.ts'
import { arrive, closes, established, finWait1, lastAck, seen, shows, wrote } from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { close, send } from './calls.ts'
import { firstUnacknowledged } from './output.ts'
import { retransmit, retryLimit } from './retransmit.ts'
import type { Socket, Tcb } from './socket.ts'
import { elapse, fire, timeLeft } from './time.ts'

const st = stack()
const COUNTS = ['TCPTimeouts', 'RetransSegs'] as const
const GAVE_UP = ['TCPTimeouts', 'TCPAbortOnTimeout'] as const

/** Fires n times; the last reaction. */
const fires = (socket: Socket, n: number, s = st) =>
  Array.from({ length: n }).reduce<ReturnType<typeof fire>>((r) => fire(r.to, s), react(socket))

describe('text', () => {
  test('is repeated, each time after twice as long', () => {
    const t = wrote(established(), 3)
    expect([1, 2].map((n) => seen(fires(t, n)))).toEqual(
      [1, 2].map(() => shows('ESTABLISHED', [ours('.', { len: 3 })], COUNTS)),
    )
    expect([0, 1, 2].map((n) => timeLeft(fires(t, n).to))).toEqual([1, 2, 4])
  })

  test('is given up after tcp_retries2: ETIMEDOUT, in silence', () => {
    expect(fires(wrote(established(), 1), 3)).toEqual(
      react({ state: 'CLOSED', because: 'timed out' }, [], [...GAVE_UP, 'EstabResets']),
    )
  })

  test('an ACK of something new forgets how often it was repeated', () => {
    const late = fires(wrote(established(), 6), 2).to
    expect(arrive(late, st, peer('.', { ack: 105 })).to).toMatchObject({ rtx: { left: 1, n: 0 } })
  })

  test('comes back as one segment if it fits, and the oldest first', () => {
    const two = wrote(wrote(established(), 1), 2)
    expect(firstUnacknowledged(two, st)).toEqual(ours('.', { len: 3 }))
    expect(firstUnacknowledged(wrote(two, 3), st)).toEqual(ours('.', { len: 4 }))
  })

  test('that was written after the timeout is not repeated: it has not been sent', () => {
    const late = wrote(fires(wrote(established(), 1), 1).to, 1)
    expect(seen(fire(late, st))).toEqual(shows('ESTABLISHED', [ours('.', { len: 1 })], COUNTS))
  })
})

describe('FIN', () => {
  test('alone is repeated', () => {
    expect(seen(fire(finWait1(), st))).toEqual(shows('FIN_WAIT1', [ours('F.')], COUNTS))
    expect(seen(fire(lastAck(), st))).toEqual(shows('LAST_ACK', [ours('F.', { ack: 502 })], COUNTS))
  })

  test('behind text comes back with it', () => {
    expect(seen(fire(closes(wrote(established(), 3)), st))).toEqual(
      shows('FIN_WAIT1', [ours('F.', { len: 3 })], COUNTS),
    )
  })

  test('behind text that fills a segment does not', () => {
    expect(fire(closes(wrote(established(), 6)), st).send).toEqual([ours('.', { len: 4 })])
  })
})

describe('close() after a timeout', () => {
  const [held, old] = (['linux-6.18', 'linux-5.10'] as const).map((profile) => stack({ profile }))
  const late = fires(wrote(established(), 3), 1).to

  test('the FIN is held back', () => {
    expect(seen(close(late, held!))).toEqual(shows('FIN_WAIT1'))
  })

  test('the FIN held back is not repeated with the text', () => {
    expect(fire(closes(late, held!), st).send).toEqual([ours('.', { len: 3 })])
  })

  test('the FIN held back goes out with the ACK of the text', () => {
    expect(seen(arrive(closes(late, held!), st, peer('.', { ack: 104 })))).toEqual(
      shows('FIN_WAIT1', [ours('F.', { seq: 104 })]),
    )
  })

  test('to 5.10: the FIN goes out', () => {
    expect(seen(close(late, old!))).toEqual(shows('FIN_WAIT1', [ours('F.', { seq: 104 })]))
    expect(fire(closes(late, old!), old!).send).toEqual([ours('F.', { len: 3 })])
  })

  test('to 5.10, with a last segment unsent: it goes out, with the FIN', () => {
    const more = send(late, 2, old!)!.to
    expect(seen(close(more, old!))).toEqual(shows('FIN_WAIT1', [ours('F.', { seq: 104, len: 2 })]))
    const muchMore = send(late, 6, old!)!.to
    expect(seen(close(muchMore, old!))).toEqual(shows('FIN_WAIT1'))
  })
})

describe('an orphan', () => {
  test('is given up after tcp_orphan_retries, uncounted as a reset', () => {
    const hasty = stack({ sysctls: { tcp_orphan_retries: 1 } })
    expect(fires(finWait1(), 2, hasty)).toEqual(react({ state: 'CLOSED', because: 'timed out' }, [], GAVE_UP))
  })

  test('tcp_max_orphans comes before its retries', () => {
    const full = { ...stack({ sysctls: { tcp_orphan_retries: 1 } }), orphansFull: true }
    const last = { ...finWait1(), rtx: { n: 1, left: 0 } }
    expect(fire(last, full)).toMatchObject({
      send: [{ flags: 'R.' }],
      count: ['TCPTimeouts', 'TCPAbortOnMemory', 'OutRsts'],
    })
  })
  test('tcp_orphan_retries 0 means 8', () => {
    const zero = stack({ sysctls: { tcp_orphan_retries: 0 } })
    expect([retryLimit(finWait1(), zero), retryLimit(established(), zero)]).toEqual([8, 2])
  })
})

describe('with TCP_RTO_MIN known, giving up is a matter of time', () => {
  /** How often text is repeated, if the first timeout is `rto` ms and each as long as it says. */
  const repeats = (rto: number, tcp_retries2: number): number => {
    const timed = stack({
      sysctls: { tcp_retries2 },
      durations: { initialRto: 1_000, rtoMin: 200 },
    })
    let socket: Socket = wrote(established(timed), 3, timed)
    for (let n = 0; ; n += 1) {
      const interval = Math.min(rto * 2 ** n, 120_000)
      const t = socket as Tcb
      const r = fire(elapse({ ...t, rtx: { n, left: interval } }, interval)!, timed)
      if (r.send.length === 0) return n
      socket = r.to
    }
  }

  test.each([
    [200, 3, 4],
    [270, 3, 3],
    [200, 0, 1],
    [200, 8, 9],
    [260, 8, 8],
    [200, 15, 16],
  ])('timeout %i ms, tcp_retries2 %i: %i times', (rto, retries, times) => {
    expect(repeats(rto, retries)).toBe(times)
  })

  test('an ACK of something new starts it afresh', () => {
    const timed = stack({ durations: { rtoMin: 1 } })
    const t = elapse(fire(wrote(established(timed), 3, timed), timed).to, 1) as Tcb
    expect(t.retransmitting).toBe(1)
    expect(arrive(t, timed, peer('.', { ack: 102 })).to).not.toHaveProperty('retransmitting')
  })
})

describe('time', () => {
  test('a timer at 0 fires before time passes', () => {
    const t = wrote(established(), 1)
    expect(elapse(t, 1)).toEqual({ ...t, rtx: { left: 0, n: 0 } })
    expect(elapse(t, 2)).toBeUndefined()
  })

  test('no timer runs: any time passes, and firing does nothing', () => {
    expect(elapse(established(), 1000)).toEqual(established())
    expect(fire(established(), st)).toEqual(react(established()))
    expect(retransmit(established(), st)).toEqual(react(established()))
  })
})
