/** The report on a connection, made once, from the reading that was judged. */
import { type Connection, endpointText } from '../capture.ts'
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
export const replayedAs = (captured: Captured, plain: Reading, { judgement, told, onward }: Judged): Replayed => {
  const { ends, reading } = told
  const { packets, silent } = reading
  const numbers = packets.map(({ packet }) => packet)
  const beliefs = beliefsIn(numbers, ends, silent)
  const connection: ReplayedConnection = {
    ...headOf(captured, plain),
    kernels: ends.kernels,
    fits: silent === undefined ? ends.fits : { client: [], server: [], [peerOf(silent)]: ends.fits[peerOf(silent)] },
    ...judgement,
    ...inventedBy(told, judgement, onward),
    timeline: timelineOf(onward ?? told, onward === undefined ? beliefs : undefined),
  }
  const clocked = reading.clockAhead === undefined ? {} : { clockAhead: reading.clockAhead }
  if (silent !== undefined)
    return { ...clocked, connection, observations: packets.filter(({ inferred }) => !inferred), beliefs }
  const { client, server, tried } = ends
  const isAsCaptured = packets === captured.observed && captured.options.limits?.tapAt === undefined
  const found = { ...clocked, connection, observations: packets, beliefs, client, server, tried }
  return isAsCaptured ? { ...found, isAsCaptured } : found
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
    ...headOf(captured, plain),
    kernels: { client: client[0]!, server: server[0]! },
    fits: { client: [], server: [] },
    ...unreplayable(reason),
    invents: [],
    alternatives: [],
    timeline: () => [],
  },
  observations: plain.packets,
  beliefs: () => [],
})

/** Whether it stands for a packet of the capture: it is not inferred, and not the first part of an offloaded one. */
export const isShown = ({ inferred, offloadFragment }: Observation): boolean => !inferred && !offloadFragment

/** What the packets of the capture alone show: without ends that were searched with inferred packets. */
export const withoutInferred = (replayed: Replayed): Replayed => {
  const { client: _, server: __, tried: ___, ...others } = replayed
  if (!replayed.observations.some(({ inferred }) => inferred)) return replayed
  return { ...others, observations: replayed.observations.filter(isShown), beliefs: () => [] }
}

type Head = Pick<ReplayedConnection, 'client' | 'server' | 'packets' | 'tap' | 'forged'>

const headOf = ({ connection, options }: Captured, { packets }: Reading): Head => ({
  client: endpointText(connection.client),
  server: endpointText(connection.server),
  packets: connection.packets.length,
  tap: options.tap ?? tapOf(packets),
  forged: packets.flatMap(({ forged, packet }) => (forged ? [packet] : [])),
})

/** What the explanation supposes of the capture, and what it had to invent. */
const inventedBy = (told: Explained, { verdict }: Judgement, onward: Explained | undefined) => {
  const { reading, failure, ends } = told
  const words = (...ids: readonly AssumptionId[]): string[] =>
    reading.assumes.flatMap((a) => (ids.includes(a.id) ? [a.words] : []))
  const begins = isExcused(told) && !assumed(reading, 'one-direction') ? [] : words('midstream')
  const supposes = [
    ...begins,
    ...words('clock-step', 'tap-order', 'earlier-connection', 'testified'),
    ...(verdict === 'conforms' ? words('own-reset') : []),
    ...setAsideBy(onward),
  ]
  const { invents = [], alternatives = [] } = ends.explained ?? {}
  return {
    ...(supposes.length > 0 && { supposes }),
    ...(reading.silent === undefined
      ? {
          invents: failure ? begins : [...begins, ...words('old-duplicate', 'split-syn-ack'), ...invents],
          alternatives: failure ? [] : alternatives,
        }
      : { invents: [], alternatives: [] }),
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
const timelineOf = ({ reading, ends }: Explained, known?: () => readonly Belief[]): ReplayedConnection['timeline'] => {
  const { packets, silent } = reading
  const beliefs =
    known ??
    beliefsIn(
      packets.map(({ packet }) => packet),
      ends,
      silent,
    )
  if (packets.every(isShown)) return beliefs
  const isHidden = packets.map((o) => !isShown(o))
  return () => beliefs().filter((_, i) => !isHidden[i])
}

/** For each packet of the reading, as far as it is explained. */
const beliefsIn =
  (numbers: readonly number[], ends: Ends, silent: Side | undefined): (() => readonly Belief[]) =>
  () => {
    if (silent !== undefined) return beliefsOfOne(ends[peerOf(silent)] as EndReplay<unknown>, silent, numbers)
    const explained = Math.min(reach(ends.client), reach(ends.server))
    return numbers.slice(0, explained).map((packet, i) => ({ packet, ...ends.statesAt(i) }))
  }

const UNKNOWN = ['unknown']

const beliefsOfOne = (end: EndReplay<unknown>, silent: Side, numbers: readonly number[]): Belief[] =>
  numbers.slice(0, reach(end as EndReplay<never>)).map((packet, i) => {
    const { cheapest, possible } = statesAfter(end.surviving, i)
    return silent === 'client'
      ? { packet, client: UNKNOWN, server: cheapest, possible: { client: UNKNOWN, server: possible } }
      : { packet, client: cheapest, server: UNKNOWN, possible: { client: possible, server: UNKNOWN } }
  })
