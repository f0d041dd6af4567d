/** From moves of an end to ways on for a hypothesis: segments leave, pass the tap, and arrive. */
import type { Segment } from '../../model/index.ts'
import { type Actor, counting, type Hypothesis, type Move, type Rest, type Way } from './hypothesis.ts'
import { segmentKey } from './memory.ts'
import { type Observation, shows } from './observation.ts'
import type { Outlook } from './outlook.ts'

/** More segments than this are not kept apart: of those that left, the oldest counts as lost. */
const MOST_UNSEEN = 4
/** Of those that were overtaken before the tap, how many may still show up: an ACK at any time, others only at once. */
const MOST_LATE = 2
/** Of those that were overtaken beyond the tap, how many may still arrive. */
const MOST_STRAY = 3
/** So many may be overtaken at once. */
const MOST_OVERTAKEN = 32

const NONE: readonly Segment[] = []

/** @param lost what it costs more, for segments that are lost or overtaken */
const way = <E>(to: Hypothesis<E>, { cost, invents, count, astray = 0 }: Omit<Way<E>, 'to'>, lost = 0): Way<E> => ({
  to,
  cost: cost + lost,
  ...(invents !== undefined && { invents }),
  ...counting(count),
  ...(astray + lost > 0 && { astray: astray + lost }),
})

const FREE = { cost: 0 }

/** What is asked of the future at a step of the search. */
export interface Ahead<E> {
  readonly outlook: Outlook<E>
  readonly step: number
}

/** What was sent is on its way to the tap, or lost on it; undefined if it is too early to send so much. */
const leave = <E>(h: Hypothesis<E>, send: readonly Segment[], { outlook, step }: Ahead<E>) => {
  let unseen = h.unseen
  let lost = 0
  for (const s of send) {
    const fate = outlook.fate(unseen, s, step)
    if (fate === 'lost') lost++
    else if (unseen.length < MOST_UNSEEN) unseen = [...unseen, s]
    else if (fate === 'shown') return undefined
    else {
      unseen = [...unseen.slice(1), s]
      lost++
    }
  }
  return { unseen, lost }
}

/**
 * Between two packets: something arrives (out of order at a price), or something happens in silence.
 * @param most what a way may cost
 */
export const hiddenWays = <E>(
  h: Hypothesis<E>,
  actor: Actor<E>,
  rest: Rest,
  most: number,
  ahead: Ahead<E>,
): Way<E>[] => {
  const ways: Way<E>[] = []
  const take = (move: Move<E>, change: Partial<Hypothesis<E>>, extra: number): Way<E> | undefined => {
    const m = unlessItWaits(h, move, ahead)
    if (m.cost + extra > most) return undefined
    const left = leave(h, m.send, ahead)
    if (left === undefined || m.cost + left.lost + extra > most) return undefined
    const to = { end: m.to, unseen: left.unseen, late: h.late, due: h.due, stray: h.stray, copies: h.copies, ...change }
    return way(to, m, left.lost + extra)
  }
  const add = (w: Way<E> | undefined): void => {
    if (w !== undefined) ways.push(w)
  }
  const last = Math.min(h.due.length - 1, MOST_OVERTAKEN)
  for (let i = 0; i <= last; i++) {
    const gap = i > 0 && h.due[i]!.len > 0 ? ahead.outlook.beyondGap(h, h.due[i]!, ahead.step) : 'perhaps'
    const price = gap === 'said' ? 0 : priceOf(i)
    if (gap === 'hidden' || price > most) continue
    const change = { due: h.due.slice(i + 1), stray: i === 0 ? h.stray : strays(h, i, ahead) }
    for (const m of actor.arrive(h.end, h.due[i]!)) {
      add(take(m, change, price))
      if (h.copies > 0) add(duplicated(take(m, { copies: h.copies - 1 }, 1)))
    }
  }
  h.stray.forEach((s, i) => {
    if (s.len > 0 && ahead.outlook.beyondGap(h, s, ahead.step) === 'hidden') return
    for (const m of actor.arrive(h.end, s)) add(take(m, { stray: without(h.stray, i) }, 0))
  })
  for (const m of actor.silently(h.end, rest)) add(take(m, {}, 0))
  return ways
}

