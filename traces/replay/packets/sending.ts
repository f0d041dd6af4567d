/**
 * In which order an end sent what the tap saw. The way from an end to the tap may reorder; what it sent shows it: its clock
 * (RFC 7323 §4), and numbers of sequence and acknowledgment, which only grow. Where these give the order, it need not be searched for.
 */
import { add, before, notAfter, type Seq } from '../../../model/index.ts'
import type { Observation, Side } from './observation.ts'
import { Ranges } from './ranges.ts'

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
  const shown = new Ranges()
  const syns = new Set<string>()
  let latest: Latest | undefined
  for (const [at, o] of observations.entries()) {
    const step = { o, at }
    if (o.from !== side || o.forged) {
      steps.push(step)
      if (o.from === side) note(shown, o)
      continue
    }
    const isNews = latest !== undefined && !resetsOvertake && isAfterAll(latest, o)
    const syn = `${o.flags} ${o.seq}`
    if (isNews || o.flags.includes('R') || (o.flags.includes('S') && !syns.has(syn))) steps.push(step)
    else insert(step, steps, { side, shown, resetsOvertake })
    if (o.flags.includes('S')) syns.add(syn)
    latest = latestOf(latest, o)
    note(shown, o)
  }
  return steps
}

interface Sent {
  readonly side: Side
  /** All numbers that packets of the end have shown. */
  readonly shown: Ranges
  readonly resetsOvertake: boolean
}

/** Before all packets of its end that were sent later, though the tap saw them earlier. */
const insert = (step: Step, steps: Step[], { side, shown, resetsOvertake }: Sent): void => {
  const { o } = step
  const isNew = o.seq === undefined || !shown.overlaps(o.seq, endOf(o))
  let place = steps.length
  for (let i = steps.length - 1; i >= 0; i--) {
    const earlier = steps[i]!.o
    if (earlier.from !== side || earlier.forged) continue
    if (lag(earlier, o) > LONGEST || isBarrier(earlier, o)) break
    const ticks = ticksBetween(earlier, o)
    if (ticks > 0 && !resetsOvertake) break // what was sent before an earlier packet was sent before this one
    if (wasSentBefore(o, earlier, isNew) || (resetsOvertake && mayBeOvertaken(o, earlier))) place = i
  }
  if (place === steps.length) steps.push(step)
  else steps.splice(place, 0, step)
}

const note = (shown: Ranges, o: Observation): void => {
  if (o.seq !== undefined) shown.add(o.seq, endOf(o))
}

/** Of the sender's clock, from one packet to another; 0 where it tells nothing. */
const ticksBetween = (earlier: Observation, o: Observation): number => {
  const ticks = o.clock === undefined || earlier.clock === undefined ? 0 : (o.clock - earlier.clock) | 0
  return Math.abs(ticks) <= LONGEST * TICKS ? ticks : 0
}

/** The greatest numbers that an end has used so far; none once it has opened anew, or a packet leaves one open. */
type Latest = Required<Pick<Observation, 'ack'>> & Pick<Observation, 'clock'> & { readonly end: Seq }

const latestOf = (latest: Latest | undefined, o: Observation): Latest | undefined => {
  if (o.flags.includes('R')) return latest
  if (o.seq === undefined || o.ack === undefined || o.flags.includes('S')) return undefined
  const now = { ack: o.ack, end: endOf(o), ...(o.clock !== undefined && { clock: o.clock }) }
  if (latest === undefined) return now
  const newer = now.clock === undefined || latest.clock === undefined || ((now.clock - latest.clock) | 0) >= 0
  return {
    ack: before(latest.ack, now.ack) ? now.ack : latest.ack,
    end: before(latest.end, now.end) ? now.end : latest.end,
    ...(newer ? now.clock !== undefined && { clock: now.clock } : { clock: latest.clock }),
  }
}

/** New text, or an ACK of more than ever before. */
const isAfterAll = (latest: Latest, { flags, seq, ack, len, clock }: Observation): boolean => {
  if (seq === undefined || ack === undefined || /[SFR]/.test(flags) || before(seq, latest.end)) return false
  if (clock !== undefined && latest.clock !== undefined && ((clock - latest.clock) | 0) < 0) return false
  return len > 0 ? notAfter(latest.ack, ack) : before(latest.ack, ack)
}

/** How many of the first observations lie behind each number of steps. */
export const seenAfter = (steps: readonly Step[]): number[] => {
  const passed = new Uint8Array(steps.length + 1)
  const numbers = [0]
  let seen = 0
  for (const { at } of steps) {
    passed[at] = 1
    while (passed[seen] === 1) seen++
    numbers.push(seen)
  }
  return numbers
}

const lag = (earlier: Observation, o: Observation): number =>
  earlier.time === undefined || o.time === undefined ? Number.POSITIVE_INFINITY : o.time - earlier.time

/** Before a SYN of its connection an end sends nothing but the same SYN. */
const isBarrier = (earlier: Observation, o: Observation): boolean =>
  earlier.flags.includes('S') ? !o.flags.includes('S') || earlier.seq !== o.seq : false

/** Whether `o`, which the tap saw after `earlier`, left before it. @param isNew no packet has shown its text before */
const wasSentBefore = (o: Observation, earlier: Observation, isNew: boolean): boolean => {
  const ticks = ticksBetween(earlier, o)
  if (ticks !== 0) return ticks < 0
  if (o.flags.includes('S') || lag(earlier, o) > LONG) return false
  if (o.seq === undefined || earlier.seq === undefined) return false
  if (o.ack !== undefined && earlier.ack !== undefined && o.ack !== earlier.ack) return before(o.ack, earlier.ack)
  if (tellsLess(o, earlier)) return true
  if (o.len === 0 && o.flags === '.') return notAfter(o.seq, earlier.seq) && before(o.seq, endOf(earlier))
  return before(o.seq, earlier.seq) && isNew
}

const endOf = (o: Observation) => add(o.seq!, o.len + (/[SF]/.test(o.flags) ? 1 : 0))

/** At one number, what is held beyond the gap only grows. RFC 2018 §4 */
const tellsLess = (o: Observation, later: Observation): boolean => {
  const [less, more] = [beyond(o), beyond(later)]
  const isPart = less.every(([left, right]) => more.some(([from, to]) => notAfter(from, left) && notAfter(right, to)))
  return (
    more.length > 0 &&
    isPart &&
    !more.every(([l, r]) => less.some(([from, to]) => notAfter(from, l) && notAfter(r, to)))
  )
}

/** Blocks of text that came twice tell nothing of it. RFC 2883 §4 */
const beyond = ({ sack = [], ack }: Observation) => sack.filter(([, right]) => ack === undefined || before(ack, right))

/** A stateless RST tells no clock, and its number is what its addressee has acknowledged. */
const mayBeOvertaken = (o: Observation, earlier: Observation): boolean =>
  earlier.flags === 'R' && !o.flags.includes('S') && lag(earlier, o) <= LONG
