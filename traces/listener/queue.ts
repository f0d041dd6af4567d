/**
 * The accept queue that all connections of a listener share. It is first in first out, holds at most B + 1, and shrinks by
 * accept() alone, which no packet shows: a child that was reset keeps its place. linux: sk_acceptq_is_full, inet_csk_accept
 */
import type { Fact, ListenerFacts, Overflow } from './facts.ts'
import { ascending, atMost, below, once } from './sorted.ts'

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

/** Of those who may have entered the queue by then, who may be the last. */
export const lastBefore = (all: readonly ListenerFacts[], time: number): Fact | undefined => {
  const promotions = promotionsOf(all)
  return latestOf(promotions)[atMost(beginnings(promotions), time) - 1]
}

/** Somebody may have entered the queue after one moment and by another. */
export const mayEnter = (all: readonly ListenerFacts[], after: number, by: number): boolean =>
  (lastBefore(all, by)?.to ?? Number.NEGATIVE_INFINITY) > after

/**
 * Children that may be in the queue at that moment, whatever its size: those who may have entered it, and neither act as
 * accepted nor surely entered before somebody who does.
 */
export const mayWait = (all: readonly ListenerFacts[], time: number): number => {
  const { times, counts } = waiting(all)
  return counts[atMost(times, time) - 1] ?? 0
}

/** How many may wait, from each moment on at which that changes. */
const waiting = once((all: readonly ListenerFacts[]) => {
  const promoted = all.filter((c) => c.promoted !== undefined)
  const entering = [...promoted].sort((a, b) => a.promoted!.from - b.promoted!.from)
  const acting = promoted.filter((c) => c.acted).sort((a, b) => a.acted!.time - b.acted!.time)
  const certain = promoted.filter((c) => c.promoted!.certain).sort((a, b) => a.promoted!.to - b.promoted!.to)
  const times = ascending([...new Set([...entering.map((c) => c.promoted!.from), ...acting.map((c) => c.acted!.time)])])
  const here = new Set<ListenerFacts>()
  const gone = new Set<ListenerFacts>()
  const leave = (c: ListenerFacts): void => {
    gone.add(c)
    here.delete(c)
  }
  let [entered, acted, left, out] = [0, 0, 0, Number.NEGATIVE_INFINITY]
  const counts = times.map((time) => {
    for (; entered < entering.length && entering[entered]!.promoted!.from <= time; entered++)
      if (!gone.has(entering[entered]!)) here.add(entering[entered]!)
    for (; acted < acting.length && acting[acted]!.acted!.time <= time; acted++) {
      leave(acting[acted]!)
      out = Math.max(out, acting[acted]!.promoted!.from)
    }
    for (; left < certain.length && certain[left]!.promoted!.to < out; left++) leave(certain[left]!)
    return here.size
  })
  return { times, counts }
})

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

/** Between two that met it full it stayed full unless somebody may have entered it; and back to the last who may have. */
export const fullSpans = (all: readonly ListenerFacts[]): FullSpan[] => {
  const spans: FullSpan[] = []
  for (const { client, fact } of overflowsOf(all)) {
    const span = spans.at(-1)
    if (span !== undefined && !mayEnter(all, span.to, fact.to)) {
      const clients = span.clients.includes(client) ? span.clients : [...span.clients, client]
      spans[spans.length - 1] = {
        ...span,
        to: Math.max(span.to, fact.from),
        packets: [span.packets[0], fact.packet],
        met: [...span.met, fact.packet],
        clients,
      }
    } else spans.push(spanFrom(client, fact, lastBefore(all, fact.to)))
  }
  return spans
}

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
