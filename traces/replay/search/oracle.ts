/** The lookahead that a capture gives, prepared once per end: a question at any step takes a time that does not grow with it. */
import { add, before, isUnnumbered, notAfter, type Segment, type Seq } from '../../../model/index.ts'
import type { SackBlock } from '../../capture.ts'
import type { Actor, Hypothesis, SequenceBounds } from '../actors/hypothesis.ts'
import { acksAfterFins, within } from '../packets/later.ts'
import type { Observation } from '../packets/observation.ts'
import { type OwnOrder, ownOrder } from '../packets/order.ts'
import type { Frames } from './frames.ts'
import { leastFrom, nextOf } from './from-each-step.ts'
import { type BeyondGap, type Fate, type Gap, type Lookahead, numbered, type Position } from './lookahead.ts'
import { Acknowledgments, LastShown } from './shown.ts'

type Bounds = NonNullable<Position['standing']>

export interface OracleOptions {
  /** Where no clock tells the order in which packets were sent, numbers that only grow do. */
  readonly numbersOrder: boolean
  /** See `Lookahead.issOf`, in numbers of the capture. */
  readonly issOf: (irs: Seq, made: number) => Seq
}

/** Steps that a segment may be late by, and meet an end that is gone. */
const LATE = 40
/** Numbers of the search that no text is overtaken by. */
const LONG_PAST = 64
/** Steps within which a late ACK may still be overtaken by text. */
const SOON = 12

export class Oracle<E> implements Lookahead<E> {
  readonly isOrdered: boolean
  readonly shuts: boolean
  readonly isSelective: boolean
  readonly #frames: Frames
  readonly #order: OwnOrder
  readonly #own: readonly (Observation | undefined)[]
  readonly #lastOwn: number
  readonly #lastReset: number
  /** The last bare ACK or RST of the end. */
  readonly #lastAnswer: number
  readonly #resets: readonly number[]
  readonly #lastShown: LastShown
  readonly #lateAnswers: ReadonlySet<number>
  /** Of each step: the first from it on at which the end resets, or acknowledges once more after both FINs. */
  readonly #nextAnswer: Int32Array
  readonly #soon: readonly boolean[]
  readonly #lastSynOfPeer: number
  readonly #lastResetOfPeer: number
  readonly #acknowledgments: Acknowledgments
  /** Of each step: the least number that the other end acknowledges from it on. */
  readonly #leastAcknowledged: readonly (Seq | undefined)[]
  /** Of each step: the least number from which the other end sends from it on. */
  readonly #leastOfPeer: readonly (Seq | undefined)[]
  readonly #issOf: (irs: Seq, made: number) => Seq
  #step = 0
  #spare = 0
  #ownBy = 0
  #peerBy = 0

