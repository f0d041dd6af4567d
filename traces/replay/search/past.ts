/**
 * What no packet of the rest of a capture asks for any more, and is let go of: hypotheses that differ in nothing else are one.
 */
import { add, before, distance, notAfter, type Segment, segmentEnd } from '../../../model/index.ts'
import type { Actor, Hypothesis, SequenceBounds } from '../actors/hypothesis.ts'
import type { Lookahead } from './lookahead.ts'

/** More unacknowledged text than a window has, in numbers of the search. */
const LONG_UNACKNOWLEDGED = 64

export const withoutPast = <E>(given: Hypothesis<E>, actor: Actor<E>, look: Lookahead<E>): Hypothesis<E> => {
  const bounds = actor.standing(given.end)
  const h = look.isSilent() ? withoutGap(given, actor, look) : given
  if (bounds === undefined) return h
  const current = withoutSpent(h, bounds, look)
  return withoutUnacknowledged(withoutOldestAck(current, bounds, actor, look), bounds, actor, look)
}

/** Of what was overtaken, a segment that says nothing new. */
const withoutSpent = <E>(h: Hypothesis<E>, bounds: SequenceBounds, look: Lookahead<E>): Hypothesis<E> => {
  const stray = h.stray.filter((s) => !isSpent(s, h, bounds, look))
  return stray.length === h.stray.length ? h : { ...h, stray }
}

/**
 * All of it has come and is acknowledged, and the ACK that would answer it shows nowhere (RFC 9293 §3.10.7.4). After a RST it might
 * be heard anew: it may redeem a cookie.
 */
export const isSpent = <E>(
  s: Segment,
  { due, stray }: Hypothesis<E>,
  { sndUna, rcvNxt }: SequenceBounds,
  look: Lookahead<E>,
): boolean =>
  !/[SR]/.test(s.flags) &&
  !due.some(isReset) &&
  !stray.some(isReset) &&
  notAfter(segmentEnd(s), rcvNxt) &&
  (s.ack === undefined || notAfter(s.ack, sndUna)) &&
  look.answersNoMore()

const isReset = ({ flags }: Segment): boolean => flags.includes('R')

/** From which number on ACKs count matters as long as an older one may come. */
const withoutOldestAck = <E>(
  h: Hypothesis<E>,
  { oldestAck }: SequenceBounds,
  actor: Actor<E>,
  look: Lookahead<E>,
): Hypothesis<E> => {
  if (oldestAck === undefined || look.isAcknowledgedBelow(oldestAck)) return h
  const isOlder = ({ ack }: Segment): boolean => ack !== undefined && before(ack, oldestAck)
  if (h.due.some(isOlder) || h.stray.some(isOlder)) return h
  return { ...h, end: actor.withoutOldestAck(h.end) }
}

/** Where the other end's ACKs do not show, what is unacknowledged grows without end; no packet tells how far back it begins. */
const withoutUnacknowledged = <E>(
  h: Hypothesis<E>,
  { sndUna, sndNxt }: SequenceBounds,
  actor: Actor<E>,
  look: Lookahead<E>,
): Hypothesis<E> => {
  if (distance(sndUna, sndNxt) <= LONG_UNACKNOWLEDGED || h.due.length + h.stray.length > 0) return h
  const from = add(sndNxt, -LONG_UNACKNOWLEDGED)
  return look.looksBack(from) ? h : { ...h, end: actor.acknowledgedUpTo(h.end, from) }
}

/** An end that shows nothing more may lack text for ever; how long ago that was sent changes nothing. */
const withoutGap = <E>(h: Hypothesis<E>, actor: Actor<E>, look: Lookahead<E>): Hypothesis<E> => {
  const past = look.longPast()
  if (past === undefined) return h
  const isPast = ({ seq }: Segment): boolean => before(seq, past)
  if (h.due.some(isPast) || h.stray.some(isPast)) return h
  const end = actor.receivedUpTo(h.end, past)
  const isOld = ({ ack }: Segment): boolean => ack !== undefined && before(ack, past)
  if (end === h.end && !h.unseen.some(isOld)) return h
  return { ...h, end, unseen: h.unseen.map((s) => (isOld(s) ? actor.segment({ ...s, ack: past }) : s)) }
}
