/**
 * The accept queue that all connections of a listener share. It is first in first out, holds at most B + 1, and shrinks by
 * accept() alone, which no packet shows: a child that was reset keeps its place. linux: sk_acceptq_is_full, inet_csk_accept
 */
import type { Fact, ListenerFacts, Overflow } from './facts.ts'
import { ascending, atMost, below, once, ordered } from './sorted.ts'

export interface Meeting<F extends Fact = Fact> {
  readonly client: string
  readonly fact: F
}

/** In order of the earliest moment, whether they are certain or not. */
export const promotionsOf = once((all: readonly ListenerFacts[]): readonly Meeting[] =>
  all
    .flatMap(({ client, promoted }) => (promoted ? [{ client, fact: promoted }] : []))
    .sort((a, b) => a.fact.from - b.fact.from),
)

/**
 * Every time that a connection surely met a full accept queue, in order. A SYN may as well have met a full SYN queue,
 * unless no request can have been in it; a bare ACK may have been deferred (TCP_DEFER_ACCEPT).
 */
export const overflowsOf = once((all: readonly ListenerFacts[]): readonly Meeting<Overflow>[] =>
  all
    .flatMap((c) => c.overflows.map((fact) => ({ client: c.client, fact, own: c.mayRequest })))
    .filter(
      ({ fact, own }) =>
        fact.certain &&
        !fact.deferrable &&
        (fact.dropped === 'ACK' || requestsIn(all, fact) === (overlap(own, fact) ? 1 : 0)),
    )
    .map(({ client, fact }) => ({ client, fact }))
    .sort((a, b) => a.fact.from - b.fact.from),
)

type Span = Pick<Fact, 'from' | 'to'>

const overlap = (a: Span | undefined, b: Span): boolean => a !== undefined && a.from <= b.to && a.to >= b.from

const requestTimes = once((all: readonly ListenerFacts[]) => {
  const may = all.flatMap(({ mayRequest }) => (mayRequest ? [mayRequest] : []))
  return { from: ascending(may.map(({ from }) => from)), to: ascending(may.map(({ to }) => to)) }
})

/** How many requests there can have been in that time. */
const requestsIn = (all: readonly ListenerFacts[], { from, to }: Span): number => {
  const times = requestTimes(all)
  return atMost(times.from, to) - below(times.to, from)
}

/** For each promotion, of it and those before it the one that may be the latest. */
const latestOf = once((promotions: readonly Meeting[]): readonly Fact[] => {
  let latest: Fact | undefined
  return promotions.map(({ fact }) => {
    latest = latest === undefined || fact.to > latest.to ? fact : latest
    return latest
  })
})
const beginnings = once((promotions: readonly Meeting[]) => promotions.map(({ fact }) => fact.from))

/** Of those that may have entered the queue by then, the possible last. */
export const lastBefore = (all: readonly ListenerFacts[], time: number): Fact | undefined => {
  const promotions = promotionsOf(all)
  return latestOf(promotions)[atMost(beginnings(promotions), time) - 1]
}

/** A child may have entered the queue after one moment and by another. */
export const mayEnter = (all: readonly ListenerFacts[], after: number, by: number): boolean =>
  (lastBefore(all, by)?.to ?? Number.NEGATIVE_INFINITY) > after

/**
 * Children that may be in the queue at that moment, whatever its size: those that may have entered it, and neither act
 * as accepted nor surely entered before one that does.
 */
export const mayWait = (all: readonly ListenerFacts[], time: number): number => {
  const { times, counts } = waiting(all)
  return counts[atMost(times, time) - 1] ?? 0
}

