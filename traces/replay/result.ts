/** The report on a connection, made once, from the reading that was judged. */
import { type Connection, endpointText } from '../capture.ts'
import { packetCount } from '../readers/connections.ts'
import { statesAfter } from './beliefs.ts'
import { type EndReplay, reach } from './end.ts'
import type { Ends } from './ends.ts'
import type { Explained } from './explain.ts'
import type { Candidates } from './options.ts'
import { type Observation, observationsOf, peerOf, type Side } from './packets/observation.ts'
import { tapOf } from './packets/tap.ts'
import { type AssumptionId, assumed, type Captured, type Reading } from './readings/index.ts'
import type { Belief, Replayed, ReplayedConnection } from './replayed.ts'
import { isExcused, type Judged, type Judgement, unreplayable } from './verdict.ts'

/** @param plain the capture as it stands */
export const replayedAs = (captured: Captured, plain: Reading, judged: Judged): Replayed => {
  const { ends, reading } = judged.told
  const { packets, silent, clockAhead } = reading
  const believed = beliefsIn(judged.told)
  const replayed: Made<Replayed> = {
    connection: connectionOf(captured, plain, judged, believed),
    observations: silent === undefined ? packets : packets.filter(({ inferred }) => !inferred),
    beliefs: believed.all,
    lastBelief: believed.last,
  }
  if (clockAhead !== undefined) replayed.clockAhead = clockAhead
  if (silent !== undefined) return replayed
  replayed.client = ends.client
  replayed.server = ends.server
  replayed.tried = ends.tried
  if (packets === captured.observed && captured.options.limits?.tapAt === undefined) replayed.isAsCaptured = true
  return replayed
}

/** While it is made: set member by member, many objects have few shapes. */
type Made<T> = { -readonly [K in keyof T]: T[K] }

const connectionOf = (
  { connection: c, options }: Captured,
  plain: Reading,
  { judgement, told, onward }: Judged,
  believed: Beliefs,
): ReplayedConnection => {
  const { ends, reading } = told
  const { silent } = reading
  const { supposes, invents, alternatives } = inventedBy(told, judgement, onward)
  const made: Made<ReplayedConnection> = {
    client: endpointText(c.client),
    server: endpointText(c.server),
    packets: packetCount(c),
    tap: options.tap ?? tapOf(plain.packets),
    forged: forgedIn(plain),
    kernels: ends.kernels,
    fits: silent === undefined ? ends.fits : { client: [], server: [], [peerOf(silent)]: ends.fits[peerOf(silent)] },
    verdict: judgement.verdict,
    invents,
    alternatives,
    timeline: timelineOf(onward?.reading ?? reading, onward === undefined ? believed : beliefsIn(onward)),
  }
  if (supposes.length > 0) made.supposes = supposes
  return judgement.verdict === 'conforms' && judgement.contradictions === undefined
    ? made
    : Object.assign(made, judgement)
}

/** Gives it back, for as long as a report is kept: the observations are made anew where they can be, as captures have millions. */
export const toRecall = (replayed: Replayed, c: Connection): (() => Replayed) => {
  const { observations, ...others } = replayed
  return replayed.isAsCaptured ? recalling(others, c) : recallingAll(others, observations)
}

// Apart, so that neither keeps what the other needs.
const recalling =
  (others: Omit<Replayed, 'observations'>, c: Connection): (() => Replayed) =>
  () => ({ ...others, observations: observationsOf(c) })
const recallingAll =
  (others: Omit<Replayed, 'observations'>, observations: Replayed['observations']): (() => Replayed) =>
  () => ({ ...others, observations })

export const notReplayed = (
  captured: Captured,
  plain: Reading,
  { client, server }: Candidates,
  reason: string,
): Replayed => ({
  connection: {
    client: endpointText(captured.connection.client),
    server: endpointText(captured.connection.server),
    packets: packetCount(captured.connection),
    tap: captured.options.tap ?? tapOf(plain.packets),
    forged: forgedIn(plain),
    kernels: { client: client[0]!, server: server[0]! },
    fits: { client: [], server: [] },
    ...unreplayable(reason),
    invents: [],
    alternatives: [],
    timeline: () => [],
  },
  observations: plain.packets,
  beliefs: () => [],
  lastBelief: () => undefined,
})

/** Whether it stands for a packet of the capture: it is not inferred, and not the first part of an offloaded one. */
export const isShown = ({ inferred, offloadFragment }: Observation): boolean => !inferred && !offloadFragment

/** What the packets of the capture alone show: without ends that were searched with inferred packets. */
export const withoutInferred = (replayed: Replayed): Replayed => {
  const { client: _, server: __, tried: ___, ...others } = replayed
  if (!replayed.observations.some(({ inferred }) => inferred)) return replayed
  return {
    ...others,
    observations: replayed.observations.filter(isShown),
    beliefs: () => [],
    lastBelief: () => undefined,
  }
}

