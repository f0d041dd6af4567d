/**
 * What a step of the search asked of the lookahead, in order, as a tree of questions: the same hypotheses that meet the same
 * packet and get the same answers take the same step, whatever else the capture holds. So a step is computed once and
 * recognised by its answers ever after; nothing that a rule looked at can be left out of the key.
 */
import type { Segment, Seq } from '../../../model/index.ts'
import type { Hypothesis, SequenceBounds } from '../actors/hypothesis.ts'
import { type BeyondGap, type Fate, type Gap, type Lookahead, numbered, type Position } from './lookahead.ts'

/** No number. */
const NONE = -1

type Answer = string | number | boolean
type Question<E> = (lookahead: Lookahead<E>) => Answer

/** Either a question that decides where to go on, or what all answers led to. */
interface Node<E, T> {
  question?: Question<E>
  /** The answer that was met first, and where it leads: most questions only ever get one. */
  first?: Answer
  next?: Node<E, T>
  others?: Map<Answer, Node<E, T>>
  result?: T
}

/** The results of one computation under all answers that were met. */
export class QuestionTree<E, T> {
  readonly #root: Node<E, T> = {}

  /** The result under these answers; undefined if they were never met. */
  find(lookahead: Lookahead<E>): T | undefined {
    let node: Node<E, T> | undefined = this.#root
    while (node?.question !== undefined) {
      const answer = node.question(lookahead)
      node = answer === node.first ? node.next : node.others?.get(answer)
    }
    return node?.result
  }

  /** Takes over the result of another tree under these answers: there the same questions lead to it. */
  adopt(other: QuestionTree<E, T>, lookahead: Lookahead<E>): void {
    let own = this.#root
    let node: Node<E, T> | undefined = other.#root
    while (node?.question !== undefined) {
      const answer = node.question(lookahead)
      own = follow(own, node.question, answer)
      node = answer === node.first ? node.next : node.others?.get(answer)
    }
    if (node?.result !== undefined) own.result = node.result
  }

  /** Computes the result with a lookahead that notes what is asked of it, and keeps it. */
  learn(lookahead: Lookahead<E>, compute: (noting: Lookahead<E>) => T): T {
    const noting = new NotingLookahead(lookahead)
    const result = compute(noting)
    let node = this.#root
    for (const { question, answer } of noting.asked) node = follow(node, question, answer)
    node.result = result
    return result
  }
}

const follow = <E, T>(node: Node<E, T>, question: Question<E>, answer: Answer): Node<E, T> => {
  if (node.question === undefined) {
    node.question = question
    node.first = answer
    node.next = {}
    return node.next
  }
  if (node.first === answer) return node.next!
  node.others ??= new Map()
  const next = node.others.get(answer) ?? {}
  node.others.set(answer, next)
  return next
}

/** Passes questions on, and notes each different one with its answer, in the order in which they were asked first. */
class NotingLookahead<E> implements Lookahead<E> {
  readonly asked: { readonly question: Question<E>; readonly answer: Answer }[] = []
  readonly #known = new Map<unknown, Map<unknown, Answer>>()
  readonly #lookahead: Lookahead<E>

  constructor(lookahead: Lookahead<E>) {
    this.#lookahead = lookahead
  }

  /** @param about equal where the question is the same */
  #ask<A extends Answer>(kind: string, about: unknown, question: (lookahead: Lookahead<E>) => A): A {
    let known = this.#known.get(kind)
    if (known === undefined) {
      known = new Map()
      this.#known.set(kind, known)
    }
    const before = known.get(about)
    if (before !== undefined) return before as A
    const answer = question(this.#lookahead)
    known.set(about, answer)
    this.asked.push({ question, answer })
    return answer
  }

  get isOrdered(): boolean {
    return this.#ask('isOrdered', '', (l) => l.isOrdered)
  }

  get shuts(): boolean {
    return this.#ask('shuts', '', (l) => l.shuts)
  }

  get isSelective(): boolean {
    return this.#ask('isSelective', '', (l) => l.isSelective)
  }

  fate(unseen: readonly Segment[], s: Segment): Fate {
    return this.#ask('fate', `${numbered(unseen)} ${textOf(s)}`, (l) => l.fate(unseen, s))
  }

