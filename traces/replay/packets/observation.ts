/** A packet as the model sees it: the end that sent it, and the segment, with what the capture does not tell left open. */
import { add, before, type Flags, type Segment, type Seq, segmentEnd } from '../../../model/index.ts'
import { type Connection, fromClient, type Packet, type SackBlock } from '../../capture.ts'
import { RightEdges } from './advertised-edges.ts'
import { type Analysis, NOTHING, ofPacket } from './analysis.ts'
import { peerOf, type Side } from './side.ts'

export { peerOf, type Side } from './side.ts'

export interface Observation {
  /** The packet's number as people call it. */
  readonly packet: number
  /** Seconds, if the capture tells. */
  readonly time?: number
  readonly from: Side
  readonly flags: Flags
  /** Absent when unknown: tcpdump prints none for a pure ACK. */
  readonly seq?: Seq
  readonly ack?: Seq
  readonly len: number
  /** TSval of the timestamps option, in the sender's ticks. RFC 7323 §3 */
  readonly clock?: number
  /** SACK blocks: what its sender holds beyond a gap. RFC 2018 §3 */
  readonly sack?: readonly SackBlock[]
  /** What arrives at the other end; an unknown sequence number is taken to be the sender's next one. */
  readonly segment: Segment
  /** What it is among the other packets. */
  readonly analysis?: Analysis
  /** No stack sent it: it was injected. */
  readonly forged?: true
  /** The capture does not show it: what it shows proves that it passed. Its number is that of the next packet shown. */
  readonly inferred?: true
  /** The first part of a packet that was longer than the wire carries; the last part stands for the packet. */
  readonly offloadFragment?: true
  /** Whether another tap, nearer to its destination, has seen it: if not, it is lost on the way. */
  readonly seenAtFarTap?: boolean
}

export const observationsOf = (connection: Connection): Observation[] => {
  const next: Partial<Record<Side, Seq>> = {}
  const latest: Partial<Record<Side, Packet>> = {}
  const edges = new RightEdges(connection)
  return connection.packets.map((p, at) => {
    const from = fromClient(connection, p) ? 'client' : 'server'
    const [last, other] = [latest[from], latest[peerOf(from)]]
    const o = observe(p, from, next[from] ?? add(0 as Seq, 0))
    if (isBehind(o, next[from]) && edges.has(peerOf(from), o.seq!, at)) delete o.seq
    const analysis = ofPacket(p, { own: last, other, previous: connection.packets[at - 1] })
    if (analysis !== NOTHING) o.analysis = analysis
    latest[from] = p
    const end = segmentEnd(o.segment)
    const sent = next[from]
    if (o.flags !== 'R' && (sent === undefined || o.flags.includes('S') || before(sent, end))) next[from] = end
    return o
  })
}

/** A bare ACK or RST, from before what its end has sent. */
const isBehind = ({ flags, len, seq }: Observation, next: Seq | undefined): boolean =>
  len === 0 && (flags === '.' || flags === 'R.') && seq !== undefined && next !== undefined && before(seq, next)

/** The control bits that the model reads, by all that a packet has: 256 at most. */
const deciding = new Map<string, Flags>()
const decidingOf = (flags: string): Flags => {
  const known = deciding.get(flags)
  if (known !== undefined) return known
  const found = flags.replace(/[^SFR.]/g, '') as Flags
  deciding.set(flags, found)
  return found
}

const observe = (p: Packet, from: Side, next: Seq): { -readonly [K in keyof Observation]: Observation[K] } => {
  const { number: packet, time, sequence: seq, acknowledgment: ack, length: len, options } = p
  const flags = decidingOf(p.flags)
  const clock = options?.timestamp?.value
  if (time !== undefined && seq !== undefined && ack !== undefined && clock !== undefined && !options?.sack)
    // The usual one. All members at once: captures have millions, and one shape takes least room.
    return { packet, time, from, flags, seq, ack, len, clock, segment: { flags, seq, len, ack } }
  const shown = { flags, seq: seq ?? next, len }
  const segment = ack === undefined ? shown : { ...shown, ack }
  const o: ReturnType<typeof observe> = { packet, from, flags, len, segment }
  if (ack !== undefined) o.ack = ack
  if (time !== undefined) o.time = time
  if (seq !== undefined) o.seq = seq
  if (options?.sack !== undefined) o.sack = options.sack
  if (clock !== undefined) o.clock = clock
  return o
}

/** Whether the packet shows this segment, as far as the capture tells. The window and PSH decide nothing. */
export const shows = (o: Observation, s: Segment): boolean =>
  o.flags === s.flags && o.len === s.len && o.ack === s.ack && (o.seq === undefined || o.seq === s.seq)
