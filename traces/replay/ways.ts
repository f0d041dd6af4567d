/** From moves of an end to ways on for a hypothesis: segments leave, pass the tap, and arrive. */
import type { Segment } from '../../model/index.ts'
import type { Actor, Hypothesis, Move, Rest, Way } from './hypothesis.ts'
import { segmentKey } from './memory.ts'
import { type Observation, shows } from './observation.ts'

/** More segments of one direction than this are not kept apart: the oldest counts as lost. */
const MOST_ON_THE_WAY = 4

/** Of those that were overtaken before the tap, how many may still show up: an ACK at any time, others only at once. */
const MOST_LATE = 2

const NONE: readonly Segment[] = []

const newest = (all: readonly Segment[]): { kept: readonly Segment[]; lost: number } => {
  const lost = Math.max(0, all.length - MOST_ON_THE_WAY)
  return { kept: lost > 0 ? all.slice(lost) : all, lost }
}

const way = <E>(to: Hypothesis<E>, cost: number, invents?: string): Way<E> =>
  invents === undefined ? { to, cost } : { to, cost, invents }

/**
 * Between two packets: something arrives (out of order at a price), or something happens in silence.
 * @param most what a way may cost
 */
export const hiddenWays = <E>(h: Hypothesis<E>, actor: Actor<E>, rest: Rest, most: number): Way<E>[] => {
  const ways: Way<E>[] = []
  const take = (m: Move<E>, due: readonly Segment[], copies: number, extra: number): Way<E> | undefined => {
    if (m.cost + extra > most) return undefined
    const { kept, lost } = m.send.length === 0 ? { kept: h.unseen, lost: 0 } : newest([...h.unseen, ...m.send])
    return way({ end: m.to, unseen: kept, late: h.late, due, copies }, m.cost + lost + extra, m.invents)
  }
  const add = (w: Way<E> | undefined): void => {
    if (w !== undefined) ways.push(w)
  }
  for (let i = 0; i < h.due.length && (i === 0 || most > 0); i++) {
    const due = h.due.length === 1 ? NONE : without(h.due, i)
    for (const m of actor.arrive(h.end, h.due[i]!)) {
      add(take(m, due, h.copies, i === 0 ? 0 : 1))
      if (h.copies > 0) add(duplicated(take(m, h.due, h.copies - 1, 1)))
    }
  }
  for (const m of actor.silently(h.end, rest)) add(take(m, h.due, h.copies, 0))
  return ways
}

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
  const { kept, lost } = newest([...others, s])
  return way({ ...h, due: kept }, h.due.length - others.length + lost)
}

/** Every way in which a packet of this end can be explained from here. */
export const explanations = <E>(h: Hypothesis<E>, o: Observation, actor: Actor<E>): Way<E>[] => [
  ...h.unseen.flatMap((s, i) =>
    shows(o, s) ? [overtake({ ...h, unseen: h.unseen.slice(i + 1) }, h.unseen.slice(0, i))] : [],
  ),
  ...h.late.flatMap((s, i) =>
    shows(o, s) ? [way({ ...h, late: without(h.late, i).filter(({ flags }) => flags === '.') }, 0)] : [],
  ),
  ...actor.acts(h.end, o).flatMap((m) => emitted(h, o, m)),
]

const without = (all: readonly Segment[], i: number): readonly Segment[] => [...all.slice(0, i), ...all.slice(i + 1)]

/** These were sent before something that the tap has seen: each is an invention, a loss or a detour. */
const overtake = <E>(h: Hypothesis<E>, segments: readonly Segment[], cost = 0, invents?: string): Way<E> =>
  way(
    { ...h, late: [...h.late.filter(({ flags }) => flags === '.'), ...segments].slice(-MOST_LATE) },
    cost + segments.length,
    invents,
  )

/** The end has sent: one segment is the packet, others are still to come; what it sent before and nobody saw is overtaken. */
const emitted = <E>(h: Hypothesis<E>, o: Observation, m: Move<E>): Way<E>[] => {
  const i = m.send.findIndex((s) => shows(o, s))
  if (i < 0) return []
  const unseen = without(m.send, i)
  return [overtake({ ...h, end: m.to, unseen }, h.unseen, m.cost, m.invents)]
}
