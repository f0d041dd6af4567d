/**
 * The accept queue that all connections of a listener share. It is first in first out, holds at most B + 1, and shrinks by
 * accept() alone, which no packet shows: a child that was reset keeps its place. linux: sk_acceptq_is_full, inet_csk_accept
 */
import type { Fact, ListenerFacts, Overflow } from './facts.ts'

export interface Meeting<F extends Fact = Fact> {
  readonly client: string
  readonly fact: F
}

/** In order of the earliest moment, whether they are certain or not. */
export const promotionsOf = (all: readonly ListenerFacts[]): Meeting[] =>
  all
    .flatMap(({ client, promoted }) => (promoted ? [{ client, fact: promoted }] : []))
    .sort((a, b) => a.fact.from - b.fact.from)

/**
 * Every time that a connection surely met a full accept queue, in order. A SYN may as well have met a full SYN queue,
 * unless no request can have been in it; a bare ACK may have been deferred (TCP_DEFER_ACCEPT).
 */
export const overflowsOf = (all: readonly ListenerFacts[]): Meeting<Overflow>[] =>
  all
    .flatMap(({ client, overflows }) => overflows.map((fact) => ({ client, fact })))
    .filter(
      ({ client, fact }) =>
        fact.certain && !fact.deferrable && (fact.dropped === 'ACK' || noRequest(all, client, fact)),
    )
    .sort((a, b) => a.fact.from - b.fact.from)

const noRequest = (all: readonly ListenerFacts[], client: string, { from, to }: Fact): boolean =>
  !all.some(
    (c) => c.client !== client && c.mayRequest !== undefined && c.mayRequest.from <= to && c.mayRequest.to >= from,
  )

/** Children that may be in the queue at that moment, whatever its size. */
export const mayWait = (all: readonly ListenerFacts[], time: number): number => {
  const out = surelyOutBefore(all, time)
  return all.filter((c) => {
    if (c.promoted === undefined || c.promoted.from > time) return false
    if (c.acted !== undefined && c.acted.time <= time) return false
    return !(c.promoted.certain && c.promoted.to < out)
  }).length
}

/** Who surely entered before this moment has left: somebody who entered after it was accepted already. */
const surelyOutBefore = (all: readonly ListenerFacts[], time: number): number =>
  all.reduce(
    (latest, { acted, promoted }) =>
      acted !== undefined && acted.time <= time && promoted !== undefined ? Math.max(latest, promoted.from) : latest,
    Number.NEGATIVE_INFINITY,
  )

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
  const promotions = promotionsOf(all)
  const spans: FullSpan[] = []
  for (const { client, fact } of overflowsOf(all)) {
    const span = spans.at(-1)
    const mayEnter = span && promotions.some((p) => p.fact.to > span.to && p.fact.from <= fact.to)
    if (span !== undefined && !mayEnter) {
      const clients = span.clients.includes(client) ? span.clients : [...span.clients, client]
      spans[spans.length - 1] = {
        ...span,
        to: Math.max(span.to, fact.from),
        packets: [span.packets[0], fact.packet],
        met: [...span.met, fact.packet],
        clients,
      }
    } else spans.push(spanFrom(client, fact, promotions))
  }
  return spans
}

const spanFrom = (client: string, fact: Overflow, promotions: readonly Meeting[]): FullSpan => {
  const last = promotions
    .filter((p) => p.fact.from <= fact.to)
    .reduce<Fact | undefined>((a, { fact: f }) => (a === undefined || f.to > a.to ? f : a), undefined)
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
    const entered = promotionsOf(all).find(({ fact }) => fact.certain && fact.from > span.to && fact.to <= next)?.fact
    return entered ? [{ after: span.to, before: entered.to, packets: [span.packets[1], entered.packet] }] : []
  })
