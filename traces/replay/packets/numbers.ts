/**
 * Normalised sequence numbers: each end as if it had begun at the same number, each stretch of text that is always shown or
 * acknowledged as a whole as if it had two octets. What a search compares stays as it was: which numbers are equal, which come
 * first, which are adjacent, how wide a gap is. So connections that differ in their initial numbers and the lengths of their
 * texts alone are the same to a search, and others share most of its steps.
 */
import { add, distance, type Segment, type Seq, seq } from '../../../model/index.ts'
import { NumberLine } from './numberLine.ts'
import { type Observation, peerOf, type Side } from './observation.ts'

/** The numbers of an observation; `len` is the length of its text. */
export type Said = Pick<Observation, 'seq' | 'ack' | 'len' | 'sack'> & Pick<Segment, 'seq'>

export interface OwnNumbers {
  /** The normalised numbers of the observation at that index. */
  said(i: number): Said
  /** The same observations, in the same order. */
  observations(): Observation[]
  /** The number in the capture for a normalised number of what that end has sent. */
  toCapture(side: Side, own: Seq): Seq
}

export const inOwnNumbers = (observations: readonly Observation[]): OwnNumbers => {
  const lines = { client: new NumberLine(seq(1 << 28)), server: new NumberLine(seq(1 << 29)) }
  const placed = observations.map((o) => placesOf(o, lines[o.from], lines[peerOf(o.from)]))
  for (const side of ['client', 'server'] as const) lines[side].count()
  const said = (i: number): Said => saidBy(observations[i]!, placed[i]!, lines)
  return {
    said,
    observations: () => observations.map((o, i) => renumbered(o, said(i))),
    toCapture: (side, own) => lines[side].toCapture(own),
  }
}

/** A segment of the search as the capture would show it. */
export const asCaptured = (s: Segment, from: Side, { toCapture }: OwnNumbers): Segment => {
  const peer = peerOf(from)
  const ack = s.ack === undefined ? {} : { ack: toCapture(peer, s.ack) }
  if (isStateless(s)) return { ...s, ...ack }
  const first = toCapture(from, s.seq)
  return { ...s, seq: first, len: distance(first, toCapture(from, add(s.seq, s.len))), ...ack }
}

/** Where on the lines the numbers of an observation lie. */
interface Places {
  /** Where the sender's numbers lie; absent for a stateless RST (SEQ=0). RFC 9293 §3.10.7.1 */
  readonly own: { readonly first: number; readonly text: number; readonly end: number } | undefined
  readonly ack: number | undefined
  readonly sack: readonly (readonly [left: number, right: number])[]
}

const placesOf = ({ segment, sack = [] }: Observation, own: NumberLine, peer: NumberLine): Places => ({
  own: isStateless(segment) && !own.shows(segment.seq) ? undefined : placeOf(segment, own),
  ack: segment.ack === undefined ? undefined : peer.place(segment.ack),
  sack: sack.map(([left, right]) => [peer.place(left), peer.place(right)]),
})

/** The stateless RST of a port without a listener has SEQ=0, which is no number of an end. RFC 9293 §3.10.7.1 */
const isStateless = ({ flags, seq: number }: Segment): boolean => flags === 'R.' && number === STATELESS

const STATELESS = seq(0)

const placeOf = ({ seq: number, len, flags }: Segment, line: NumberLine): Places['own'] => {
  const first = line.place(number)
  const text = first + (flags.includes('S') ? 1 : 0)
  const end = text + len
  if (len > 0) line.covers(text, end)
  if (flags !== '.') line.mark(end + (flags.includes('F') ? 1 : 0))
  return { first, text, end }
}

const saidBy = ({ from, len, sack }: Observation, p: Places, lines: Readonly<Record<Side, NumberLine>>): Said => {
  const [own, peer] = from === 'client' ? [lines.client, lines.server] : [lines.server, lines.client]
  return {
    seq: p.own ? own.number(p.own.first) : STATELESS,
    len: p.own ? distance(own.number(p.own.text), own.number(p.own.end)) : len,
    ...(p.ack !== undefined && { ack: peer.number(p.ack) }),
    ...(sack !== undefined && { sack: p.sack.map(([l, r]) => [peer.number(l), peer.number(r)] as const) }),
  }
}

const renumbered = (o: Observation, { seq: first, ...others }: Said): Observation => {
  const { len, ack } = others
  const segment = { ...o.segment, seq: first, len, ...(ack !== undefined && { ack }) }
  return { ...o, ...others, segment, ...(o.seq !== undefined && { seq: first }) }
}
