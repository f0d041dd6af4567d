/** A packet as the model sees it: who sent it, and the segment, with what the capture does not tell left open. */
import { add, before, type Flags, type Segment, type Seq, segmentEnd } from '../../../model/index.ts'
import { type Connection, fromClient, type Packet, type SackBlock, sameEndpoint } from '../../capture.ts'
import { isLikeCookie } from './cookie.ts'
import { RightEdges } from './rightEdges.ts'
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
  /** What the sender's clock for timestamps said. RFC 7323 §4 */
  readonly clock?: number
  /** What it says to hold beyond a gap. RFC 2018 §3 */
  readonly sack?: readonly SackBlock[]
  /** What arrives at the other end; an unknown sequence number is taken to be the sender's next one. */
  readonly segment: Segment
  /** Where a gap lies before it: the first number that its sender may have used without the tap seeing it. */
  readonly since?: Seq
  /** It repeats text, and the other end was heard since the text was last sent. */
  readonly answered?: true
  /** It repeats the one octet that was acknowledged last: a keepalive probe may carry it. RFC 1122 §4.2.3.6 */
  readonly probe?: true
  /** Text, a while after other text of the same end, and nothing passed between. */
  readonly paused?: true
  /** Text of an end that has shown nothing for so long that it may be a repetition of what the tap has not seen. */
  readonly belated?: true
  /** The first that its end repeats of what it has sent since the handshake, all that is under way: a probe for the tail. */
  readonly tailProbe?: true
  /** A SYN with the number of one before: no attempt shares its number with another. RFC 9293 §3.4.1 */
  readonly again?: true
  /** A pure ACK that tells another window than the end's last packet, and nothing else that is new. RFC 9293 §3.8.6 */
  readonly update?: true
  /** It offers no room for text. */
  readonly shut?: true
  /** A SYN+ACK that grants as little as a syncookie: nothing of what was asked for. */
  readonly cookie?: true
  /** No stack sent it: it was put on the wire by somebody else. */
  readonly forged?: true
  /** The capture does not show it: what it shows proves that it passed. Its number is that of the next packet shown. */
  readonly inferred?: true
  /** The first part of a packet that was longer than the wire carries; the last part stands for the packet. */
  readonly piece?: true
  /** Whether another tap, nearer to whom it is sent to, has seen it: if not, it is lost on the way. */
  readonly seenBeyond?: boolean
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
    if (isUpdate(p, last)) o.update = true
    if (p.window === 0 && !/[SR]/.test(o.flags)) o.shut = true
    if (o.flags === 'S.' && isLikeCookie(p, other)) o.cookie = true
    if (hasPaused(p, connection.packets[at - 1])) o.paused = true
    if (isBelated(p, last)) o.belated = true
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

const isUpdate = (p: Packet, last: Packet | undefined): boolean =>
  p.flags === '.' &&
  p.length === 0 &&
  p.options?.sack === undefined &&
  last?.window !== undefined &&
  !last.flags.includes('S') &&
  p.window !== last.window &&
  p.acknowledgment === last.acknowledgment &&
  p.sequence === (last.sequence === undefined ? undefined : add(last.sequence, last.length))

/** Seconds, less than any probe waits for: two round trips, and what an ACK may be delayed. RFC 8985 §7.2 */
const PAUSE = 0.01

const hasPaused = (p: Packet, last: Packet | undefined): boolean =>
  p.length > 0 &&
  last !== undefined &&
  last.length > 0 &&
  sameEndpoint(p.source, last.source) &&
  (p.time ?? 0) - (last.time ?? 0) >= PAUSE

/** Seconds that a retransmission takes at least. linux: TCP_RTO_MIN */
const LEAST_TIMEOUT = 0.2

const isBelated = (p: Packet, last: Packet | undefined): boolean =>
  p.length > 0 && last?.time !== undefined && p.time !== undefined && p.time - last.time >= LEAST_TIMEOUT

/** The control bits that decide, of all that a packet has. There are 256 at most. */
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
