/** Holds a reading against the model: both ends are searched, and what no stack can send is found without a search. */
import { tooEarly } from './backoff.ts'
import type { Bound } from './bound.ts'
import { type Divergence, divergenceOf } from './divergence.ts'
import { reach } from './end.ts'
import { type Ends, endsOf, isClientExplained } from './ends.ts'
import { once } from './once.ts'
import type { Candidates, ReplayOptions } from './options.ts'
import { perEnd } from './readings/per-end.ts'
import { assumed, type Failure, type Reading } from './readings/reading.ts'
import type { Budget } from './search/budget.ts'
import type { Searched } from './search/search.ts'
import { acknowledgesUnsent, answersNoSyn } from './unsent.ts'

export interface Explained {
  readonly reading: Reading
  readonly ends: Ends
  /** Absent where the model explains all packets. */
  readonly failure?: Failure
  /** Evidence that no hypothesis agrees with. */
  readonly contradicted: readonly string[]
}

/** Most hypotheses for a capture that cannot conform: enough to word a divergence that comes early. */
const FOR_THE_REASON = 2_000

export const explain = (
  reading: Reading,
  candidates: Candidates,
  options: ReplayOptions,
  budget: Budget,
): Explained => {
  const { packets } = reading
  const { assumes, ...seen } = perEnd(packets)
  const impossible = impossibleIn(reading, options)
  const ends = endsOf(packets, seen, candidates, searchOptions(reading, options, budget))
  const failure = failureOf(reading, ends, impossible, budget.met)
  const contradicted = [ends.client, ends.server].flatMap((e) => e.contradicted ?? [])
  return {
    reading: { ...reading, assumes: [...reading.assumes, ...assumes] },
    ends,
    ...(failure && { failure }),
    contradicted,
  }
}

/** Whether a reading may explain all: something explains its client's end. */
export const mayExplainAll = (
  reading: Reading,
  candidates: Candidates,
  options: ReplayOptions,
  budget: Budget,
): boolean => {
  const { clocked } = perEnd(reading.packets)
  return isClientExplained(reading.packets, clocked, candidates, searchOptions(reading, options, budget))
}

const impossibleIn = ({ packets }: Reading, { dropped }: ReplayOptions): Divergence | undefined =>
  dropped ? undefined : (answersNoSyn(packets) ?? acknowledgesUnsent(packets))

const searchOptions = (reading: Reading, options: ReplayOptions, budget: Budget) => {
  const limits = impossibleIn(reading, options) ? { ...options.limits, most: FOR_THE_REASON } : options.limits
  return { ...options, budget, about: reading.evidence, ...(limits && { limits }) }
}

/** The number of the first packet that is not explained; the greatest integer if only evidence is contradicted; else infinity. */
export const explainsUpTo = ({ failure, contradicted }: Explained): number =>
  failure?.packet ?? (contradicted.length > 0 ? Number.MAX_SAFE_INTEGER : Number.POSITIVE_INFINITY)

const failureOf = (
  reading: Reading,
  { client, server }: Ends,
  impossible: Divergence | undefined,
  bound: Bound | undefined,
): Failure | undefined => {
  const { packets } = reading
  const isOne = assumed(reading, 'self-connect') !== undefined
  const failed = isOne || reach(client) <= reach(server) ? client : server
  const early = tooEarly(packets)
  if (early !== undefined && early.at < reach(failed)) return toldAs(early.divergence)
  const searched = failed.searched as Searched<unknown>
  if (searched.failedAt === undefined) return undefined
  if (searched.cut && impossible !== undefined) return toldAs(impossible)
  const { packet } = searched.failed ?? packets[searched.failedAt]!
  const divergence = once(() => toldWhenRead(packet, () => divergenceOf(packets, searched)))
  return { packet, divergence, cut: searched.cut && impossible === undefined, ...(bound && { bound }) }
}

/** Its words are made when they are read: the packet is known without them. */
const toldWhenRead = (packet: number, make: () => Divergence): Divergence => {
  const made = once(make)
  return {
    packet,
    get reason() {
      return made().reason
    },
    get allowed() {
      return made().allowed
    },
  }
}

const toldAs = (divergence: Divergence): Failure => ({
  packet: divergence.packet,
  divergence: () => divergence,
  cut: false,
})
