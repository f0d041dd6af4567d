/** What the rest of a capture shows of an end: it rules hypotheses out before they are followed, and makes others alike. */
import { add, before, notAfter, type Segment, type Seq } from '../../../model/index.ts'
import type { SackBlock } from '../../capture.ts'
import type { Hypothesis, Standing } from '../actors/hypothesis.ts'
import { acksAfterFins, lastShownIn, within } from '../packets/later.ts'
import { type Observation, shows } from '../packets/observation.ts'
import { ownOrder } from '../packets/order.ts'
import type { Remembering } from './memory.ts'

/** Asked about a moment: before which step of the search. */
export interface Outlook<E> {
  /** The order in which the end's packets were sent is known. */
  readonly isOrdered: boolean
  /**
   * How a segment that is sent then fares, after others that are on their way to the tap. What is sent after all that the
   * capture shows of the end may be under way when it ends: one such segment says as much as many.
   */
  fate(unseen: readonly Segment[], s: Segment, step: number): 'shown' | 'lost' | 'unknown' | 'after all'
  /** What the end sends next, after others that are on their way to the tap, says (SACK) that it holds more than it does. */
  tellsOfMore(unseen: readonly Segment[], end: E, step: number): boolean
  /** A packet of the end shows this segment then or later. */
  isShown(s: Segment, step: number): boolean
  /** Soon a RST of the end, or an ACK of one who has seen both FINs, may be the answer to this segment. RFC 9293 §3.10.7.1, §3.10.7.4 */
  refuses(s: Segment, step: number): boolean
  /** How many RSTs of the end, from then on, may be the answer to such a segment. */
  refusals(s: Segment, step: number): number
  /** A late ACK may do something: the other end is soon heard to send text or a FIN, or this end to reset. */
  heedsLateAcks(step: number): boolean
  /** The end's next packet cannot come from here, nor can text that it still repeats: what is acknowledged only grows. */
  rulesOut(h: Hypothesis<E>, step: number): boolean
  /** The end's next two packets are SYN+ACKs that it has sent before: it is a request until then. */
  repeatsSynAck(h: Hypothesis<E>, step: number): boolean
  /** The end's packets are ordered, and another is to come, neither SYN nor RST. */
  isHeard(h: Hypothesis<E>, step: number): boolean
  /** Some packet of the end offers no room for text. */
  readonly shuts: boolean
  /** The end's next packet acknowledges no more than that, and offers no room for text. */
  isShut(h: Hypothesis<E>, rcvNxt: Seq, step: number): boolean
  /** The end's next packet acknowledges more than that. */
  isAcknowledged(h: Hypothesis<E>, rcvNxt: Seq, step: number): boolean
  /** The end's next packet says that this text came beyond the gap at that number. */
  isSaid(h: Hypothesis<E>, rcvNxt: Seq, s: Segment, step: number): boolean
  /**
   * What is told of text that comes beyond a gap: the end's next packet says that it did (SACK); the next does not, but one
   * after it; some packet may tell that something did; or nobody sees whether it came before what fills the gap. What is not
   * the first that is due has overtaken others if it came: it must be said.
   */
  beyondGap(h: Hypothesis<E>, s: Segment, step: number, isFirst: boolean): 'said' | 'later' | 'perhaps' | 'hidden'
}

