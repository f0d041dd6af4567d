/**
 * In which order an end sent what the tap saw. The way from an end to the tap may reorder; what it sent tells: its clock
 * (RFC 7323 §4), and numbers of sequence and acknowledgment, which only grow. Order that is told need not be searched for.
 */
import { add, before, notAfter } from '../../model/index.ts'
import type { Observation, Side } from './observation.ts'

/** An observation, and its place in the capture. */
export interface Step {
  readonly o: Observation
  readonly at: number
}

/** Seconds that a packet may be overtaken by, where its clock tells that it was, and where only its numbers do. */
const LONGEST = 2
const LONG = 0.25
/** Ticks of a clock in a second, at most: a difference of more is another clock. RFC 7323 §5.4 · linux: tcp_usec_ts */
const TICKS = 1_000_000

/**
 * All observations in an order in which this end may have sent its own.
 * @param resetsOvertake RSTs that nothing proves to be later than what follows them are taken to have overtaken it
 */
export const asSent = (observations: readonly Observation[], side: Side, resetsOvertake = false): Step[] => {
  const steps: Step[] = []
  for (const [at, o] of observations.entries()) {
    let place = steps.length
    if (o.from === side && !o.forged && !o.flags.includes('R') && !isFirstSyn(o, steps))
      for (let i = steps.length - 1; i >= 0; i--) {
        const earlier = steps[i]!.o
        if (earlier.from !== side || earlier.forged) continue
        if (lag(earlier, o) > LONGEST || isBarrier(earlier, o)) break
        if (wasSentBefore(o, earlier, steps) || (resetsOvertake && mayBeOvertaken(o, earlier))) place = i
      }
    steps.splice(place, 0, { o, at })
  }
  return steps
}

/** How many of the first observations lie behind each number of steps. */
export const seenAfter = (steps: readonly Step[]): number[] => {
  const passed = new Set<number>()
  let seen = 0
  return [
    0,
    ...steps.map(({ at }) => {
      passed.add(at)
      while (passed.has(seen)) seen++
      return seen
    }),
  ]
}

const lag = (earlier: Observation, o: Observation): number =>
  earlier.time === undefined || o.time === undefined ? Number.POSITIVE_INFINITY : o.time - earlier.time

const isFirstSyn = (o: Observation, steps: readonly Step[]): boolean =>
  o.flags.includes('S') && !steps.some((s) => s.o.from === o.from && s.o.flags === o.flags && s.o.seq === o.seq)

/** Nothing but the same SYN again was sent before a SYN of its connection. */
const isBarrier = (earlier: Observation, o: Observation): boolean =>
  earlier.flags.includes('S') ? !o.flags.includes('S') || earlier.seq !== o.seq : false

/** Whether `o`, which the tap saw after `earlier`, left before it. */
const wasSentBefore = (o: Observation, earlier: Observation, steps: readonly Step[]): boolean => {
  const ticks = o.clock === undefined || earlier.clock === undefined ? 0 : (o.clock - earlier.clock) | 0
  if (ticks !== 0 && Math.abs(ticks) <= LONGEST * TICKS) return ticks < 0
  if (o.flags.includes('S') || lag(earlier, o) > LONG) return false
  if (o.seq === undefined || earlier.seq === undefined) return false
  if (o.ack !== undefined && earlier.ack !== undefined && o.ack !== earlier.ack) return before(o.ack, earlier.ack)
  if (o.len === 0 && o.flags === '.') return notAfter(o.seq, earlier.seq) && before(o.seq, endOf(earlier))
  return before(o.seq, earlier.seq) && !steps.some((s) => s.o.from === o.from && overlaps(s.o, o))
}

const endOf = (o: Observation) => add(o.seq!, o.len + (/[SF]/.test(o.flags) ? 1 : 0))

const overlaps = (a: Observation, b: Observation): boolean =>
  a.seq !== undefined && before(a.seq, endOf(b)) && before(b.seq!, endOf(a))

/** A stateless RST tells no clock, and its number is what its addressee has acknowledged. */
const mayBeOvertaken = (o: Observation, earlier: Observation): boolean =>
  earlier.flags === 'R' && !o.flags.includes('S') && lag(earlier, o) <= LONG
