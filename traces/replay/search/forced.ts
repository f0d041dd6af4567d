/**
 * What is settled: where an end's packets tell that plain text or an ACK has come by now, or where its coming changes nothing
 * that is seen, it comes at once. Of many moments at which it may come one is enough, and none has to be chosen.
 */
import { add, before, type Segment, type Seq } from '../../../model/index.ts'
import { type Actor, counting, type Hypothesis, type SequenceBounds, type Way } from '../actors/hypothesis.ts'
import { type Lookahead, numbered, positionOf } from './lookahead.ts'
import { arrivals, arriving, isIdle, moved, without } from './successors.ts'

/** The same way, and on through all that is settled. */
export const forced = <E>(way: Way<E>, actor: Actor<E>, look: Lookahead<E>): Way<E> => {
  let on = way
  for (let next = oneMore(on.to, actor, look); next !== undefined; next = oneMore(on.to, actor, look))
    on = { ...on, to: next.to, ...counting([...(on.count ?? []), ...(next.count ?? [])]) }
  return on
}

const oneMore = <E>(h: Hypothesis<E>, actor: Actor<E>, look: Lookahead<E>): Way<E> | undefined => {
  if (h.copies > 0) return undefined
  if (look.isSilent()) return isNext(h) ? comes(h, 0, actor, look) : undefined
  const standing = actor.standing(h.end)
  if (standing === undefined || !look.isHeard(h)) return undefined
  for (let i = 0; i < h.due.length && isPlain(h.due[i]!); i++) {
    const way = isTold(h, i, standing, look) ? comes(h, i, actor, look) : undefined
    if (way !== undefined) return way
  }
  return undefined
}

/** What an end never shows needs no choice of moments: text and ACKs come in order, whatever has become of it. */
const isNext = <E>({ due }: Hypothesis<E>): boolean => due[0] !== undefined && isPlain(due[0])

/**
 * A request that still repeats its SYN+ACK has heard of nothing: what finds the accept queue full again may as well come at
 * once, and nothing else before it.
 */
export const heldBack = <E>(h: Hypothesis<E>, actor: Actor<E>, look: Lookahead<E>): Way<E>[] | undefined => {
  const s = h.stray[0] ?? h.due[0]
  if (s === undefined || h.copies > 0 || /[SR]/.test(s.flags) || !look.repeatsSynAck(h)) return undefined
  const dropped = arrivals(h.end, s, actor, look).find(
    ({ to, send, cost }) => to === h.end && send.length === 0 && cost === 0,
  )
  const others = h.stray.length > 0 ? { stray: without(h.stray, 0) } : { due: without(h.due, 0) }
  return dropped && [{ to: { ...h, ...others }, cost: 0, ...counting(dropped.count) }]
}

/** At an end that shows nothing more, so many segments may wait to arrive; then the first comes. */
const MOST_DUE_UNHEARD = 8

/** What comes by now at an end that shows nothing more: no packet tells when, and no order is likelier. */
export const overdue = <E>(h: Hypothesis<E>, actor: Actor<E>, look: Lookahead<E>): Way<E>[] | undefined => {
  if (h.due.length <= MOST_DUE_UNHEARD || !look.isSilent()) return undefined
  const rest = { ...h, due: without(h.due, 0) }
  return arriving(h, h.due[0]!, actor, look).flatMap((move) => moved(rest, move, actor, look) ?? [])
}

/** Text, an ACK, or a SYN+ACK that comes again: it is answered. RFC 5961 §4 */
const isPlain = (s: Segment): boolean => s.flags === '.' || s.flags === 'S.'

/** It is its turn, or it has no text; or the end's next packet says that it came, or that the gap was filled that it fills. */
const isTold = <E>(h: Hypothesis<E>, i: number, { rcvNxt }: SequenceBounds, look: Lookahead<E>): boolean => {
  const s = h.due[i]!
  if (s.len > 0 && before(rcvNxt, s.seq)) return isGapOpen(h, rcvNxt, look) && look.isSaid(h, rcvNxt, s)
  return i === 0 || s.len === 0 || (before(rcvNxt, add(s.seq, s.len)) && look.isAcknowledged(h, rcvNxt))
}

/** The end's next packet still lacks what comes at that number, and such packets tell what came beyond. */
const isGapOpen = <E>({ unseen }: Hypothesis<E>, rcvNxt: Seq, look: Lookahead<E>): boolean =>
  look.isSelective && look.gapAt(rcvNxt, numbered(unseen)) === 'open'

/** Undefined if it could go otherwise, shows in the state, costs something, or contradicts what the end still sends. */
const comes = <E>(h: Hypothesis<E>, i: number, actor: Actor<E>, look: Lookahead<E>): Way<E> | undefined => {
  const s = h.due[i]!
  if (look.refuses(s) && (s.len === 0 || isIdle(h, s, actor, look))) return undefined
  const [move, ...others] = arriving(h, s, actor, look)
  if (move === undefined || others.length > 0 || actor.name(move.to) !== actor.name(h.end)) return undefined
  const way = moved({ ...h, due: without(h.due, i) }, move, actor, look)
  return way === undefined || way.cost > 0 || look.rulesOut(positionOf(way.to, actor)) ? undefined : way
}
