/** From moves of an end to ways on for a hypothesis: segments leave, pass the tap, and arrive. */
import { add, before, distance, type Segment, segmentEnd } from '../../../model/index.ts'
import { type Actor, counting, type Hypothesis, type Move, type Rest, type Way } from '../actors/hypothesis.ts'
import { duplicating, invention, wire } from '../inventions.ts'
import { type Observation, shows } from '../packets/observation.ts'
import { type BeyondGap, type Lookahead, numbered } from './lookahead.ts'
import { segmentKey } from './memo.ts'
import { isSpent } from './past.ts'

/** Of what is kept apart, so many segments; of more, the oldest counts as lost, and the search is cut. */
const MOST = {
  /** They have left, and the tap has not seen them. */
  unseen: 8,
  /** Others overtook them before the tap: an ACK may show at any time, others only at once. */
  late: 2,
  /** Others overtook them beyond the tap, and they may still arrive. */
  stray: 3,
}
/**
 * Text that lies so far behind a packet, in numbers of the search, is lost, and an ACK sooner: the wire holds nothing back for so
 * long. Beyond the last distance they are of another incarnation.
 */
const OLD = { ackFrom: 16, from: 64, to: 2 ** 20 }
/** So many may be overtaken at once. */
const MOST_OVERTAKEN = 32

const NONE: readonly Segment[] = []

/** @param lost what it costs more, for segments that are lost or overtaken */
const way = <E>(
  to: Hypothesis<E>,
  { cost, invents, count, astray = 0, isBounded }: Omit<Way<E>, 'to'>,
  lost = 0,
): Way<E> => ({
  to,
  cost: cost + lost * wire.lost,
  ...(invents !== undefined && { invents }),
  ...counting(count),
  ...(astray + lost > 0 && { astray: astray + lost }),
  ...(isBounded && { isBounded }),
})

const FREE = { cost: 0 }
const BOUNDED: { readonly isBounded: true } = { isBounded: true }

/** What was sent is on its way to the tap, or lost on it; undefined if it is too early to send so much. */
const leave = <E>(h: Hypothesis<E>, send: readonly Segment[], look: Lookahead<E>) => {
  let unseen = h.unseen
  let lost = 0
  let isBounded = false
  for (const s of send) {
    const fate = look.fate(unseen, s)
    if (fate === 'lost') lost++
    else if (fate === 'after all' && unseen.length > 0) continue
    else if (unseen.length < MOST.unseen) unseen = [...unseen, s]
    else if (fate === 'shown') return undefined
    else {
      unseen = [...unseen.slice(1), s]
      lost++
      isBounded = true
    }
  }
  return { unseen, lost, ...(isBounded && BOUNDED) }
}

/** What becomes of a hypothesis beside its end. */
type Change<E> = Partial<Hypothesis<E>> & Pick<Way<E>, 'isBounded'>

const bounded = <E>(move: Omit<Way<E>, 'to'>, { isBounded }: Pick<Way<E>, 'isBounded'>): Omit<Way<E>, 'to'> =>
  isBounded ? { ...move, isBounded } : move

/**
 * Between two packets: something arrives (out of order at a price), or something happens in silence.
 * @param most what a way may cost
 */
export const hiddenWays = <E>(
  h: Hypothesis<E>,
  actor: Actor<E>,
  rest: Rest,
  most: number,
  look: Lookahead<E>,
): Way<E>[] => {
  const ways: Way<E>[] = []
  const take = (move: Move<E>, { isBounded, ...change }: Change<E>, extra: number): Way<E> | undefined => {
    const w = move.cost + extra > most ? undefined : moved({ ...h, ...change }, move, actor, look, extra)
    if (w === undefined || w.cost > most) return undefined
    return isBounded ? { ...w, isBounded } : w
  }
  const add = (w: Way<E> | undefined): void => {
    if (w !== undefined) ways.push(w)
  }
  const last = Math.min(h.due.length - 1, MOST_OVERTAKEN)
  for (let i = 0; i <= last; i++) {
    const s = h.due[i]!
    if (isIdle(h, s, actor, look)) continue
    const gap = beyondGap(h, s, i === 0, actor, look)
    const price = gap === 'said' ? 0 : wire.overtaken(i)
    if (gap === 'later' || (gap === 'hidden' && i > 0) || price > most) continue
    const change =
      i === 0 || gap === 'said' ? { due: without(h.due, i) } : { due: h.due.slice(i + 1), ...strays(h, i, actor, look) }
    for (const m of arriving(h, s, actor, look)) {
      add(take(m, change, price))
      if (h.copies > 0) add(duplicated(take(m, { copies: h.copies - 1 }, invention('duplicated-on-the-way').cost)))
    }
  }
  h.stray.forEach((s, i) => {
    if (['hidden', 'later'].includes(beyondGap(h, s, false, actor, look))) return
    if (isIdle(h, s, actor, look)) return
    for (const m of arriving(h, s, actor, look)) add(take(m, { stray: without(h.stray, i) }, 0))
  })
  if (most >= 1) for (const m of actor.hiddenMoves(h.end, rest)) add(take(m, {}, 0))
  return ways
}

