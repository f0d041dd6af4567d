/**
 * The retransmission timeout of a connection as its kernel computes it, from the round trips that a capture shows. RFC 6298 ·
 * linux: tcp_rtt_estimator, tcp_set_rto. All in ms; what a capture does not tell exactly is kept as two estimates, a low and a high one.
 */
import { before, type Seq } from '../../model/index.ts'
import type { Rto } from './timing.ts'

/** linux: TCP_RTO_MIN */
const RTO_MIN = 200
/** Without any sample. RFC 6298 §5.7 · linux: TCP_TIMEOUT_FALLBACK */
const FALLBACK = 3_000
/** linux: TCP_RTO_MAX */
const RTO_MAX = 120_000

export interface Estimate {
  readonly srtt: number
  /** Four times the mean deviation, and the largest of it in this round trip. linux: mdev_us, mdev_max_us */
  readonly mdev: number
  readonly mdevMax: number
  /** Four times RTTVAR. linux: rttvar_us */
  readonly rttvar: number
  /** The variance may fall once everything up to here is acknowledged. linux: rtt_seq */
  readonly until: Seq
}

/** A round trip of `m` ms was measured by an ACK that left `una` to `nxt` in flight. */
export const sampled = (e: Estimate | undefined, m: number, una: Seq, nxt: Seq): Estimate => {
  if (e === undefined) {
    const rttvar = Math.max(2 * m, RTO_MIN)
    return { srtt: m, mdev: 2 * m, mdevMax: rttvar, rttvar, until: nxt }
  }
  const error = m - e.srtt
  const deviation = Math.abs(error) - e.mdev / 4
  const mdev = e.mdev + (error < 0 && deviation > 0 ? deviation / 8 : deviation)
  const mdevMax = Math.max(e.mdevMax, mdev)
  const rttvar = Math.max(e.rttvar, mdevMax)
  const srtt = e.srtt + error / 8
  return before(e.until, una)
    ? { srtt, mdev, mdevMax: RTO_MIN, rttvar: mdevMax < rttvar ? rttvar - (rttvar - mdevMax) / 4 : rttvar, until: nxt }
    : { srtt, mdev, mdevMax, rttvar, until: e.until }
}

export const rtoOf = (e: Estimate | undefined): number =>
  e === undefined ? FALLBACK : Math.min(RTO_MAX, e.srtt + e.rttvar)

/**
 * What was repeated is acknowledged, `n` timeouts after it was sent, and no timestamp tells which copy: the timeout stays as long as it
 * has become until the next round trip is measured. RFC 6298 §5.7, Karn's algorithm · linux: tcp_ack_update_rtt, which alone clears icsk_backoff
 */
export const backedOff = ({ least, most }: Rto, n: number): Rto => ({
  least: Math.min(RTO_MAX, least * 2 ** n),
  most: Math.min(RTO_MAX, most * 2 ** n),
})