/** How many may wait, from each moment on at which that changes. */
const waiting = once((all: readonly ListenerFacts[]) => {
  const promoted = all.filter((c) => c.promoted !== undefined)
  const acted = promoted.filter((c) => c.acted)
  const from = (i: number): number => promoted[i]!.promoted!.from
  const entering = ordered(promoted, (c) => c.promoted!.from)
  const acting = ordered(promoted, (c) => c.acted?.time ?? Number.POSITIVE_INFINITY).subarray(0, acted.length)
  const leaving = ordered(promoted, (c) => (c.promoted!.certain ? c.promoted!.to : Number.POSITIVE_INFINITY))
  const times = ascending([...promoted.map((c) => c.promoted!.from), ...acted.map((c) => c.acted!.time)])
  const [OUTSIDE, HERE, GONE] = [0, 1, 2]
  const place = new Uint8Array(promoted.length)
  let here = 0
  const leave = (i: number): void => {
    if (place[i] === HERE) here--
    place[i] = GONE
  }
  let [entered, seen, left, out] = [0, 0, 0, Number.NEGATIVE_INFINITY]
  const counts = new Uint32Array(times.length)
  for (const [at, time] of times.entries()) {
    for (; entered < entering.length && from(entering[entered]!) <= time; entered++)
      if (place[entering[entered]!] === OUTSIDE) {
        place[entering[entered]!] = HERE
        here++
      }
    for (; seen < acting.length && promoted[acting[seen]!]!.acted!.time <= time; seen++) {
      leave(acting[seen]!)
      out = Math.max(out, from(acting[seen]!))
    }
    for (; left < leaving.length && surelyBefore(promoted[leaving[left]!]!, out); left++) leave(leaving[left]!)
    counts[at] = here
  }
  return { times, counts }
})

const surelyBefore = ({ promoted }: ListenerFacts, time: number): boolean => promoted!.certain && promoted!.to < time

/** From one packet to another the queue surely was full. */
export interface FullSpan {
  readonly from: number
  readonly to: number
  /** The packet that filled it or the first that met it full, and the last one that did. */
  readonly packets: readonly [number, number]
  /** Whether the first packet is the one that filled it. */
  readonly filled: boolean
  /** All packets that met it full. */
  readonly met: readonly number[]
  readonly clients: readonly string[]
}

/** Between two that met it full it stayed full unless a child may have entered it; and back to the last that may. */
export const fullSpans = (all: readonly ListenerFacts[]): FullSpan[] => {
  const spans: { span: FullSpan; met: number[]; clients: Set<string> }[] = []
  for (const { client, fact } of overflowsOf(all)) {
    const last = spans.at(-1)
    if (last !== undefined && !mayEnter(all, last.span.to, fact.to)) {
      last.met.push(fact.packet)
      last.clients.add(client)
      const { span } = last
      last.span = { ...span, to: Math.max(span.to, fact.from), packets: [span.packets[0], fact.packet] }
    } else {
      const span = spanFrom(client, fact, lastBefore(all, fact.to))
      spans.push({ span, met: [...span.met], clients: new Set(span.clients) })
    }
  }
  return spans.map(({ span, met, clients }) => ({ ...span, met, clients: [...clients] }))
}

/** The one of these, in order, in which a moment lies. */
export const spanAt = (spans: readonly FullSpan[], time: number): FullSpan | undefined => {
  const span = spans[atMost(begins(spans), time) - 1]
  return span !== undefined && time <= span.to ? span : undefined
}

const begins = once((spans: readonly FullSpan[]): number[] => spans.map(({ from }) => from))

const spanFrom = (client: string, fact: Overflow, last: Fact | undefined): FullSpan => {
  const filled = last?.certain === true && last.to <= fact.from
  const start = filled ? last : fact
  return {
    from: start.to,
    to: Math.max(start.to, fact.from),
    packets: [start.packet, fact.packet],
    filled,
    met: [fact.packet],
    clients: [client],
  }
}

/** An accept() that packets prove: the queue was full at one, and a later one found room. */
export interface ProvedAccept {
  readonly after: number
  readonly before: number
  readonly packets: readonly [number, number]
}

export const provedAccepts = (all: readonly ListenerFacts[], spans: readonly FullSpan[]): ProvedAccept[] =>
  spans.flatMap((span, i): ProvedAccept[] => {
    const next = spans[i + 1]?.from ?? Number.POSITIVE_INFINITY
    const promotions = promotionsOf(all)
    let at = atMost(beginnings(promotions), span.to)
    while (at < promotions.length && promotions[at]!.fact.from <= next && !isIn(promotions[at]!.fact, next)) at++
    const found = promotions[at]?.fact
    const entered = found && isIn(found, next) ? found : undefined
    return entered ? [{ after: span.to, before: entered.to, packets: [span.packets[1], entered.packet] }] : []
  })

const isIn = ({ certain, to }: Fact, by: number): boolean => certain && to <= by
