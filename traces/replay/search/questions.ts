/**
 * What a step of the search asked of the lookahead, in order, as a tree of questions: the same hypotheses that meet the same
 * packet and get the same answers take the same step, whatever else the capture holds. So a step is computed once and
 * recognised by its answers ever after; nothing that a rule looked at can be left out of the key.
 */
import type { Segment, Seq } from '../../../model/index.ts'
import type { Hypothesis } from '../actors/hypothesis.ts'
import type { BeyondGap, Fate, Lookahead } from './lookahead.ts'

type Answer = string | number | boolean
type Question<E> = (lookahead: Lookahead<E>) => Answer

/** Either a question that decides where to go on, or what all answers led to. */
interface Node<E, T> {
  question?: Question<E>
  answers?: Map<Answer, Node<E, T>>
  result?: T
}

/** The results of one computation under all answers that were met. */
export class QuestionTree<E, T> {
  readonly #root: Node<E, T> = {}

  /** The result under these answers; undefined if they were never met. */
  find(lookahead: Lookahead<E>): T | undefined {
    let node: Node<E, T> | undefined = this.#root
    while (node !== undefined && node.question !== undefined) node = node.answers!.get(node.question(lookahead))
    return node?.result
  }

  /** Computes the result with a lookahead that notes what is asked of it, and keeps it. */
  learn(lookahead: Lookahead<E>, compute: (noting: Lookahead<E>) => T): T {
    const noting = new NotingLookahead(lookahead)
    const result = compute(noting)
    let node = this.#root
    for (const { question, answer } of noting.asked) {
      node.question ??= question
      node.answers ??= new Map()
      const next = node.answers.get(answer) ?? {}
      node.answers.set(answer, next)
      node = next
    }
    node.result = result
    return result
  }
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

  fate(unseen: readonly Segment[], s: Segment): Fate {
    return this.#ask('fate', `${numbered(unseen)} ${textOf(s)}`, (l) => l.fate(unseen, s))
  }

  tellsOfMore(unseen: readonly Segment[], end: E): boolean {
    return this.#ask(`tellsOfMore ${numbered(unseen)}`, end, (l) => l.tellsOfMore(unseen, end))
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

  rulesOut(h: Hypothesis<E>): boolean {
    return this.#ask('rulesOut', h, (l) => l.rulesOut(h))
  }

  repeatsSynAck(h: Hypothesis<E>): boolean {
    return this.#ask('repeatsSynAck', numbered(h.unseen), (l) => l.repeatsSynAck(h))
  }

  isHeard(h: Hypothesis<E>): boolean {
    return this.#ask('isHeard', numbered(h.unseen), (l) => l.isHeard(h))
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

  beyondGap(h: Hypothesis<E>, s: Segment, isFirst: boolean): BeyondGap {
    const about = `${isFirst} ${numbered(h.unseen)} ${s.seq} ${s.len}`
    return this.#ask(about, h.end, (l) => l.beyondGap(h, s, isFirst))
  }

  issOf(irs: Seq, made: number): Seq {
    return this.#ask('issOf', `${irs} ${made}`, (l) => l.issOf(irs, made))
  }

  isDear(cost: number): boolean {
    return this.#ask('isDear', cost, (l) => l.isDear(cost))
  }
}

const numbered = (unseen: readonly Segment[]): number => {
  let n = 0
  for (const s of unseen) if (!s.flags.includes('R')) n++
  return n
}

const textOf = ({ flags, seq, len, ack }: Segment): string => `${flags} ${seq} ${len} ${ack}`
