/**
 * Normalised sequence numbers: each end as if it had begun at the same number, each stretch of text that is always shown or
 * acknowledged as a whole as if it had two octets. What a search compares stays as it was: which numbers are equal, which come
 * first, which are adjacent, how wide a gap is. So connections that differ in their initial numbers and the lengths of their
 * texts alone are the same to a search, and others share most of its steps.
 */
import { add, distance, type Segment, type Seq, seq } from '../../../model/index.ts'
import { NumberLine } from './number-line.ts'
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
  const places = new Places(observations.length)
  for (let i = 0; i < observations.length; i++) {
    const o = observations[i]!
    places.put(i, o, lines[o.from], lines[peerOf(o.from)])
  }
  for (const side of ['client', 'server'] as const) lines[side].count()
  const said = (i: number): Said => {
    const o = observations[i]!
    return places.said(i, o, lines[o.from], lines[peerOf(o.from)])
  }
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

/** Where on the lines the numbers of each observation lie, in one piece of memory: a capture has millions. */
class Places {
  /** Of each, one after the other: the sender's first number (`NaN` for a stateless RST), where its text begins, where it ends, its ACK. */
  readonly #all: Float64Array
  readonly #sack = new Map<number, readonly (readonly [left: number, right: number])[]>()

  constructor(length: number) {
    this.#all = new Float64Array(FIELDS * length)
  }

  put(i: number, { segment, sack }: Observation, own: NumberLine, peer: NumberLine): void {
    const at = FIELDS * i
    if (!isStateless(segment) || own.shows(segment.seq)) this.#putOwn(at, segment, own)
    else this.#all[at + FIRST] = Number.NaN
    if (segment.ack !== undefined) this.#all[at + ACK] = peer.place(segment.ack)
    if (sack !== undefined && sack.length > 0)
      this.#sack.set(
        i,
        sack.map(([left, right]) => [peer.place(left), peer.place(right)]),
      )
  }

  #putOwn(at: number, { seq: number, len, flags }: Segment, line: NumberLine): void {
    const first = line.place(number)
    const text = first + (flags.includes('S') ? 1 : 0)
    const end = text + len
    if (len > 0) line.covers(text, end)
    if (flags !== '.') line.mark(end + (flags.includes('F') ? 1 : 0))
    this.#all[at + FIRST] = first
    this.#all[at + TEXT] = text
    this.#all[at + END] = end
  }

  /** Once all places on the lines are known. */
  said(i: number, { len, sack, segment }: Observation, own: NumberLine, peer: NumberLine): Said {
    const all = this.#all
    const at = FIELDS * i
    const isOwn = !Number.isNaN(all[at + FIRST]!)
    const said: { -readonly [K in keyof Said]: Said[K] } = {
      seq: isOwn ? own.number(all[at + FIRST]!) : STATELESS,
      len: isOwn ? distance(own.number(all[at + TEXT]!), own.number(all[at + END]!)) : len,
    }
    if (segment.ack !== undefined) said.ack = peer.number(all[at + ACK]!)
    if (sack !== undefined)
      said.sack = (this.#sack.get(i) ?? []).map(([l, r]) => [peer.number(l), peer.number(r)] as const)
    return said
  }
}

const FIRST = 0
const TEXT = 1
const END = 2
const ACK = 3
const FIELDS = 4

/** The stateless RST of a port without a listener has SEQ=0, which is no number of an end. RFC 9293 §3.10.7.1 */
const isStateless = ({ flags, seq: number }: Segment): boolean => flags === 'R.' && number === STATELESS

const STATELESS = seq(0)

const renumbered = (o: Observation, { seq: first, len, ack, sack }: Said): Observation => {
  const { packet, time, from, flags, clock } = o
  if (isUsual(o) && ack !== undefined)
    // All members at once, and in another order than numbers of the wire have: in this shape V8 keeps small numbers without a box.
    return {
      segment: { seq: first, ack, len, flags },
      packet,
      time: time!,
      from,
      flags,
      seq: first,
      ack,
      len,
      clock: clock!,
    }
  const segment = { ...o.segment, seq: first, len, ...(ack !== undefined && { ack }) }
  return {
    ...o,
    len,
    ...(ack !== undefined && { ack }),
    ...(sack !== undefined && { sack }),
    segment,
    ...(o.seq !== undefined && { seq: first }),
  }
}

/** It has nothing but what every segment of text has. */
const isUsual = (o: Observation): boolean =>
  o.time !== undefined &&
  o.seq !== undefined &&
  o.clock !== undefined &&
  o.sack === undefined &&
  o.analysis === undefined &&
  o.forged === undefined &&
  o.inferred === undefined &&
  o.offloadFragment === undefined &&
  o.seenAtFarTap === undefined &&
  o.segment.options === undefined
