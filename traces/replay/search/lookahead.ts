/**
 * What the rest of a capture shows of an end, at one step of the search: it rules hypotheses out before they are followed,
 * decides what surely happened, and makes others alike. Every question is about numbers in the frame of that step.
 */
import type { Segment, Seq } from '../../../model/index.ts'
import type { Actor, Hypothesis, SequenceBounds } from '../actors/hypothesis.ts'

/** How a segment that is sent now fares on its way to the tap. */
export type Fate = 'shown' | 'lost' | 'unknown' | 'after all'

/**
 * What is told of text beyond a gap: the end's next packet says that it came (SACK); the next does not, but one after it; some
 * packet may tell that something did; or no packet tells whether it came before what fills the gap. Text that is not the first
 * one due has overtaken others if it came: a packet must say so.
 */
export type BeyondGap = 'said' | 'later' | 'perhaps' | 'hidden'

/** Whether the end's next packet still lacks what comes at a number: only then can it tell of text beyond; there may be none. */
export type Gap = 'open' | 'closed' | 'unknown'

/** All that decides whether an end may still send what the capture shows of it. */
export interface Position {
  readonly standing: Pick<SequenceBounds, 'sndUna' | 'sndNxt' | 'rcvNxt'> | undefined
  /** Segments under way to the tap, RSTs apart: those keep no order with others. */
  readonly sent: number
  /** All that it has sent is acknowledged, or will be by what is on its way to it. */
  readonly isAcknowledged: boolean
  /** A SYN is on its way to it. */
  readonly isAskedAnew: boolean
  /** What it has sent and the tap may still see. */
  readonly pending: readonly Segment[]
}

export const positionOf = <E>(h: Hypothesis<E>, actor: Pick<Actor<E>, 'standing'>): Position => {
  const { unseen, late, due, stray } = h
  const standing = actor.standing(h.end)
  const next = standing?.sndNxt
  const isAcknowledging = ({ ack }: Segment): boolean => ack === next
  const isSyn = ({ flags }: Segment): boolean => flags.includes('S')
  return {
    standing,
    sent: numbered(unseen),
    isAcknowledged: next === standing?.sndUna || due.some(isAcknowledging) || stray.some(isAcknowledging),
    isAskedAnew: due.some(isSyn) || stray.some(isSyn),
    pending: late.length === 0 ? unseen : [...unseen, ...late],
  }
}

/** How many are no RSTs. */
export const numbered = (segments: readonly Segment[]): number => {
  let n = 0
  for (const s of segments) if (!s.flags.includes('R')) n++
  return n
}

export interface Lookahead<E> {
  /** The order in which the end sent its packets is known. */
  readonly isOrdered: boolean
  /** Some packet of the end offers no room for text. */
  readonly shuts: boolean
  /** Some packet of the end tells what it holds beyond a gap. RFC 2018 */
  readonly isSelective: boolean
  /**
   * How a segment that is sent now fares, after others that are on their way to the tap. What is sent after all that the
   * capture shows of the end may be under way when it ends: one such segment says as much as many.
   */
  fate(unseen: readonly Segment[], s: Segment): Fate
  /** What the end sends next, after others that are on their way to the tap, says (SACK) that it holds more than it does. */
  tellsOfMore(unseen: readonly Segment[], standing: SequenceBounds | undefined): boolean
  /** A packet of the end shows this segment now or later. */
  isShown(s: Segment): boolean
  /** Soon a RST of the end, or an ACK from after both FINs, may be the answer to this segment. RFC 9293 §3.10.7.1, §3.10.7.4 */
  refuses(s: Segment): boolean
  /** How many RSTs of the end, from now on, may be the answer to such a segment. */
  refusals(s: Segment): number
  /** A late ACK may do something: the other end soon sends text or a FIN, or this end resets. */
  heedsLateAcks(): boolean
  /** The end's next packet cannot come from here, nor can text that it still repeats: what is acknowledged only grows. */
  rulesOut(at: Position): boolean
  /** The end's next two packets are SYN+ACKs that it has sent before: it is a request until then. */
  repeatsSynAck(h: Hypothesis<E>): boolean
  /** Whether a packet from now on has text of the end from before a number, or acknowledges no more than that. */
  looksBack(number: Seq): boolean
  /** Whether a packet of the other end from now on acknowledges less than that. */
  isAcknowledgedBelow(number: Seq): boolean
  /** At an end that shows nothing more: a number long before what comes, below which nothing comes any more; there may be none. */
  longPast(): Seq | undefined
  /** The end's packets are ordered, and another is to come, neither SYN nor RST. */
  isHeard(h: Hypothesis<E>): boolean
  /** No RST is to come, and no bare ACK of the end: no answer to what it has received before shows. RFC 9293 §3.10.7.4 */
  answersNoMore(): boolean
  /** No packet of the end is to come: nothing contradicts what it does from now on. */
  isSilent(): boolean
  /** The end's next packet acknowledges no more than that, and offers no room for text. */
  isShut(h: Hypothesis<E>, rcvNxt: Seq): boolean
  /** The end's next packet acknowledges more than that. */
  isAcknowledged(h: Hypothesis<E>, rcvNxt: Seq): boolean
  /** The end's next packet says that this text came beyond the gap at that number. */
  isSaid(h: Hypothesis<E>, rcvNxt: Seq, s: Segment): boolean
  gapAt(rcvNxt: Seq, sent: number): Gap
  /** Where the gap at that number is open, and the end is selective. */
  beyondGap(rcvNxt: Seq, sent: number, s: Segment, isFirst: boolean): BeyondGap
  /** Its packet after so many others repeats what the one before it acknowledged, or one soon after does: something came beyond a gap. */
  repeatsAck(sent: number): boolean
  /** The initial sequence number of the request that this SYN makes, the n-th of the connection: the model leaves it open. */
  issOf(irs: Seq, made: number): Seq
  /** A hypothesis this much dearer than the cheapest of the step before costs more than is enough. */
  isDear(cost: number): boolean
}

/** Nothing is known of what follows: any segment may be shown, none has to be. */
export const noLookahead: Lookahead<never> = {
  isOrdered: false,
  shuts: false,
  isSelective: false,
  fate: () => 'unknown',
  tellsOfMore: () => false,
  isShown: () => true,
  refuses: () => true,
  refusals: () => 0,
  heedsLateAcks: () => true,
  rulesOut: () => false,
  repeatsSynAck: () => false,
  looksBack: () => true,
  isAcknowledgedBelow: () => true,
  longPast: () => undefined,
  isHeard: () => false,
  answersNoMore: () => false,
  isSilent: () => false,
  isShut: () => false,
  isAcknowledged: () => false,
  isSaid: () => false,
  gapAt: () => 'unknown',
  beyondGap: () => 'perhaps',
  repeatsAck: () => true,
  issOf: (irs) => irs,
  isDear: () => false,
}
