/**
 * What is settled: where an end's packets tell that plain text or an ACK has come by now, or where its coming changes nothing
 * that anybody sees, it comes at once. Of many moments at which it may come one is enough, and none has to be chosen.
 */
import { add, before, type Segment } from '../../../model/index.ts'
import { type Actor, counting, type Hypothesis, type Standing, type Way } from '../actors/hypothesis.ts'
import { type Ahead, arriving, isIdle, moved, without } from './ways.ts'

/** The same way, and on through all that is settled. */
export const settled = <E>(way: Way<E>, actor: Actor<E>, ahead: Ahead<E>): Way<E> => {
  let on = way
  for (let next = oneMore(on.to, actor, ahead); next !== undefined; next = oneMore(on.to, actor, ahead))
    on = { ...on, to: next.to, ...counting([...(on.count ?? []), ...(next.count ?? [])]) }
  return on
}

const oneMore = <E>(h: Hypothesis<E>, actor: Actor<E>, ahead: Ahead<E>): Way<E> | undefined => {
  const standing = actor.standing(h.end)
  if (standing === undefined || h.copies > 0 || !ahead.outlook.isHeard(h, ahead.step)) return undefined
  for (let i = 0; i < h.due.length && isPlain(h.due[i]!); i++) {
    const way = isTold(h, i, standing, ahead) ? comes(h, i, actor, ahead) : undefined
    if (way !== undefined) return way
  }
  return undefined
}

/**
 * A request that still repeats its SYN+ACK has heard of nothing: what finds the accept queue full again may as well come at
 * once, and nothing else before it.
 */
export const unheard = <E>(h: Hypothesis<E>, actor: Actor<E>, { outlook, step }: Ahead<E>): Way<E> | undefined => {
  const s = h.stray[0] ?? h.due[0]
  if (s === undefined || h.copies > 0 || /[SR]/.test(s.flags) || !outlook.repeatsSynAck(h, step)) return undefined
  const dropped = actor.arrive(h.end, s).find(({ to, send, cost }) => to === h.end && send.length === 0 && cost === 0)
  const others = h.stray.length > 0 ? { stray: without(h.stray, 0) } : { due: without(h.due, 0) }
  return dropped && { to: { ...h, ...others }, cost: 0, ...counting(dropped.count) }
}

/** Text, an ACK, or a SYN+ACK that comes again: it is answered. RFC 5961 §4 */
const isPlain = (s: Segment): boolean => s.flags === '.' || s.flags === 'S.'

/** It is its turn, or it has no text; or the end's next packet says that it came, or that the gap was filled that it fills. */
const isTold = <E>(h: Hypothesis<E>, i: number, { rcvNxt }: Standing, { outlook, step }: Ahead<E>): boolean => {
  const s = h.due[i]!
  if (s.len > 0 && before(rcvNxt, s.seq)) return outlook.isSaid(h, rcvNxt, s, step)
  return i === 0 || s.len === 0 || (before(rcvNxt, add(s.seq, s.len)) && outlook.isAcknowledged(h, rcvNxt, step))
}

/** Undefined if it could go otherwise, shows in the state, costs something, or contradicts what the end still sends. */
const comes = <E>(h: Hypothesis<E>, i: number, actor: Actor<E>, ahead: Ahead<E>): Way<E> | undefined => {
  const s = h.due[i]!
  if (ahead.outlook.refuses(s, ahead.step) && (s.len === 0 || isIdle(h, s, actor, ahead))) return undefined
  const [move, ...others] = arriving(h, s, actor, ahead)
  if (move === undefined || others.length > 0 || actor.name(move.to) !== actor.name(h.end)) return undefined
  const way = moved({ ...h, due: without(h.due, i) }, move, ahead)
  return way === undefined || way.cost > 0 || ahead.outlook.rulesOut(way.to, ahead.step) ? undefined : way
}
