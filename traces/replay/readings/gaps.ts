/**
 * Where a capture lacks what both ends testify to: numbers that are acknowledged before they are shown, if ever; or that are not
 * shown again, once an acknowledgment tells that what was shown of them had been lost.
 */
import { distance, later, type Seq } from '../../../model/index.ts'
import { type Observation, peerOf, type Side } from '../packets/observation.ts'
import { Stretches } from './stretches.ts'

/** Numbers are unrolled: not taken modulo 2³². */
export interface Gap {
  readonly side: Side
  readonly from: number
  readonly to: number
  /** What its sender had acknowledged by then, and its clock for timestamps. */
  readonly ack: Seq
  readonly clock?: number
  /** Before which packet it passed, which acknowledges it, with which its sender goes on: by index. */
  readonly at: number
  readonly acknowledgedAt: number
  readonly goesOnAt: number
  /** Nothing that takes numbers comes after it: its last one may be that of a FIN. */
  readonly isLast: boolean
}

/** A packet that is acknowledged up to a number inside. */
export interface Part {
  readonly of: number
  readonly at: number
  readonly acknowledgedAt: number
}

export interface Gaps {
  readonly gaps: readonly Gap[]
  readonly parts: readonly Part[]
  /** What did not come, as later acknowledgments tell: by index. */
  readonly lost: readonly number[]
}

/** More than this is not under way at once: bytes. RFC 7323 §2.3 */
const MOST = 2 ** 30

/** Seconds that a retransmission takes at least; text that is shown sooner was only late at the tap. linux: TCP_RTO_MIN */
const LEAST_TIMEOUT = 0.2

/** Whether a segment is longer than the wire carries: it passes in pieces. */
type IsLong = (o: Observation) => boolean

/** In the order in which they passed. */
export const gapsOf = (packets: readonly Observation[], isLong: IsLong): Gaps => {
  const both = (['client', 'server'] as const).map((side) => gapsOfEnd(packets, side, openingOf(packets, side), isLong))
  return {
    gaps: both.flatMap(({ gaps }) => gaps).sort((a, b) => a.at - b.at),
    parts: both.flatMap(({ parts }) => parts).sort((a, b) => a.of - b.of),
    lost: both.flatMap(({ lost }) => lost),
  }
}

/** Where the last incarnation of an end begins: the first of its last SYNs, but not before the last SYN without ACK of either. */
const openingOf = (packets: readonly Observation[], side: Side): number => {
  const firstLike = (last: Observation | undefined): number =>
    last === undefined
      ? 0
      : packets.findIndex((o) => o.from === last.from && o.flags === last.flags && o.seq === last.seq)
  const isSyn = ({ flags, forged }: Observation): boolean => flags.includes('S') && !flags.includes('R') && !forged
  const own = packets.findLast((o) => isSyn(o) && o.from === side)
  return Math.max(firstLike(own), firstLike(packets.findLast((o) => isSyn(o) && o.flags === 'S')))
}

interface Sent {
  readonly i: number
  readonly from: number
  readonly to: number
  readonly takesRoom: boolean
}

interface Heard {
  readonly i: number
  /** Up to where, and from where, if not from the beginning. */
  readonly to: number
  readonly from?: number
}

