/**
 * A conversation in numbers of its own: each end as if it had begun at the same number, each stretch of text that is always
 * shown or acknowledged as a whole as if it had two octets. What a search asks of numbers stays what it was: which are equal,
 * which come first, which are next to each other, how wide a gap is. So connections that say the same are the same to a search,
 * whatever numbers they drew and however long their texts are; and of those that do not most of what is asked is.
 */
import { add, distance, type Segment, type Seq, seq } from '../../../model/index.ts'
import { NumberLine } from './numberLine.ts'
import { type Observation, peerOf, type Side } from './observation.ts'

/** What an observation says in numbers; a length is one of its text. */
export type Said = Pick<Observation, 'seq' | 'ack' | 'len' | 'sack'> & Pick<Segment, 'seq'>

export interface OwnNumbers {
  /** What the observation at that index says. */
  said(i: number): Said
  /** The same observations, in the same order. */
  observations(): Observation[]
  /** For a number of the search, of what that end has sent: the one in the capture. */
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
  if (isOfNobody(s)) return { ...s, ...ack }
  const first = toCapture(from, s.seq)
  return { ...s, seq: first, len: distance(first, toCapture(from, add(s.seq, s.len))), ...ack }
}

/** Where on the lines the numbers of an observation lie. */
interface Places {
  /** Its own; none for the RST of nobody. */
  readonly own: { readonly first: number; readonly text: number; readonly end: number } | undefined
  readonly ack: number | undefined
  readonly sack: readonly (readonly [left: number, right: number])[]
}

const placesOf = ({ segment, sack = [] }: Observation, own: NumberLine, peer: NumberLine): Places => ({
  own: isOfNobody(segment) && !own.shows(segment.seq) ? undefined : placeOf(segment, own),
  ack: segment.ack === undefined ? undefined : peer.place(segment.ack),
  sack: sack.map(([left, right]) => [peer.place(left), peer.place(right)]),
})

/** The RST that answers a SYN where nobody listens has a number that nobody drew. RFC 9293 §3.10.7.1 */
const isOfNobody = ({ flags, seq: number }: Segment): boolean => flags === 'R.' && number === NOBODYS

const NOBODYS = seq(0)

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
    seq: p.own ? own.number(p.own.first) : NOBODYS,
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
