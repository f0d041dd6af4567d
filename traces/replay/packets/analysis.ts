/**
 * What a packet is, seen among the others: named as Wireshark's tcp.analysis names it, where it has a name. `ofPacket` looks at
 * what came before on the wire; `analysed` at the packets in the order in which an end sent them, and at all of the capture.
 */
import { add, before, distance, type Seq } from '../../../model/index.ts'
import { type Packet, sameEndpoint } from '../../capture.ts'
import { grantsTooMuch, isLikeCookie } from './cookie.ts'
import type { Observation } from './observation.ts'
import { Ranges } from './ranges.ts'
import { type Shown, shownBy } from './shown.ts'
import { peerOf, type Side } from './side.ts'

export interface Analysis {
  /** tcp.analysis.window_update: a pure ACK that offers another window than its end's last packet, and nothing else that is new. */
  readonly windowUpdate?: true
  /** tcp.analysis.zero_window: no room for text. RFC 9293 §3.8.6 */
  readonly zeroWindow?: true
  /** tcp.analysis.keep_alive, with text: the one octet that was acknowledged last. RFC 1122 §4.2.3.6 */
  readonly keepAlive?: true
  /** A SYN with the number of one before: no connection shares its number with another. RFC 9293 §3.4.1 */
  readonly synRetransmission?: true
  /** A retransmission that an ACK may have asked for: the other end was heard since the text was last sent. RFC 5681 §3.2 */
  readonly elicited?: true
  /** tcp.analysis.lost_segment: a gap lies before it; the first number that its sender may have used unseen. */
  readonly gapFrom?: Seq
  /** The first retransmission of all that is under way: a tail loss probe. RFC 8985 §7 */
  readonly tailLossProbe?: true
  /** Text, a while after other text of the same end, and nothing passed between. */
  readonly afterIdle?: true
  /** Text, so long after its end's last packet that it may be a retransmission of what the tap has not seen. */
  readonly afterRto?: true
  /** A SYN+ACK that grants as little as a syncookie: nothing of what was asked for. */
  readonly cookieLike?: true
  /** A SYN+ACK that grants more than a syncookie without timestamps can. */
  readonly grantsTooMuch?: true
}

export const NOTHING: Analysis = {}

/** The packets before: the last of the same end, of the other end, of either. */
export interface Before {
  readonly own: Packet | undefined
  readonly other: Packet | undefined
  readonly previous: Packet | undefined
}

export const ofPacket = (p: Packet, { own, other, previous }: Before): Analysis => {
  const found: { -readonly [K in keyof Analysis]: Analysis[K] } = {}
  if (isWindowUpdate(p, own)) found.windowUpdate = true
  if (p.window === 0 && !/[SR]/.test(p.flags)) found.zeroWindow = true
  if (isSynAck(p) && isLikeCookie(p, other)) found.cookieLike = true
  if (isSynAck(p) && grantsTooMuch(p)) found.grantsTooMuch = true
  if (isAfterIdle(p, previous)) found.afterIdle = true
  if (isAfterRto(p, own)) found.afterRto = true
  return Object.keys(found).length === 0 ? NOTHING : found
}

const isSynAck = ({ flags }: Packet): boolean => flags.replace(/[^SFR.]/g, '') === 'S.'

const isWindowUpdate = (p: Packet, last: Packet | undefined): boolean =>
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

const isAfterIdle = (p: Packet, last: Packet | undefined): boolean =>
  p.length > 0 &&
  last !== undefined &&
  last.length > 0 &&
  sameEndpoint(p.source, last.source) &&
  (p.time ?? 0) - (last.time ?? 0) >= PAUSE

/** Seconds that a retransmission takes at least. linux: TCP_RTO_MIN */
const LEAST_TIMEOUT = 0.2

const isAfterRto = (p: Packet, last: Packet | undefined): boolean =>
  p.length > 0 && last?.time !== undefined && p.time !== undefined && p.time - last.time >= LEAST_TIMEOUT

/** More than this is not sent and lost without a trace: bytes. */
const MOST_LOST = 2 ** 21

/** What the pass keeps of an end. */
interface Stream {
  /** After the last number that was sent. */
  next?: Seq
  /** The other end's last acknowledgment number. */
  acked?: Seq
  /** What was sent since the other end was last heard. A SYN+ACK that comes again asks for nothing: RFC 5961 §4 */
  readonly sinceHeard: Ranges
  heard: boolean
  readonly syns: Set<string>
}

const stream = (): Stream => ({ sinceHeard: new Ranges(), heard: false, syns: new Set() })

/**
 * The observations, in the order in which an end sent its own, with `gapFrom`, `elicited`, `keepAlive` and `synRetransmission`.
 * One pass; linear in packets.
 */
export const analysed = (steps: readonly Observation[]): Observation[] => {
  const streams: Readonly<Record<Side, Stream>> = { client: stream(), server: stream() }
  let shown: Shown | undefined
  const lost = (o: Observation, next: Seq, end: Seq): Seq | undefined => {
    const from = before(next, o.seq!) ? o.seq! : before(next, end) && before(o.seq!, next) ? end : undefined
    if (from === undefined) return undefined
    shown ??= shownBy(steps)
    return distance(next, o.seq!) <= MOST_LOST && shown.isUnheard(o, next) ? next : shown.startOf(o.from, from)
  }
  return steps.map((o) => {
    const [own, peer] = [streams[o.from], streams[peerOf(o.from)]]
    if (o.ack !== undefined && !o.forged && !o.flags.includes('R')) peer.acked = o.ack
    const found = o.forged ? NOTHING : ofStream(o, own, lost)
    hear(o, peer, own)
    return found === NOTHING ? o : { ...o, analysis: { ...o.analysis, ...found } }
  })
}

/** Packets as they pass count for what was heard of an end, forged ones too. */
const hear = (o: Observation, peer: Stream, own: Stream): void => {
  if (!o.flags.includes('S')) {
    peer.heard = true
    peer.sinceHeard.clear()
  }
  if (o.seq !== undefined) own.sinceHeard.add(o.seq, endOf(o))
}

const ofStream = (
  o: Observation,
  own: Stream,
  lost: (o: Observation, next: Seq, end: Seq) => Seq | undefined,
): Analysis => {
  if (o.seq === undefined) return NOTHING
  if (o.flags.includes('S')) return ofSyn(o, o.seq, own)
  const { next, acked } = own
  const end = endOf(o)
  if (o.flags !== 'R' && (next === undefined || before(next, end))) own.next = end
  if (next === undefined) return NOTHING
  const gapFrom = lost(o, next, end)
  if (gapFrom !== undefined) return { gapFrom }
  if (end === o.seq || !before(o.seq, next)) return NOTHING
  if (o.len === 1 && end === next && acked === next && o.flags === '.') return { elicited: true, keepAlive: true }
  return own.heard && !own.sinceHeard.overlaps(o.seq, end) ? { elicited: true } : NOTHING
}

const ofSyn = (o: Observation, isn: Seq, own: Stream): Analysis => {
  own.next = add(isn, 1)
  const syn = `${o.flags} ${isn}`
  if (own.syns.has(syn)) return { synRetransmission: true }
  own.syns.add(syn)
  return NOTHING
}

const endOf = (o: Observation): Seq => add(o.seq!, o.len + (/[SF]/.test(o.flags) ? 1 : 0))
