/**
 * In which order what comes to an end need be looked at. The tap sees text before it arrives, by half a round trip perhaps;
 * the end's own packets tell when it has: an ACK is the next number that is expected (RFC 9293 §3.4), a SACK block holds what
 * came beyond a gap (RFC 2018 §4). Text that a packet of the end tells nothing of had not come when that packet was sent, so it
 * may as well pass the tap after it. Of the text that is under way only what arrives next is left to be looked at.
 */
import { before, notAfter, type Seq, segmentEnd } from '../../../model/index.ts'
import type { Observation, Side } from './observation.ts'

/** Packets after which the handshake is over, and beliefs are about text alone. */
const BEGUN = 16

/**
 * The places of the packets, each text of the other end behind the packets of this end that tell that it had not come.
 * @param packets in an order in which the end may have sent its own
 */
export const asTold = (packets: readonly Observation[], side: Side): number[] => {
  const order: number[] = []
  const isOwn = ({ from }: Observation): boolean => from === side
  // Where the window is shut, text comes and is dropped: its ACK tells nothing. RFC 9293 §3.8.6
  let isText = !packets.some((o) => isOwn(o) && o.analysis?.zeroWindow)
  // Those that wait are the last of these, from `first` on.
  const waiting: number[] = []
  let first = 0
  const release = (until: number): void => {
    for (; first < until; first++) order.push(waiting[first]!)
    if (first === waiting.length) first = waiting.length = 0
  }
  let heard: Seq | undefined
  let acknowledged: Seq | undefined
  for (let i = 0; i < packets.length; i++) {
    const o = packets[i]!
    if (/[SFR]/.test(o.flags)) isText = isText && i < BEGUN && o.flags.includes('S')
    const mayPass = isText && i >= BEGUN && isPlain(o)
    if (mayPass && !isOwn(o) && o.len > 0 && o.ack === heard) waiting.push(i)
    else {
      release(mayPass && isOwn(o) ? toldBy(o, waiting, first, packets, acknowledged) : waiting.length)
      order.push(i)
    }
    if (isOwn(o)) acknowledged = o.ack
    else heard = o.ack
  }
  release(waiting.length)
  return order
}

/** Text or an ACK, of which everything is known. */
const isPlain = ({ flags, seq, ack, forged, inferred, seenAtFarTap }: Observation): boolean =>
  flags === '.' && seq !== undefined && ack !== undefined && !forged && !inferred && seenAtFarTap === undefined

const NO_BLOCKS: NonNullable<Observation['sack']> = []

/**
 * How many have come by then, or may have: up to the last that it acknowledges, or may be the answer to.
 * @param first of them that waits
 */
const toldBy = (
  { ack, len, sack = NO_BLOCKS }: Observation,
  waiting: readonly number[],
  first: number,
  packets: readonly Observation[],
  acknowledged: Seq | undefined,
): number => {
  // It repeats an ACK, and not for what it tells of: anything may have asked for it.
  if (len === 0 && sack.length === 0 && ack === acknowledged) return waiting.length
  for (let i = waiting.length - 1; i >= first; i--) {
    const { segment } = packets[waiting[i]!]!
    if (before(segment.seq, ack!)) return i + 1
    for (const [left, right] of sack)
      if (before(left, segmentEnd(segment)) && !notAfter(right, segment.seq)) return i + 1
  }
  return first
}
