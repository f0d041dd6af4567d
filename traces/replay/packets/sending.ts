/**
 * In which order an end sent what the tap saw. The way from an end to the tap may reorder; what it sent shows it: its clock
 * (RFC 7323 §4), and numbers of sequence and acknowledgment, which only grow. Where these give the order, it need not be searched for.
 */
import { add, before, notAfter, type Seq } from '../../../model/index.ts'
import type { Observation, Side } from './observation.ts'
import { Ranges } from './ranges.ts'

/** Seconds that a packet may be overtaken by, where a clock tells when both were sent, and where only their numbers do. */
const LONGEST = 2
const LONG = 0.25
/** Ticks of a clock in a second, at most: a difference of more is another clock. RFC 7323 §5.4 · linux: tcp_usec_ts */
const TICKS = 1_000_000

/**
 * The places of all observations in the capture, in an order in which this end may have sent its own.
 * @param resetsOvertake RSTs that nothing proves to be later than what follows them are taken to have overtaken it
 */
export const asSent = (observations: readonly Observation[], side: Side, resetsOvertake = false): number[] => {
  const order: number[] = []
  const shown = new Ranges()
  const syns = new Set<string>()
  const latest = new Latest()
  const isRepeatedSyn = ({ flags, seq }: Observation): boolean => {
    const syn = `${flags} ${seq}`
    if (syns.has(syn)) return true
    syns.add(syn)
    return false
  }
  for (let at = 0; at < observations.length; at++) {
    const o = observations[at]!
    if (o.from !== side || o.forged) {
      order.push(at)
      if (o.from === side) note(shown, o)
      continue
    }
    const keepsItsPlace = o.flags.includes('S') ? !isRepeatedSyn(o) : o.flags.includes('R')
    if (keepsItsPlace || (!resetsOvertake && latest.isBefore(o))) order.push(at)
    else insert(at, order, { observations, side, shown, resetsOvertake })
    latest.take(o)
    note(shown, o)
  }
  return order
}

interface Sent {
  readonly observations: readonly Observation[]
  readonly side: Side
  /** All numbers that packets of the end have shown. */
  readonly shown: Ranges
  readonly resetsOvertake: boolean
}

/** Before all packets of its end that were sent later, though the tap saw them earlier. */
const insert = (at: number, order: number[], { observations, side, shown, resetsOvertake }: Sent): void => {
  const o = observations[at]!
  const isNew = o.seq === undefined || !shown.overlaps(o.seq, endOf(o))
  let place = order.length
  for (let i = order.length - 1; i >= 0; i--) {
    const earlier = observations[order[i]!]!
    if (earlier.from !== side || earlier.forged) continue
    if (lag(earlier, o) > LONGEST || isBarrier(earlier, o)) break
    const ticks = ticksBetween(earlier, o)
    if (ticks > 0 && !resetsOvertake) break // what was sent before an earlier packet was sent before this one
    if (wasSentBefore(o, earlier, isNew) || (resetsOvertake && mayBeOvertaken(o, earlier))) place = i
  }
  if (place === order.length) order.push(at)
  else order.splice(place, 0, at)
}

const note = (shown: Ranges, o: Observation): void => {
  if (o.seq !== undefined) shown.add(o.seq, endOf(o))
}

/** Of the sender's clock, from one packet to another; 0 where it tells nothing. */
const ticksBetween = (earlier: Observation, o: Observation): number => {
  const ticks = o.clock === undefined || earlier.clock === undefined ? 0 : (o.clock - earlier.clock) | 0
  return Math.abs(ticks) <= LONGEST * TICKS ? ticks : 0
}

/** The greatest numbers that an end has used so far; unknown once it has opened anew, or a packet leaves one open. */
class Latest {
  #isKnown = false
  #ack = 0 as Seq
  #end = 0 as Seq
  #clock: number | undefined

  take({ flags, seq, ack, len, clock }: Observation): void {
    if (flags.includes('R')) return
    if (seq === undefined || ack === undefined || flags.includes('S')) {
      this.#isKnown = false
      return
    }
    const end = add(seq, len + (flags.includes('F') ? 1 : 0))
    const isNewer =
      !this.#isKnown || clock === undefined || this.#clock === undefined || ((clock - this.#clock) | 0) >= 0
    if (isNewer) this.#clock = clock
    if (!this.#isKnown || before(this.#ack, ack)) this.#ack = ack
    if (!this.#isKnown || before(this.#end, end)) this.#end = end
    this.#isKnown = true
  }

  /** It was sent later: new text, or an ACK of more than ever before. */
  isBefore({ flags, seq, ack, len, clock }: Observation): boolean {
    if (!this.#isKnown || seq === undefined || ack === undefined) return false
    if ((flags !== '.' && /[SFR]/.test(flags)) || before(seq, this.#end)) return false
    if (clock !== undefined && this.#clock !== undefined && ((clock - this.#clock) | 0) < 0) return false
    return len > 0 ? notAfter(this.#ack, ack) : before(this.#ack, ack)
  }
}

/** How many of the first observations lie behind each number of steps. */
export const seenAfter = (order: ArrayLike<number>): Int32Array => {
  const passed = new Uint8Array(order.length + 1)
  const numbers = new Int32Array(order.length + 1)
  let seen = 0
  for (let i = 0; i < order.length; i++) {
    passed[order[i]!] = 1
    while (passed[seen] === 1) seen++
    numbers[i + 1] = seen
  }
  return numbers
}

const lag = (earlier: Observation, o: Observation): number =>
  earlier.time === undefined || o.time === undefined ? Number.POSITIVE_INFINITY : o.time - earlier.time

/** Before a SYN of its connection an end sends nothing but the same SYN. */
const isBarrier = (earlier: Observation, o: Observation): boolean =>
  earlier.flags.includes('S') ? !o.flags.includes('S') || earlier.seq !== o.seq : false

/** Sent within a tick of their end's clock: whatever the tap tells, neither was sent long after the other. RFC 7323 §5.4 */
const isOfOneTick = (a: Observation, b: Observation): boolean => a.clock !== undefined && a.clock === b.clock

/** Whether `o`, which the tap saw after `earlier`, left before it. @param isNew no packet has shown its text before */
const wasSentBefore = (o: Observation, earlier: Observation, isNew: boolean): boolean => {
  const ticks = ticksBetween(earlier, o)
  if (ticks !== 0) return ticks < 0
  if (o.flags.includes('S') || (!isOfOneTick(o, earlier) && lag(earlier, o) > LONG)) return false
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