/** The reactions of the model; the capture tells the number that a request takes. */
export const arrivals = <E>(end: E, s: Segment, actor: Actor<E>, look: Lookahead<E>): readonly Move<E>[] =>
  s.flags === 'S' && actor.requests !== undefined
    ? actor.arrive(end, s, look.issOf(s.seq, actor.requests(end)))
    : actor.arrive(end, s)

/** What an end does with a segment that comes; with text while its window is shut, as its next packet tells. */
export const arriving = <E>(h: Hypothesis<E>, s: Segment, actor: Actor<E>, look: Lookahead<E>): readonly Move<E>[] => {
  const standing = look.shuts && s.len > 0 ? actor.standing(h.end) : undefined
  const isNew = standing !== undefined && before(standing.rcvNxt, add(s.seq, s.len))
  return isNew && look.isShut(h, standing.rcvNxt) ? actor.arriveWithoutRoom(h.end, s) : arrivals(h.end, s, actor, look)
}

/** The end has become another, and sends. Undefined if it is too early to send so much. */
export const moved = <E>(
  h: Hypothesis<E>,
  move: Move<E>,
  actor: Actor<E>,
  look: Lookahead<E>,
  extra = 0,
): Way<E> | undefined => {
  const m = unlessItWaits(h, move, actor, look)
  if (m.send.length === 0) return way({ ...h, end: m.to }, m, extra)
  const left = leave(h, m.send, look)
  return left && way({ ...h, end: m.to, unseen: left.unseen }, bounded(m, left), left.lost + extra)
}

/** An ACK that the capture does not show has waited for the next one. */
const unlessItWaits = <E>(h: Hypothesis<E>, m: Move<E>, actor: Actor<E>, look: Lookahead<E>): Move<E> =>
  m.waiting !== undefined &&
  (look.fate(h.unseen, m.send[0]!) === 'lost' || look.tellsOfMore(h.unseen, actor.standing(m.to)))
    ? { to: m.waiting, send: NONE, cost: m.cost, ...counting(m.count) }
    : m

/** Text that came before does nothing where its ACK shows nowhere; but an end without a socket answers it with a RST. */
export const isIdle = <E>(h: Hypothesis<E>, s: Segment, actor: Actor<E>, look: Lookahead<E>): boolean => {
  if (s.len === 0 || s.flags !== '.' || !look.isHeard(h)) return false
  const standing = actor.standing(h.end)
  if (standing === undefined || before(standing.rcvNxt, add(s.seq, s.len))) return false
  const [only] = actor.arrive(h.end, s)
  return only?.waiting !== undefined && look.fate(h.unseen, only.send[0]!) === 'lost'
}

/** What the end's packets tell of a segment that comes beyond a gap; `perhaps` if it does not. */
const beyondGap = <E>(
  { end, unseen }: Hypothesis<E>,
  s: Segment,
  isFirst: boolean,
  actor: Actor<E>,
  look: Lookahead<E>,
): BeyondGap => {
  const rcvNxt = s.len === 0 ? undefined : actor.standing(end)?.rcvNxt
  if (rcvNxt === undefined || !before(rcvNxt, s.seq)) return 'perhaps'
  const sent = numbered(unseen)
  const gap = look.gapAt(rcvNxt, sent)
  if (gap === 'unknown') return 'perhaps'
  if (gap === 'closed') return 'hidden'
  if (!look.isSelective) return look.repeatsAck(sent) ? 'perhaps' : 'hidden'
  return look.beyondGap(rcvNxt, sent, s, isFirst)
}

