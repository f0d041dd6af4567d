/**
 * Segments longer than any that the wire carries: the capture was taken before the device cut them (TSO, GSO) or after it
 * joined them (GRO, LRO). The other end receives, and may acknowledge, them in pieces. linux: tcp_gso_segment
 */
import { add, before, distance, type Seq } from '../../../model/index.ts'
import { type Connection, hasFlag } from '../../capture.ts'
import type { Observation } from '../packets/observation.ts'
import { assuming, type Captured, type Reading } from './reading.ts'

/** Bytes, where no SYN tells: a segment that fills an Ethernet frame. RFC 894 */
const USUAL = 1460

/** Most bytes in a segment on the wire: what the SYNs offer. RFC 9293 §3.7.1 */
const mssOf = ({ packets }: Connection): number => {
  const offered = packets.flatMap((p) => (hasFlag(p, 'S') && p.options?.mss !== undefined ? [p.options.mss] : []))
  return offered.length === 0 ? USUAL : Math.min(...offered)
}

/**
 * Longer segments are cut where the other end acknowledges them, and as the wire does where it refuses more than one of their
 * pieces; the last piece stands for the packet.
 */
export const inPieces = (r: Reading, { connection }: Captured): Reading => {
  const observations = r.packets
  const mss = mssOf(connection)
  const isLong = (o: Observation): boolean => o.len > mostIn(o, mss) && o.seq !== undefined && !o.inferred
  if (!observations.some(isLong)) return r
  const edges = { client: edgesOf(observations, 'server'), server: edgesOf(observations, 'client') }
  const resets = observations.filter((o) => o.flags === 'R' && !o.forged)
  const refused = (o: Observation): Seq[] => (isRefused(o, resets) ? edgesOnWire(o, mss) : [])
  const packets = observations.flatMap((o) => (isLong(o) ? cut(o, [...edges[o.from], ...refused(o)]) : [o]))
  const long = observations.filter(isLong).map(({ packet }) => packet)
  const words = 'segments longer than the wire carries were received in pieces'
  return assuming(r, { packets }, { id: 'offload', packets: long, ceiling: 'conforms', words })
}

/** More than one RST may answer it. RFC 9293 §3.10.7.1 */
const isRefused = (o: Observation, resets: readonly Observation[]): boolean =>
  resets.filter((r) => r.from !== o.from && r.seq === o.ack && r.packet > o.packet).length > 1

/** Octets of the option in each segment, padded. RFC 7323 §3.2, appendix A */
const TIMESTAMP = 12

/** Bytes of text in a segment with its options, at most. */
const mostIn = ({ clock }: Observation, mss: number): number => (clock === undefined ? mss : mss - TIMESTAMP)

const edgesOnWire = (o: Observation, mss: number): Seq[] => {
  const most = mostIn(o, mss)
  return Array.from({ length: Math.ceil(o.len / most) - 1 }, (_, i) => add(o.seq!, (i + 1) * most))
}

/** What an end acknowledges, in the order of numbers as they come. */
const edgesOf = (observations: readonly Observation[], side: Observation['from']): Seq[] => [
  ...new Set(
    observations.flatMap((o) => {
      if (o.from !== side || o.forged) return []
      return [...(o.ack === undefined ? [] : [o.ack]), ...(o.sack ?? []).flat()]
    }),
  ),
]

const cut = (o: Observation, edges: readonly Seq[]): Observation[] => {
  const start = o.seq!
  const end = add(start, o.len)
  const inside = edges.filter((n) => before(start, n) && before(n, end))
  const cuts = [start, ...new Set(inside.sort((a, b) => distance(b, a))), end]
  return cuts.slice(1).map((to, i) => piece(o, cuts[i]!, to, to === end))
}

const piece = (o: Observation, seq: Seq, to: Seq, isLast: boolean): Observation => {
  const flags = isLast ? o.flags : '.'
  const len = distance(seq, to)
  const said = { ...o, flags, seq, len, segment: { ...o.segment, flags, seq, len } }
  return isLast ? said : { ...said, offloadFragment: true }
}
