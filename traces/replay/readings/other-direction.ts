/** The packets that must have reached the only end that a capture shows: each before the packet that acknowledges it. */
import { add, before, distance, type Flags, type Segment, type Seq } from '../../../model/index.ts'
import type { Observation, Side } from '../packets/observation.ts'

/** How far the conversation has come, as the end that is seen shows it. */
interface Progress {
  /** Its next number, by the acknowledgments. */
  readonly next?: Seq
  /** What the end that is seen has sent. */
  readonly sent?: Seq
  /** What of it counts as acknowledged. */
  readonly acked?: Seq
}

/** With what the end that is seen must have received; what it never sends again counts as acknowledged by then. */
export const withOtherSide = (observations: readonly Observation[], silent: Side): Observation[] => {
  const sentAgain = leastToCome(observations)
  const fin = finAt(observations)
  let now: Progress = {}
  return observations.flatMap((o, i) => {
    if (o.forged || o.seq === undefined || o.flags.includes('R')) return [o]
    const came = cameBefore(o, now, sentAgain[i], i === fin)
    now = progressAfter(o, now, came)
    return came === undefined ? [o] : [inferred(came, o, silent), o]
  })
}

const inferred = (segment: Segment, { packet, time }: Observation, from: Side): Observation => {
  const { flags, seq, len, ack } = segment as Segment & { readonly ack: Seq }
  return { packet, from, inferred: true, flags, seq, len, ack, segment, ...(time === undefined ? {} : { time }) }
}

/** The SYN+ACK, the text, or the ACK that this packet shows to have come. */
const cameBefore = (o: Observation, now: Progress, again: Seq | undefined, isFin: boolean): Segment | undefined => {
  const { next, sent, acked } = now
  if (o.ack === undefined || o.flags.includes('S')) return undefined
  const covered = sent === undefined ? undefined : earlier(sent, again)
  const came = (flags: Flags, seq: Seq, len: number, ack: Seq): Segment => ({ flags, seq, len, ack })
  if (next === undefined) return covered === undefined ? undefined : came('S.', add(o.ack, -1), 0, covered)
  if (before(next, o.ack))
    return came(isFin ? 'F.' : '.', next, isFin ? 0 : distance(next, o.ack), covered ?? acked ?? o.seq!)
  const isNews = covered !== undefined && (acked === undefined || before(acked, covered))
  return isNews ? came('.', o.ack, 0, covered) : undefined
}

const progressAfter = (o: Observation, now: Progress, came: Segment | undefined): Progress => {
  const { sent } = now
  const end = add(o.seq!, o.len + (/[SF]/.test(o.flags) ? 1 : 0))
  const opens = o.flags.includes('S')
  const anew = opens && sent !== undefined && before(sent, o.seq!)
  const next = o.ack ?? (anew ? undefined : now.next)
  const acked = came?.ack ?? (anew || now.acked === undefined ? (opens ? o.seq : undefined) : now.acked)
  return {
    ...(next === undefined ? {} : { next }),
    ...(acked === undefined ? {} : { acked }),
    sent: sent === undefined || opens || before(sent, end) ? end : sent,
  }
}

/**
 * The packet that acknowledges a FIN, as far as can be told: the last that acknowledges anything more, by one number, where
 * the end closes, too, or acknowledges single numbers nowhere else.
 */
const finAt = (observations: readonly Observation[]): number | undefined => {
  const grown: { at: number; by: number }[] = []
  let last: Seq | undefined
  for (const [at, o] of observations.entries()) {
    if (o.ack === undefined || o.forged || /[SR]/.test(o.flags)) continue
    if (last !== undefined && before(last, o.ack)) grown.push({ at, by: distance(last, o.ack) })
    last = last === undefined ? o.ack : last
    if (before(last, o.ack)) last = o.ack
  }
  const candidate = grown.at(-1)
  if (candidate?.by !== 1) return undefined
  const closes = observations.some((o) => o.flags.includes('F') && !o.forged)
  return closes || grown.filter(({ by }) => by === 1).length === 1 ? candidate.at : undefined
}

const earlier = (a: Seq, b: Seq | undefined): Seq => (b !== undefined && before(b, a) ? b : a)

/** The least number that the end still sends, from each packet on, until it opens anew. */
const leastToCome = (observations: readonly Observation[]): (Seq | undefined)[] => {
  let least: Seq | undefined
  return observations
    .toReversed()
    .map((o) => {
      const takesRoom = o.len > 0 || /[SF]/.test(o.flags)
      if (o.flags.includes('S')) least = o.seq
      else if (takesRoom && o.seq !== undefined && !o.forged)
        least = least === undefined ? o.seq : earlier(least, o.seq)
      return least
    })
    .toReversed()
}