const gapsOfEnd = (packets: readonly Observation[], side: Side, begins: number, isLong: IsLong): Gaps => {
  const { sent, heard, before } = saidOf(packets, side, begins)
  const gaps: Gap[] = []
  const parts: Part[] = []
  const [first] = sent
  if (first === undefined) return { gaps, parts, lost: [] }
  const most = sent.reduce((end, s) => Math.max(end, s.to), first.to)
  const lastRoom = sent.reduce((end, s) => (s.takesRoom ? Math.max(end, s.to) : end), first.from)
  const edges = new Set(sent.flatMap(({ from, to }) => [from, to]))
  const shown = new Stretches(first.from)
  const cuts = cutsAnew(sent)
  const textOf = (n: number) => {
    const { time } = packets[sent[n]!.i]!
    return { ...sent[n]!, of: n, time, isWhole: !isLong(packets[sent[n]!.i]!) }
  }
  let next = 0
  for (const h of heard) {
    for (; next < sent.length && sent[next]!.i < h.i; next++) if (sent[next]!.takesRoom) shown.add(textOf(next))
    if (h.to > most) continue
    if (h.from === undefined) {
      const cut = cuts.get(h.to)
      const cutAt = cut !== undefined && cut < next ? packets[sent[cut]!.i]!.time : undefined
      shown.acknowledge({ to: h.to, time: packets[h.i]!.time, sent: next, cutAt }, LEAST_TIMEOUT)
    }
    for (const [from, to] of shown.missing(Math.max(h.from ?? shown.contiguous, shown.contiguous), h.to)) {
      const goesOn = sent.slice(shown.lostBy(from)).find((s) => s.from >= to)
      const again = sent.slice(next).find((s) => s.takesRoom && s.from < to && s.to > from)
      if (goesOn === undefined || to - from > MOST || (again && !isLater(packets[h.i]!, packets[again.i]!))) continue
      const at = Math.min(h.i, goesOn.i)
      const { ack, clock = packets[goesOn.i]!.clock } = before(at, from, goesOn.i)
      if (ack === undefined) continue
      const timed = clock === undefined ? {} : { clock }
      gaps.push({ side, from, to, ack, ...timed, at, acknowledgedAt: h.i, goesOnAt: goesOn.i, isLast: to >= lastRoom })
      shown.add({ from, to, time: packets[at]!.time, isWhole: true })
    }
    const cut = shown.cutBy(h.to)
    if (!edges.has(h.to)) parts.push(...cut.map((of) => ({ of: sent[of]!.i, at: h.to, acknowledgedAt: h.i })))
  }
  return { gaps, parts, lost: shown.lost.map((n) => sent[n]!.i) }
}

/** Where text that is shown again ends anew, inside of what was shown: the segment that ends there first, by index. */
const cutsAnew = (sent: readonly Sent[]): ReadonlyMap<number, number> => {
  const edges = new Set<number>()
  const cuts = new Map<number, number>()
  let most = sent[0]!.from
  for (const [n, { from, to, takesRoom }] of sent.entries()) {
    if (!takesRoom) continue
    if (to < most && !edges.has(to)) cuts.set(to, n)
    edges.add(from).add(to)
    most = Math.max(most, to)
  }
  return cuts
}

const isLater = (ack: Observation, again: Observation): boolean =>
  ack.time !== undefined && again.time !== undefined && again.time - ack.time >= LEAST_TIMEOUT

/** What the end has sent and its peer has acknowledged, unrolled. */
const saidOf = (packets: readonly Observation[], side: Side, begins: number) => {
  const sent: Sent[] = []
  const heard: Heard[] = []
  const own: { readonly i: number; readonly from?: number; readonly o: Observation }[] = []
  let near: { seq: Seq; place: number } | undefined
  const place = (n: Seq): number => {
    near ??= { seq: n, place: n }
    const ahead = distance(near.seq, n)
    const found = near.place + ahead
    if (ahead > 0 && ahead < MOST) near = { seq: n, place: found }
    return found
  }
  for (let i = begins; i < packets.length; i++) {
    const o = packets[i]!
    if (o.forged || o.flags.includes('R')) continue
    if (o.from === side) {
      const from = o.seq === undefined ? undefined : place(o.seq)
      own.push({ i, o, ...(from !== undefined && { from }) })
      if (from === undefined) continue
      const room = o.len + (/[SF]/.test(o.flags) ? 1 : 0)
      sent.push({ i, from, to: from + room, takesRoom: room > 0 })
    } else if (o.ack !== undefined && near !== undefined) {
      heard.push({ i, to: place(o.ack) })
      for (const [left, right] of o.sack ?? []) heard.push({ i, from: place(left), to: place(right) })
    }
  }
  const synAck = packets.find((o, i) => i >= begins && o.from === peerOf(side) && o.flags.includes('S') && !o.forged)
  const isn = synAck?.seq === undefined ? undefined : (((synAck.seq + 1) >>> 0) as Seq)
  /** What it had acknowledged, and its clock: by packets before, or by those that have lower numbers, and were overtaken. */
  const before = (at: number, number: number, goesOn: number): { ack?: Seq; clock?: number } => {
    const known: { ack?: Seq; clock?: number } = {}
    for (const { i, from, o } of own) {
      if (i >= goesOn) break
      if (i >= at && (from === undefined || from > number)) continue
      if (o.ack !== undefined) known.ack = known.ack === undefined ? o.ack : later(known.ack, o.ack)
      if (o.clock !== undefined && !((known.clock ?? o.clock) > o.clock)) known.clock = o.clock
    }
    const ack = known.ack ?? isn ?? own.find(({ o }) => o.ack !== undefined)?.o.ack
    return { ...known, ...(ack !== undefined && { ack }) }
  }
  return { sent, heard, before }
}
