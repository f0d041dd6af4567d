/**
 * Which repetition can only be a probe for the tail: where SYNs settled on selective acknowledgments, the first that an end
 * repeats of its text or FIN, all of it that is under way, is no timeout yet. RFC 8985 §7.2 · linux: tcp_schedule_loss_probe with
 * tcp_early_retrans 3. Only the first: while a probe is not accounted for there is no other (tcp_send_loss_probe, tlp_high_seq).
 */
import { before, distance, type Seq, segmentEnd } from '../../../model/index.ts'
import type { Connection } from '../../capture.ts'
import type { Observation, Side } from './observation.ts'

/** Marks that packet. @param side the end at whose interface the capture was taken, so that nothing that it sends is missing */
export const withTailLossProbe = (c: Connection, observations: Observation[], side: Side): Observation[] => {
  const syns = c.packets.filter(({ flags }) => flags.includes('S'))
  if (syns.length < 2 || !syns.every(({ options }) => options?.sackPermitted)) return observations
  let next: Seq | undefined
  let acked: Seq | undefined
  for (const [i, o] of observations.entries()) {
    if (o.from !== side) acked = o.ack ?? acked
    if (o.from !== side || o.seq === undefined || /[SR]/.test(o.flags)) continue
    const end = segmentEnd(o.segment)
    if (next !== undefined && end !== o.seq && before(o.seq, next)) {
      const isAll = end === next && (acked === undefined || distance(acked, o.seq) === 0)
      return isAll ? observations.with(i, { ...o, analysis: { ...o.analysis, tailLossProbe: true } }) : observations
    }
    if (next === undefined || before(next, end)) next = end
  }
  return observations
}