/** Segments that were overtaken may still arrive. */
const strays = <E>(h: Hypothesis<E>, overtaken: number, actor: Actor<E>, look: Lookahead<E>): Change<E> => {
  const { due, stray } = h
  const bounds = actor.standing(h.end)
  const matters = (s: Segment): boolean => !isPureAck(s) || look.heedsLateAcks() || !due.every(isPureAck)
  const overtook = [...stray, ...due.slice(0, overtaken)].filter(matters)
  const kept = overtook.filter((s) => bounds === undefined || !isSpent(s, h, bounds, look))
  return kept.length > MOST.stray ? { stray: kept.slice(-MOST.stray), ...BOUNDED } : { stray: kept }
}

/** One that is late does nothing, unless text of the same end came before it: then it is out of window, and answered. */
const isPureAck = (s: Segment): boolean => s.flags === '.' && s.len === 0

/** It arrives, and a copy of it is still due. */
const duplicated = <E>(w: Way<E> | undefined): Way<E> | undefined =>
  w && {
    ...w,
    invents: duplicating(w.invents),
  }

/**
 * The other end is seen to send: the segment is due here. An equal one that still was counts as lost, unless each of them may be
 * refused with a RST that is still to be seen.
 */
export const becomesDue = <E>(h: Hypothesis<E>, s: Segment, look: Lookahead<E>): Way<E> => {
  const key = segmentKey(s)
  const isEqual = (x: Segment): boolean => segmentKey(x) === key
  const isOld = (x: Segment): boolean => {
    const behind = distance(segmentEnd(x), s.seq)
    return x.flags === '.' && behind > (isPureAck(x) ? OLD.ackFrom : OLD.from) && behind < OLD.to
  }
  const stray = h.stray.length === 0 ? NONE : h.stray.filter((x) => !isEqual(x) && !isOld(x))
  const others = h.due.filter((x) => !isEqual(x))
  const equal = h.due.length - others.length
  const refused = equal === 0 ? 0 : look.refusals(s)
  let lost = Math.max(0, equal + 1 - Math.max(1, refused))
  const due = refused <= 1 ? others : h.due.filter((x) => !isEqual(x) || lost-- <= 0)
  return way({ ...h, due: [...due, s], stray }, FREE, h.due.length - due.length)
}

/** Every way in which a packet of this end can be explained from here. */
export const explanations = <E>(h: Hypothesis<E>, o: Observation, actor: Actor<E>, look: Lookahead<E>): Way<E>[] => {
  const shown = h.unseen.findIndex((s) => shows(o, s))
  const next = shown < 0 ? [] : [overtake({ ...h, unseen: h.unseen.slice(shown + 1) }, h.unseen.slice(0, shown), look)]
  if (shown === 0 && look.isOrdered && isPureAck(h.unseen[0]!)) return next
  return [
    ...next,
    ...h.late.flatMap((s, i) =>
      shows(o, s) ? [way({ ...h, late: without(h.late, i).filter(({ flags }) => flags === '.') }, FREE)] : [],
    ),
    ...actor.emissions(h.end, o).flatMap((m) => emitted(h, o, m, look)),
  ]
}

export const without = (all: readonly Segment[], i: number): readonly Segment[] =>
  all.length === 1 ? NONE : [...all.slice(0, i), ...all.slice(i + 1)]

/** These were sent before something that the tap has seen: each is an invention, a loss or a detour. */
const overtake = <E>(
  h: Hypothesis<E>,
  segments: readonly Segment[],
  look: Lookahead<E>,
  by: Omit<Way<E>, 'to'> = FREE,
  lost = 0,
): Way<E> => {
  const late = [...h.late.filter(({ flags }) => flags === '.'), ...segments].filter((s) => look.isShown(s))
  const isBounded = late.length > MOST.late
  const kept = isBounded ? late.slice(-MOST.late) : late
  return way({ ...h, late: kept }, isBounded ? { ...by, isBounded } : by, lost + segments.length)
}

/** The end has sent: one segment is the packet, others are still to come; what it sent before and the tap did not see is overtaken. */
const emitted = <E>(h: Hypothesis<E>, o: Observation, m: Move<E>, look: Lookahead<E>): Way<E>[] => {
  const i = m.send.findIndex((s) => shows(o, s))
  if (i < 0) return []
  const left = leave({ ...h, unseen: NONE }, without(m.send, i), look)
  return left === undefined
    ? []
    : [overtake({ ...h, end: m.to, unseen: left.unseen }, h.unseen, look, bounded(m, left), left.lost)]
}