/** An ACK that nobody sees has waited for the next one. */
const unlessItWaits = <E>(h: Hypothesis<E>, m: Move<E>, { outlook, step }: Ahead<E>): Move<E> =>
  m.waiting !== undefined && outlook.fate(h.unseen, m.send[0]!, step) === 'lost'
    ? { to: m.waiting, send: NONE, cost: m.cost, ...counting(m.count) }
    : m

/** To be overtaken or lost is an invention; a burst that is lost together is little more than one. */
const priceOf = (overtaken: number): number => Math.min(overtaken, 2)

/** Who was overtaken may still arrive. */
const strays = <E>(
  { due, stray }: Hypothesis<E>,
  overtaken: number,
  { outlook, step }: Ahead<E>,
): readonly Segment[] => {
  const matters = (s: Segment): boolean => !isPureAck(s) || outlook.heedsLateAcks(step) || !due.every(isPureAck)
  return [...stray, ...due.slice(0, overtaken)].filter(matters).slice(-MOST_STRAY)
}

/** One that is late does nothing, unless text of the same end came before it: then it is out of window, and answered. */
const isPureAck = (s: Segment): boolean => s.flags === '.' && s.len === 0

/** It arrives, and a copy of it is still due. */
const duplicated = <E>(w: Way<E> | undefined): Way<E> | undefined =>
  w && {
    ...w,
    invents: w.invents === undefined ? 'the wire duplicates a segment' : `the wire duplicates a segment; ${w.invents}`,
  }

/** The other end is seen to send: the segment is due here. An equal one that still was counts as lost. */
export const becomesDue = <E>(h: Hypothesis<E>, s: Segment): Way<E> => {
  const key = segmentKey(s)
  const others = h.due.filter((x) => segmentKey(x) !== key)
  const stray = h.stray.length === 0 ? NONE : h.stray.filter((x) => segmentKey(x) !== key)
  return way({ ...h, due: [...others, s], stray }, FREE, h.due.length - others.length)
}

/** Every way in which a packet of this end can be explained from here. */
export const explanations = <E>(h: Hypothesis<E>, o: Observation, actor: Actor<E>, ahead: Ahead<E>): Way<E>[] => [
  ...h.unseen.flatMap((s, i) =>
    shows(o, s) ? [overtake({ ...h, unseen: h.unseen.slice(i + 1) }, h.unseen.slice(0, i), ahead)] : [],
  ),
  ...h.late.flatMap((s, i) =>
    shows(o, s) ? [way({ ...h, late: without(h.late, i).filter(({ flags }) => flags === '.') }, FREE)] : [],
  ),
  ...actor.acts(h.end, o).flatMap((m) => emitted(h, o, m, ahead)),
]

const without = (all: readonly Segment[], i: number): readonly Segment[] =>
  all.length === 1 ? NONE : [...all.slice(0, i), ...all.slice(i + 1)]

/** These were sent before something that the tap has seen: each is an invention, a loss or a detour. */
const overtake = <E>(
  h: Hypothesis<E>,
  segments: readonly Segment[],
  { outlook, step }: Ahead<E>,
  by: Omit<Way<E>, 'to'> = FREE,
  lost = 0,
): Way<E> => {
  const late = [...h.late.filter(({ flags }) => flags === '.'), ...segments].filter((s) => outlook.isShown(s, step))
  return way({ ...h, late: late.slice(-MOST_LATE) }, by, lost + segments.length)
}

/** The end has sent: one segment is the packet, others are still to come; what it sent before and nobody saw is overtaken. */
const emitted = <E>(h: Hypothesis<E>, o: Observation, m: Move<E>, ahead: Ahead<E>): Way<E>[] => {
  const i = m.send.findIndex((s) => shows(o, s))
  if (i < 0) return []
  const left = leave({ ...h, unseen: NONE }, without(m.send, i), ahead)
  return left === undefined ? [] : [overtake({ ...h, end: m.to, unseen: left.unseen }, h.unseen, ahead, m, left.lost)]
}
