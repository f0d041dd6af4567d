import { describe, expect, it } from 'vitest'
import { tooEarly } from './backoff.ts'
import { HANDSHAKE, observed } from './testing/observed.ts'

const found = (...lines: string[]) => tooEarly(observed(...lines))
/** The same text at these seconds. */
const text = (...seconds: number[]): string[] => seconds.map((s) => `> P. 100:10 ack=500 @${s}`)

describe('a retransmission timer backs off: RFC 6298 §5.5', () => {
  it('each interval twice the last: none is too early', () => expect(found(...text(0, 0.2, 0.6, 1.4))).toBeUndefined())
  it('copies may be lost before the tap: an interval may be any number longer', () => {
    expect(found(...text(0, 0.2, 6.2))).toBeUndefined()
  })
  it('an interval shorter than the last is told, with both', () => {
    expect(found(...text(0, 0.4, 0.5))).toEqual({
      at: 2,
      divergence: {
        packet: 3,
        reason:
          'the client repeats [.] seq 100:110 ack 500 length 10 100 ms after the last, which came 400 ms after the one before, and heard nothing between: a timer backs off',
        allowed: [],
      },
    })
  })
  it('some delay on the way is none of the timer: six tenths, and 10 ms', () => {
    expect(found(...text(0, 1, 1.595))).toBeUndefined()
    expect(found(...text(0, 1, 1.589))).toMatchObject({ at: 2 })
  })
  it('what the other end says between may ask for it', () => {
    const [first, second, third] = text(0, 0.4, 0.5)
    expect(found(first!, second!, '< . 500 ack=100 @0.45', third!)).toBeUndefined()
  })
  it('bare ACKs, forged and inferred packets are no retransmissions', () => {
    expect(found('> . 100 ack=500 @0', '> . 100 ack=500 @1', '> . 100 ack=500 @1.1')).toBeUndefined()
    const packets = observed(...text(0, 0.4, 0.5))
    expect(tooEarly(packets.map((o) => ({ ...o, forged: true as const })))).toBeUndefined()
    expect(tooEarly(packets.map((o) => ({ ...o, inferred: true as const })))).toBeUndefined()
  })
  it('half a second is the time of a host that had no room to send: linux TCP_RESOURCE_PROBE_INTERVAL', () => {
    expect(found(...text(0, 2, 2.5))).toBeUndefined()
    expect(found(...text(0, 2, 2.6))).toMatchObject({ at: 2 })
  })
  it('nothing without times, over a clock that was set back, or after more than TCP_RTO_MAX', () => {
    expect(found('> P. 100:10 ack=500', '> P. 100:10 ack=500', '> P. 100:10 ack=500')).toBeUndefined()
    expect(found(...text(10, 20, 5, 6))).toBeUndefined()
    expect(found(...text(0, 200, 201))).toBeUndefined()
  })
})

describe('SYNs', () => {
  it('come at equal intervals, of which some are lost: linux tcp_syn_linear_timeouts', () => {
    expect(found('> S 99 @0', '> S 99 @3', '> S 99 @4', '> S 99 @5')).toBeUndefined()
  })
  it('sooner than a second, less some jitter: RFC 6298 §2.1', () => {
    expect(found('> S 99 @0', '> S 99 @1', '> S 99 @1.7')).toMatchObject({ at: 2 })
  })
  it('their own clocks say when they were sent, where the way to the tap was uneven', () => {
    const clocked = (second: number) =>
      observed('> S 99 @0', '> S 99 @1.2', '> S 99 @2.05').map((o, i) => ({ ...o, clock: [5_000, 6_010, second][i]! }))
    expect(tooEarly(clocked(7_030))).toBeUndefined()
    expect(tooEarly(clocked(6_860))).toMatchObject({ at: 2 })
    expect(tooEarly(clocked(14_500))).toMatchObject({ at: 2 })
  })
  it('a SYN+ACK backs off, and no lack of room excuses it', () => {
    const synAcks = (...seconds: number[]) => seconds.map((s) => `< S. 499 ack=100 @${s}`)
    expect(found('> S 99 @0', ...synAcks(0, 1, 3))).toBeUndefined()
    expect(found('> S 99 @0', ...synAcks(0, 2, 2.5))).toMatchObject({ at: 3 })
  })
})

it('a connection without repetitions', () => expect(found(...HANDSHAKE)).toBeUndefined())