/** @param numbersOrder where no clock tells the order in which packets were sent, numbers that only grow do */
export const outlook = <E extends object>(
  actor: Remembering<E>,
  steps: readonly Observation[],
  numbersOrder: boolean,
): Outlook<E> => {
  const own = steps.map((o) => (o.from === actor.side && !o.forged ? o : undefined))
  const lastOwn = own.findLastIndex((o) => o !== undefined)
  const lastReset = own.findLastIndex((o) => o?.flags.includes('R'))
  const lastShown = lastShownIn(own)
  const lateAnswers = acksAfterFins(steps, actor.side)
  const inOrder = ownOrder(own, numbersOrder)
  const soon = within(
    SOON,
    steps.map((o) => o.from !== actor.side && (o.len > 0 || o.flags.includes('F'))),
  )
  const selective = own.some((o) => o?.sack !== undefined)
  const last: number[] = []
  const isShown = (s: Segment, step: number): boolean => {
    const id = actor.segmentId(s)
    last[id] ??= lastShown(s)
    return last[id] >= step
  }
  /** The next packet that is not sent yet, unless it is a SYN, which keeps no order with what was received. */
  const upcoming = ({ unseen }: Pick<Hypothesis<E>, 'unseen'>, step: number): Observation | undefined => {
    const o = inOrder.after(step, inOrder.trusted ? numbered(unseen) : 0)
    return o?.flags.includes('S') ? undefined : o
  }
  const lastAsked = steps.findLastIndex((o) => o.from !== actor.side && o.flags.includes('S'))
  /** The end has seen that the SYN+ACK which it repeats next was acknowledged, or has forgotten it, and nobody asks again. */
  const repeatsNoMore = ({ end, unseen, due, stray }: Hypothesis<E>, step: number): boolean => {
    const sent = numbered(unseen)
    if (!inOrder.trusted || !inOrder.repeatsSyn(step, sent) || !inOrder.isBeforeResets(step, sent)) return false
    const { seq, flags } = inOrder.after(step, sent)!
    if (flags !== 'S.') return false
    const standing = actor.standing(end)
    if (standing !== undefined) return seq !== undefined && before(seq, standing.sndUna)
    return lastAsked < step && ![...due, ...stray].some((s) => s.flags.includes('S'))
  }
  /** From that step on, the other end acknowledges all that this one has sent, before that packet. */
  const isAcknowledgedBefore = (o: Observation, { sndNxt }: Standing, step: number): boolean => {
    for (let i = step; i < steps.length && steps[i] !== o; i++)
      if (steps[i]!.from !== actor.side && steps[i]!.ack === sndNxt) return true
    return false
  }
  return {
    isOrdered: inOrder.trusted,
    isShown,
    fate: (unseen, s, step) => {
      if (lastOwn < step) return 'after all'
      if (!inOrder.trusted || s.flags.includes('R')) return isShown(s, step) ? 'unknown' : 'lost'
      const o = inOrder.after(step, numbered(unseen))
      if (o === undefined) return 'unknown'
      return shows(o, s) ? 'shown' : 'lost'
    },
    tellsOfMore: (unseen, end, step) => {
      if (!selective || !inOrder.trusted) return false
      const o = inOrder.after(step, numbered(unseen))
      const standing = o?.sack === undefined ? undefined : actor.standing(end)
      return standing !== undefined && !o!.sack!.every((block) => isHeld(block, standing))
    },
    refuses: ({ ack, len }, step) => {
      for (let i = step; i < own.length && i < step + LATE; i++) {
        const answers = lateAnswers.has(i) && (len > 0 || i < step + SOON)
        if (answers || (own[i]?.flags === 'R' && own[i]!.seq === ack)) return true
      }
      return false
    },
    refusals: ({ ack }, step) => own.filter((o, i) => i >= step && o?.flags === 'R' && o.seq === ack).length,
    heedsLateAcks: (step) => soon[step]! || lastReset >= step,
    repeatsSynAck: ({ unseen }, step) => {
      const sent = numbered(unseen)
      return inOrder.trusted && inOrder.repeatsSyn(step, sent) && inOrder.repeatsSyn(step, sent + 1)
    },
    rulesOut: (h, step) => {
      if (repeatsNoMore(h, step)) return true
      const o = upcoming(h, step)
      const standing = o === undefined ? undefined : actor.standing(h.end)
      if (o === undefined || standing === undefined) return false
      const isOdd = contradicts(standing, o, h) && !(isProbe(o, standing) && isAcknowledgedBefore(o, standing, step))
      if (!inOrder.trusted) return isOdd && ![...h.unseen, ...h.late].some((s) => shows(o, s))
      const least = inOrder.leastSent(step, numbered(h.unseen))
      return isOdd || (least !== undefined && before(least, standing.sndUna))
    },
    isHeard: (h, step) =>
      inOrder.trusted && upcoming(h, step) !== undefined && inOrder.isBeforeResets(step, numbered(h.unseen)),
    shuts: inOrder.trusted && own.some((o) => o?.analysis?.zeroWindow),
    isShut: (h, rcvNxt, step) => {
      const o = upcoming(h, step)
      return o?.analysis?.zeroWindow === true && o.ack === rcvNxt
    },
    isAcknowledged: (h, rcvNxt, step) => {
      const ack = upcoming(h, step)?.ack
      return ack !== undefined && before(rcvNxt, ack)
    },
    isSaid: ({ unseen }, rcvNxt, s, step) => {
      const sent = inOrder.trusted ? numbered(unseen) : 0
      return inOrder.tellsOf(s, step, sent) && inOrder.after(step, sent)!.ack === rcvNxt
    },
    beyondGap: ({ end, unseen }, s, step, isFirst) => {
      const sent = inOrder.trusted ? numbered(unseen) : 0
      const lacks = actor.standing(end)?.rcvNxt
      if (lacks === undefined || !before(lacks, s.seq) || inOrder.after(step, sent) === undefined) return 'perhaps'
      if (inOrder.after(step, sent)!.ack !== lacks) return 'hidden'
      if (selective) {
        if (inOrder.tellsOf(s, step, sent)) return 'said'
        if (!isFirst) return 'hidden'
        const others = inOrder.untilHeld(s, step, sent)
        if (others === undefined || inOrder.after(step, sent + others)!.ack !== lacks) return 'hidden'
        return 'later'
      }
      for (let n = sent; ; n++) {
        const o = inOrder.after(step, n)
        if (o?.ack !== lacks) return 'hidden'
        if (o.flags === '.' && o.len === 0 && inOrder.after(step, n - 1)?.ack === lacks) return 'perhaps'
      }
    },
  }
}