  /**
   * @param steps the packets, in an order in which the end may have sent its own
   */
  constructor(
    { side }: Pick<Actor<E>, 'side'>,
    steps: readonly Observation[],
    frames: Frames,
    { numbersOrder, issOf }: OracleOptions,
  ) {
    this.#frames = frames
    this.#own = steps.map((o) => (o.from === side && !o.forged ? o : undefined))
    this.#lastOwn = this.#own.findLastIndex((o) => o !== undefined)
    this.#lastReset = this.#own.findLastIndex((o) => o?.flags.includes('R'))
    this.#lastAnswer = this.#own.findLastIndex((o) => o?.flags.includes('R') || (o?.flags === '.' && o.len === 0))
    this.#resets = this.#own.flatMap((o, i) => (o?.flags === 'R' ? [i] : []))
    this.#lastShown = new LastShown(this.#own)
    this.#lateAnswers = acksAfterFins(steps, side)
    this.#nextAnswer = nextOf(this.#own, (o, i) => o?.flags === 'R' || (o !== undefined && this.#lateAnswers.has(i)))
    this.#order = ownOrder(this.#own, numbersOrder)
    this.#soon = within(
      SOON,
      steps.map((o) => o.from !== side && (o.len > 0 || o.flags.includes('F'))),
    )
    this.isSelective = this.#own.some((o) => o?.sack !== undefined)
    this.#lastSynOfPeer = steps.findLastIndex((o) => o.from !== side && o.flags.includes('S'))
    this.#lastResetOfPeer = steps.findLastIndex((o) => o.from !== side && o.flags.includes('R'))
    this.#acknowledgments = new Acknowledgments(steps, side)
    const ofPeer = steps.map((o) => (o.from === side ? undefined : o))
    this.#leastAcknowledged = leastFrom(ofPeer.map((o) => o?.ack))
    this.#leastOfPeer = leastFrom(ofPeer.map((o) => o?.segment.seq))
    this.#issOf = issOf
    this.isOrdered = this.#order.trusted
    this.shuts = this.isOrdered && this.#own.some((o) => o?.analysis?.zeroWindow)
  }

  /**
   * Questions from now on are asked before that step, in the frame after so many steps.
   * @param spare what a hypothesis may cost at most, beyond the cheapest of that frame
   */
  moveTo(step: number, frame: number, spare: number): this {
    this.#step = step
    this.#spare = spare
    this.#ownBy = this.#frames.own[frame]!
    this.#peerBy = this.#frames.peer[frame]!
    return this
  }

  fate(unseen: readonly Segment[], s: Segment): Fate {
    if (this.#lastOwn < this.#step) return 'after all'
    if (!this.isOrdered || s.flags.includes('R')) return this.isShown(s) ? 'unknown' : 'lost'
    const o = this.#order.after(this.#step, numbered(unseen))
    if (o === undefined) return 'unknown'
    return this.#shows(o, s) ? 'shown' : 'lost'
  }

  tellsOfMore(unseen: readonly Segment[], standing: SequenceBounds | undefined): boolean {
    if (!this.isSelective || !this.isOrdered || standing === undefined) return false
    const sack = this.#order.after(this.#step, numbered(unseen))?.sack
    return sack !== undefined && !sack.every((block) => this.#isHeld(block, standing))
  }

  isShown(s: Segment): boolean {
    return (
      this.#lastShown.of(this.#ownOut(s.seq, s), s, s.ack === undefined ? undefined : this.#peerOut(s.ack)) >=
      this.#step
    )
  }

  refuses({ ack, len }: Segment): boolean {
    const until = this.#step + LATE
    const answer = ack === undefined ? undefined : this.#ownOut(ack)
    for (let i = this.#nextAnswer[this.#step]!; i < until; i = this.#nextAnswer[i + 1]!) {
      const o = this.#own[i]!
      if (this.#lateAnswers.has(i) && (len > 0 || i < this.#step + SOON)) return true
      if (o.flags === 'R' && o.seq === answer) return true
    }
    return false
  }

  refusals({ ack }: Segment): number {
    if (ack === undefined) return 0
    const answer = this.#ownOut(ack)
    return this.#resets.filter((i) => i >= this.#step && this.#own[i]!.seq === answer).length
  }

  heedsLateAcks(): boolean {
    return this.#soon[this.#step]! || this.#lastReset >= this.#step
  }

  rulesOut(at: Position): boolean {
    if (this.#repeatsNoMore(at)) return true
    const { standing, sent, pending } = at
    const o = standing === undefined ? undefined : this.#upcoming(sent)
    if (o === undefined || standing === undefined) return false
    const isOdd =
      this.#contradicts(standing, o, at) && !(this.#isProbe(o, standing) && this.#isAcknowledgedBefore(at, standing))
    if (!this.isOrdered) return isOdd && !pending.some((s) => this.#shows(o, s))
    const least = this.#order.leastSent(this.#step, sent)
    return isOdd || (least !== undefined && before(least, this.#ownOut(standing.sndUna)))
  }

  repeatsSynAck({ unseen }: Hypothesis<E>): boolean {
    if (!this.isOrdered) return false
    const sent = numbered(unseen)
    return this.#order.repeatsSyn(this.#step, sent) && this.#order.repeatsSyn(this.#step, sent + 1)
  }

  looksBack(number: Seq): boolean {
    const from = this.#ownOut(number)
    const sent = this.#order.leastSent(this.#step, 0)
    if (sent !== undefined && before(sent, from)) return true
    const acknowledged = this.#leastAcknowledged[this.#step]
    return acknowledged !== undefined && notAfter(acknowledged, from)
  }

  isAcknowledgedBelow(number: Seq): boolean {
    const acknowledged = this.#leastAcknowledged[this.#step]
    return acknowledged !== undefined && before(acknowledged, this.#ownOut(number))
  }

  longPast(): Seq | undefined {
    const { peer } = this.#frames.origin
    if (!this.isSilent() || peer === undefined) return undefined
    const past = add(peer, -LONG_PAST)
    const least = this.#leastOfPeer[this.#step]
    return least !== undefined && before(least, this.#peerOut(past)) ? undefined : past
  }

  isHeard(h: Hypothesis<E>): boolean {
    const sent = numbered(h.unseen)
    return this.isOrdered && this.#upcoming(sent) !== undefined && this.#order.isBeforeResets(this.#step, sent)
  }

  answersNoMore(): boolean {
    return this.#lastAnswer < this.#step && this.#lastResetOfPeer < this.#step
  }

  isSilent(): boolean {
    return this.#lastOwn < this.#step
  }

  isShut(h: Hypothesis<E>, rcvNxt: Seq): boolean {
    const o = this.#upcoming(numbered(h.unseen))
    return o?.analysis?.zeroWindow === true && o.ack === this.#peerOut(rcvNxt)
  }

  isAcknowledged(h: Hypothesis<E>, rcvNxt: Seq): boolean {
    const ack = this.#upcoming(numbered(h.unseen))?.ack
    return ack !== undefined && before(this.#peerOut(rcvNxt), ack)
  }

  isSaid({ unseen }: Hypothesis<E>, rcvNxt: Seq, s: Segment): boolean {
    const sent = this.isOrdered ? numbered(unseen) : 0
    const o = this.#order.after(this.#step, sent)
    return o?.ack === this.#peerOut(rcvNxt) && this.#order.tellsOf(this.#peerOut(s.seq), s.len, this.#step, sent)
  }

  gapAt(rcvNxt: Seq, sent: number): Gap {
    const next = this.#order.after(this.#step, this.isOrdered ? sent : 0)
    if (next === undefined) return 'unknown'
    return next.ack === this.#peerOut(rcvNxt) ? 'open' : 'closed'
  }

  beyondGap(rcvNxt: Seq, unseen: number, s: Segment, isFirst: boolean): BeyondGap {
    const sent = this.isOrdered ? unseen : 0
    const first = this.#peerOut(s.seq)
    if (this.#order.tellsOf(first, s.len, this.#step, sent)) return 'said'
    if (!isFirst) return 'hidden'
    const others = this.#order.untilHeld(first, s.len, this.#step, sent)
    const isLacking = (n: number): boolean => this.#order.after(this.#step, sent + n)!.ack === this.#peerOut(rcvNxt)
    return others !== undefined && isLacking(others) ? 'later' : 'hidden'
  }

  repeatsAck(sent: number): boolean {
    return this.#order.repeatsAck(this.#step, this.isOrdered ? sent : 0)
  }

  issOf(irs: Seq, made: number): Seq {
    return add(this.#issOf(this.#peerOut(irs), made), -this.#ownBy)
  }

  isDear(cost: number): boolean {
    return cost > this.#spare
  }

  /** From the frame to the capture. */
  #ownOut(n: Seq, s?: Segment): Seq {
    return s !== undefined && isUnnumbered(s) ? n : add(n, this.#ownBy)
  }

  #peerOut(n: Seq): Seq {
    return add(n, this.#peerBy)
  }

  #shows(o: Observation, s: Segment): boolean {
    if (o.flags !== s.flags || o.len !== s.len) return false
    if (o.ack !== (s.ack === undefined ? undefined : this.#peerOut(s.ack))) return false
    return o.seq === undefined || o.seq === this.#ownOut(s.seq, s)
  }

  #isHeld([left, right]: SackBlock, { rcvNxt, held }: SequenceBounds): boolean {
    return (
      notAfter(right, this.#peerOut(rcvNxt)) ||
      held.some(({ from, to }) => notAfter(this.#peerOut(from), left) && notAfter(right, this.#peerOut(to)))
    )
  }

  /** The next packet that is not sent yet, unless it is a SYN, which keeps no order with what was received. */
  #upcoming(sent: number): Observation | undefined {
    const o = this.#order.after(this.#step, this.isOrdered ? sent : 0)
    return o?.flags.includes('S') ? undefined : o
  }

  /** The SYN+ACK that the end repeats next was acknowledged, or its request is forgotten and no SYN asks again. */
  #repeatsNoMore({ standing, sent, isAskedAnew }: Position): boolean {
    if (!this.isOrdered || !this.#order.repeatsSyn(this.#step, sent)) return false
    if (!this.#order.isBeforeResets(this.#step, sent)) return false
    const { seq, flags } = this.#order.after(this.#step, sent)!
    if (flags !== 'S.') return false
    if (standing !== undefined) return seq !== undefined && before(seq, this.#ownOut(standing.sndUna))
    return this.#lastSynOfPeer < this.#step && !isAskedAnew
  }

  /** From this step on, the other end acknowledges all that this one has sent, before the next packet that is not sent yet. */
  #isAcknowledgedBefore({ sent }: Position, { sndNxt }: Bounds): boolean {
    const at = this.#acknowledgments.next(this.#ownOut(sndNxt), this.#step)
    return at < this.#order.stepOf(this.#step, this.isOrdered ? sent : 0)
  }

  /** It acknowledges less than was received, or is an ACK from before what was sent; one below, where all is acknowledged, is a keepalive probe. */
  #contradicts({ sndNxt, rcvNxt }: Bounds, o: Observation, { standing, isAcknowledged }: Position): boolean {
    if (o.ack !== undefined && before(o.ack, this.#peerOut(rcvNxt))) return true
    if (o.flags !== '.' || o.len > 0 || o.seq === undefined || !before(o.seq, this.#ownOut(sndNxt))) return false
    return !isAcknowledged || !this.#isProbe(o, standing!)
  }

  /** It has the number before the next, and acknowledges all that came: a keepalive probe, if all was acknowledged. */
  #isProbe({ seq, ack }: Observation, { sndNxt, rcvNxt }: Bounds): boolean {
    return (
      seq !== undefined &&
      add(seq, 1) === this.#ownOut(sndNxt) &&
      ack !== undefined &&
      notAfter(this.#peerOut(rcvNxt), ack)
    )
  }
}