  tellsOfMore(unseen: readonly Segment[], standing: SequenceBounds | undefined): boolean {
    if (standing === undefined) return false
    const held = standing.held.map(({ from, to }) => `${from}-${to}`).join()
    const about = `${numbered(unseen)} ${standing.rcvNxt} ${held}`
    return this.#ask('tellsOfMore', about, (l) => l.tellsOfMore(unseen, standing))
  }

  isShown(s: Segment): boolean {
    return this.#ask('isShown', textOf(s), (l) => l.isShown(s))
  }

  refuses(s: Segment): boolean {
    return this.#ask('refuses', `${s.ack} ${s.len > 0}`, (l) => l.refuses(s))
  }

  refusals(s: Segment): number {
    return this.#ask('refusals', s.ack, (l) => l.refusals(s))
  }

  heedsLateAcks(): boolean {
    return this.#ask('heedsLateAcks', '', (l) => l.heedsLateAcks())
  }

  rulesOut(at: Position): boolean {
    const { standing: st, sent, isAcknowledged, isAskedAnew, pending } = at
    const unordered = this.isOrdered ? '' : pending.map(textOf).join()
    const about = `${st?.sndUna} ${st?.sndNxt} ${st?.rcvNxt} ${sent} ${isAcknowledged} ${isAskedAnew} ${unordered}`
    return this.#ask('rulesOut', about, (l) => l.rulesOut(at))
  }

  repeatsSynAck(h: Hypothesis<E>): boolean {
    return this.#ask('repeatsSynAck', numbered(h.unseen), (l) => l.repeatsSynAck(h))
  }

  looksBack(number: Seq): boolean {
    return this.#ask('looksBack', number, (l) => l.looksBack(number))
  }

  isAcknowledgedBelow(number: Seq): boolean {
    return this.#ask('isAcknowledgedBelow', number, (l) => l.isAcknowledgedBelow(number))
  }

  longPast(): Seq | undefined {
    const past = this.#ask('longPast', '', (l) => l.longPast() ?? NONE)
    return past === NONE ? undefined : (past as Seq)
  }

  isHeard(h: Hypothesis<E>): boolean {
    return this.#ask('isHeard', numbered(h.unseen), (l) => l.isHeard(h))
  }

  answersNoMore(): boolean {
    return this.#ask('answersNoMore', '', (l) => l.answersNoMore())
  }

  isSilent(): boolean {
    return this.#ask('isSilent', '', (l) => l.isSilent())
  }

  isShut(h: Hypothesis<E>, rcvNxt: Seq): boolean {
    return this.#ask('isShut', `${numbered(h.unseen)} ${rcvNxt}`, (l) => l.isShut(h, rcvNxt))
  }

  isAcknowledged(h: Hypothesis<E>, rcvNxt: Seq): boolean {
    return this.#ask('isAcknowledged', `${numbered(h.unseen)} ${rcvNxt}`, (l) => l.isAcknowledged(h, rcvNxt))
  }

  isSaid(h: Hypothesis<E>, rcvNxt: Seq, s: Segment): boolean {
    const about = `${numbered(h.unseen)} ${rcvNxt} ${s.seq} ${s.len}`
    return this.#ask('isSaid', about, (l) => l.isSaid(h, rcvNxt, s))
  }

  gapAt(rcvNxt: Seq, sent: number): Gap {
    return this.#ask('gapAt', `${rcvNxt} ${sent}`, (l) => l.gapAt(rcvNxt, sent))
  }

  beyondGap(rcvNxt: Seq, sent: number, s: Segment, isFirst: boolean): BeyondGap {
    const about = `${rcvNxt} ${sent} ${s.seq} ${s.len} ${isFirst}`
    return this.#ask('beyondGap', about, (l) => l.beyondGap(rcvNxt, sent, s, isFirst))
  }

  repeatsAck(sent: number): boolean {
    return this.#ask('repeatsAck', sent, (l) => l.repeatsAck(sent))
  }

  issOf(irs: Seq, made: number): Seq {
    return this.#ask('issOf', `${irs} ${made}`, (l) => l.issOf(irs, made))
  }

  isDear(cost: number): boolean {
    return this.#ask('isDear', cost, (l) => l.isDear(cost))
  }
}

const textOf = ({ flags, seq, len, ack }: Segment): string => `${flags} ${seq} ${len} ${ack}`
