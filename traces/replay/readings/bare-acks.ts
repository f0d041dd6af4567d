/**
 * A stack whose bare ACKs carry SND.UNA for their number, not SND.NXT: user-space stacks of VPN programs do. A departure from
 * RFC 9293 §3.10.7.4 (`<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`) that is named; the other numbers are judged as ever.
 */
import { before, later, type Seq } from '../../../model/index.ts'
import { type Observation, peerOf, type Side } from '../packets/observation.ts'
import { assuming, type Captured, type Failure, type Reading } from './reading.ts'

/** The reading in which they carry the number that they should, where a packet that nothing explains is one of them. */
export function* acksWithOldNumber(plain: Reading, _: Captured, failure: Failure): Generator<Reading> {
  const failing = plain.packets.find((o) => o.packet === failure.packet && !o.inferred)
  if (failing === undefined) return
  const odd = oddAcks(plain.packets, failing.from)
  if (!odd.has(failing.packet)) return
  const packets = plain.packets.map((o) => {
    const next = odd.get(o.packet)
    return next === undefined ? o : { ...o, seq: next, segment: { ...o.segment, seq: next } }
  })
  const words = `the number of packet ${failing.packet}, an ACK without text, is ${failing.seq}, the oldest that was not acknowledged yet (SND.UNA), and has to be ${odd.get(failing.packet)}, the next one (SND.NXT): RFC 9293 §3.10.7.4`
  const more = odd.size > 1 ? `; so do ${odd.size - 1} more of the ${failing.from}` : ''
  yield assuming(
    plain,
    { packets },
    { id: 'departure', packets: [...odd.keys()], ceiling: 'diverges', words: `${words}${more}` },
  )
}

/** Bare ACKs of an end whose number is the least that was not acknowledged, where the end has sent more: with its next number. */
const oddAcks = (packets: readonly Observation[], side: Side): Map<number, Seq> => {
  const odd = new Map<number, Seq>()
  let next: Seq | undefined
  let acknowledged: Seq | undefined
  for (const o of packets) {
    if (o.forged || o.flags.includes('R')) continue
    if (o.from === peerOf(side)) {
      if (o.ack !== undefined) acknowledged = acknowledged === undefined ? o.ack : later(acknowledged, o.ack)
    } else if (o.seq !== undefined) {
      const isBare = o.flags === '.' && o.len === 0
      if (isBare && next !== undefined && o.seq === acknowledged && before(o.seq, next)) odd.set(o.packet, next)
      const end = (o.seq + o.len + (/[SF]/.test(o.flags) ? 1 : 0)) >>> 0
      next = next === undefined || o.flags.includes('S') ? (end as Seq) : later(next, end as Seq)
    }
  }
  return odd
}
