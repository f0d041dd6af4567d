/**
 * Segments longer than any that the wire carries: the capture was taken before the device cut them (TSO, GSO) or after it
 * joined them (GRO, LRO). The other end receives, and may acknowledge, them in pieces. linux: tcp_gso_segment
 */
import { add, before, distance, type Seq, seq } from '../../../model/index.ts'
import { type Connection, hasFlag } from '../../capture.ts'
import { type Observation, peerOf, type Side } from '../packets/observation.ts'
import { assuming, type Captured, type Reading } from './reading.ts'

/** Bytes, where no SYN tells: a segment that fills an Ethernet frame. RFC 894 */
const USUAL = 1460

/** Most bytes in a segment on the wire: what the SYNs offer. RFC 9293 §3.7.1 */
const mssOf = ({ packets }: Connection): number => {
  let least: number | undefined
  for (const p of packets) {
    const mss = hasFlag(p, 'S') ? p.options?.mss : undefined
    if (mss !== undefined && !(least !== undefined && least <= mss)) least = mss
  }
  return least ?? USUAL
}

/**
 * Longer segments are cut where the other end acknowledges them, and as the wire does where it refuses more than one of their
 * pieces; the last piece stands for the packet.
 */
export const inPieces = (r: Reading, { connection }: Captured): Reading => {
  const observations = r.packets
  const mss = mssOf(connection)
  const isLong = longerThanOnWire(connection)
  if (!observations.some(isLong)) return r
  const edges = { client: edgesOf(observations, 'server'), server: edgesOf(observations, 'client') }
  const isRefused = refusedIn(observations)
  const packets = observations.flatMap((o) => {
    if (!isLong(o)) return [o]
    const acknowledged = inside(edges[o.from], o.seq!, add(o.seq!, o.len))
    return cutAt(o, isRefused(o) ? [...acknowledged, ...edgesOnWire(o, mss)] : acknowledged)
  })
  const long = observations.filter(isLong).map(({ packet }) => packet)
  const words = 'segments longer than the wire carries were received in pieces'
  return assuming(r, { packets }, { id: 'offload', packets: long, ceiling: 'conforms', words })
}

/** Whether a packet is longer than the wire carries. */
export const longerThanOnWire = (connection: Connection): ((o: Observation) => boolean) => {
  const mss = mssOf(connection)
  return (o) => o.len > mostIn(o, mss) && o.seq !== undefined && !o.inferred
}

/** More than one RST may answer it. RFC 9293 §3.10.7.1 */
const refusedIn = (observations: readonly Observation[]): ((o: Observation) => boolean) => {
  /** By sender and number: the packets, in order. */
  const resets = new Map<string, number[]>()
  for (const { flags, forged, from, seq, packet } of observations) {
    if (flags !== 'R' || forged) continue
    const key = `${from} ${seq}`
    const known = resets.get(key)
    if (known) known.push(packet)
    else resets.set(key, [packet])
  }
  return ({ from, ack, packet }) => (resets.get(`${peerOf(from)} ${ack}`)?.at(-2) ?? Number.NEGATIVE_INFINITY) > packet
}

/** Octets of the option in each segment, padded. RFC 7323 §3.2, appendix A */
const TIMESTAMP = 12

/** Bytes of text in a segment with its options, at most. */
const mostIn = ({ clock }: Observation, mss: number): number => (clock === undefined ? mss : mss - TIMESTAMP)

const edgesOnWire = (o: Observation, mss: number): Seq[] => {
  const most = mostIn(o, mss)
  return Array.from({ length: Math.ceil(o.len / most) - 1 }, (_, i) => add(o.seq!, (i + 1) * most))
}

/** What an end acknowledges: each number once, unsigned and ascending. */
const edgesOf = (observations: readonly Observation[], side: Side): Uint32Array => {
  const edges = new Set<Seq>()
  for (const { from, forged, ack, sack } of observations) {
    if (from !== side || forged) continue
    if (ack !== undefined) edges.add(ack)
    for (const [left, right] of sack ?? []) edges.add(left).add(right)
  }
  return Uint32Array.from(edges).sort()
}

/** Those after one number and before another, in order; numbers go on from 0 after the last. RFC 9293 §3.4 */
const inside = (edges: Uint32Array, start: Seq, end: Seq): Seq[] => {
  const found: Seq[] = []
  let at = firstAfter(edges, start)
  for (let n = 0; n < edges.length; n++, at++) {
    const edge = seq(edges[at % edges.length]!)
    if (!before(start, edge) || !before(edge, end)) break
    found.push(edge)
  }
  return found
}

const firstAfter = (edges: Uint32Array, start: number): number => {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! <= start) low = middle + 1
    else high = middle
  }
  return low
}

/** In pieces, the last of which stands for the packet. @param edges between its first and its last byte */
export const cutAt = (o: Observation, edges: readonly Seq[]): Observation[] => {
  const start = o.seq!
  const end = add(start, o.len)
  const cuts = [start, ...new Set([...edges].sort((a, b) => distance(b, a))), end]
  return cuts.slice(1).map((to, i) => piece(o, cuts[i]!, to, to === end))
}

const piece = (o: Observation, seq: Seq, to: Seq, isLast: boolean): Observation => {
  const flags = isLast ? o.flags : '.'
  const len = distance(seq, to)
  const said = { ...o, flags, seq, len, segment: { ...o.segment, flags, seq, len } }
  return isLast ? said : { ...said, offloadFragment: true }
}