const NONE: readonly number[] = []

const forgedIn = ({ packets }: Reading): readonly number[] => {
  const forged = packets.filter((o) => o.forged)
  return forged.length === 0 ? NONE : forged.map(({ packet }) => packet)
}

/** What the explanation supposes of the capture, and what it had to invent. */
const inventedBy = (told: Explained, { verdict }: Judgement, onward: Explained | undefined) => {
  const { reading, failure, ends } = told
  const words = (...ids: readonly AssumptionId[]): string[] =>
    reading.assumes.flatMap((a) => (ids.includes(a.id) ? [a.words] : []))
  const begins = isExcused(told) && !assumed(reading, 'one-direction') ? [] : words('midstream')
  const supposes = [
    ...begins,
    ...words('clock-step', 'self-connect', 'tap-order', 'earlier-connection', 'testified'),
    ...(verdict === 'conforms' ? words('own-reset') : []),
    ...setAsideBy(onward),
  ]
  const { invents = [], alternatives = [] } = ends.explained ?? {}
  if (reading.silent !== undefined) return { supposes, invents: [], alternatives: [] }
  return {
    supposes,
    invents: failure ? begins : [...begins, ...words('old-duplicate', 'split-syn-ack'), ...invents],
    alternatives: failure ? [] : alternatives,
  }
}

const setAsideBy = (onward: Explained | undefined): string[] => {
  const packets = onward?.reading.assumes.flatMap((a) => (a.id === 'aside' ? a.packets : [])) ?? []
  if (packets.length === 0) return []
  return [
    `what follows packet${packets.length > 1 ? 's' : ''} ${packets.join(', ')} is explained without ${packets.length > 1 ? 'them' : 'it'}`,
  ]
}

/** Made when it is looked at, of numbers alone: a report keeps the timelines of all connections, not their packets. */
const timelineOf = ({ packets }: Reading, told: Beliefs): ReplayedConnection['timeline'] => {
  if (packets.every(isShown)) return told.all
  const isHidden = packets.map((o) => !isShown(o))
  return (isWanted) => told.all(isWanted, (i) => !isHidden[i])
}

/** What is told of the ends, packet by packet of the reading, as far as it is explained. */
interface Beliefs {
  /** Of the packets of those numbers and indices. */
  readonly all: (isWanted?: (packet: number) => boolean, isPlaced?: (i: number) => boolean) => readonly Belief[]
  readonly last: () => Belief | undefined
}

const beliefsIn = ({ reading, ends }: Explained): Beliefs => {
  const numbers = reading.packets.map(({ packet }) => packet)
  const { explained, at } = beliefsAt(ends, reading.silent, assumed(reading, 'self-connect') !== undefined)
  const length = Math.min(numbers.length, explained)
  const beliefAt = (i: number): Belief => ({ packet: numbers[i]!, ...at(i) })
  return {
    all: (isWanted = always, isPlaced = always) => {
      const found: Belief[] = []
      for (let i = 0; i < length; i++) if (isWanted(numbers[i]!) && isPlaced(i)) found.push(beliefAt(i))
      return found
    },
    last: () => (length === 0 ? undefined : beliefAt(length - 1)),
  }
}

const always = (): true => true

/** By index of the packet; and how many are explained. */
interface BeliefsAt {
  readonly explained: number
  at(i: number): Omit<Belief, 'packet'>
}

const beliefsAt = (ends: Ends, silent: Side | undefined, isOne: boolean): BeliefsAt => {
  if (isOne) return { explained: reach(ends.client), at: ofOneSocket(ends.client) }
  if (silent !== undefined) {
    const end = ends[peerOf(silent)]
    return { explained: reach(end), at: ofOneEnd(end as EndReplay<unknown>, silent) }
  }
  return { explained: Math.min(reach(ends.client), reach(ends.server)), at: (i) => ends.statesAt(i) }
}

/** One socket is both ends. */
const ofOneSocket =
  (end: Ends['client']): BeliefsAt['at'] =>
  (i) => {
    const { cheapest, possible } = statesAfter(end.surviving, i)
    return { client: cheapest, server: cheapest, possible: { client: possible, server: possible } }
  }

const UNKNOWN = ['unknown']

const ofOneEnd =
  (end: EndReplay<unknown>, silent: Side): BeliefsAt['at'] =>
  (i) => {
    const { cheapest, possible } = statesAfter(end.surviving, i)
    return silent === 'client'
      ? { client: UNKNOWN, server: cheapest, possible: { client: UNKNOWN, server: possible } }
      : { client: cheapest, server: UNKNOWN, possible: { client: possible, server: UNKNOWN } }
  }