const isHeld = ([left, right]: SackBlock, { rcvNxt, held }: Standing): boolean =>
  notAfter(right, rcvNxt) || held.some(({ from, to }) => notAfter(from, left) && notAfter(right, to))

/** RSTs keep no order with others. */
const numbered = (unseen: readonly Segment[]): number => {
  if (unseen.length === 0) return 0
  let n = 0
  for (const s of unseen) if (!s.flags.includes('R')) n++
  return n
}

/** It acknowledges less than was received, or is an ACK from before what was sent; one below, where all is acknowledged, is a keepalive probe. */
const contradicts = <E>(standing: Standing, o: Observation, { due, stray }: Hypothesis<E>): boolean => {
  const { sndUna, sndNxt, rcvNxt } = standing
  if (o.ack !== undefined && before(o.ack, rcvNxt)) return true
  if (o.flags !== '.' || o.len > 0 || o.seq === undefined || !before(o.seq, sndNxt)) return false
  const isAcknowledged = sndUna === sndNxt || [...due, ...stray].some(({ ack }) => ack === sndNxt)
  return !isAcknowledged || !isProbe(o, standing)
}

/** It has the number before the next, and acknowledges all that came: a keepalive probe, if all was acknowledged. */
const isProbe = ({ seq, ack }: Observation, { sndNxt, rcvNxt }: Standing): boolean =>
  seq !== undefined && add(seq, 1) === sndNxt && ack !== undefined && notAfter(rcvNxt, ack)

/** Steps that a segment may be late by, and meet an end that is gone. */
const LATE = 40
/** Steps within which a late ACK may still be overtaken by text. */
const SOON = 12
