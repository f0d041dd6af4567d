/** What a replay tells of a connection, made once, of the reading that was judged. */
import { endpointText } from '../capture.ts'
import { statesAfter } from './beliefs.ts'
import { type EndReplay, reach } from './end.ts'
import type { Ends } from './ends.ts'
import type { Explained } from './explain.ts'
import type { Candidates } from './options.ts'
import { type Observation, peerOf, type Side } from './packets/observation.ts'
import { tapOf } from './packets/tap.ts'
import { type AssumptionId, assumed, type Captured, type Reading } from './readings/index.ts'
import type { Belief, Replayed, ReplayedConnection } from './replayed.ts'
import { isExcused, type Judged, type Judgement, unreplayable } from './verdict.ts'

/** @param plain the capture as it stands */
export const replayedAs = (captured: Captured, plain: Reading, { judgement, told, onward }: Judged): Replayed => {
  const { ends, reading } = told
  const { packets, silent } = reading
  const numbers = packets.map(({ packet }) => packet)
  const beliefs = beliefsIn(numbers, ends, silent, assumed(reading, 'self-connect') !== undefined)
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
  return { ...clocked, connection, observations: packets, beliefs, client, server, tried }
}

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

/** It is a packet of the capture, and no first part of one. */
export const isShown = ({ inferred, offloadFragment }: Observation): boolean => !inferred && !offloadFragment

/** As far as the packets of the capture alone tell: nothing of ends that were searched with inferred packets. */
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
    ...words('clock-step', 'self-connect', 'tap-order', 'earlier-connection', 'testified'),
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
    `without packet${packets.length > 1 ? 's' : ''} ${packets.join(', ')}: so are the states after ${packets.length > 1 ? 'them' : 'it'} told`,
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
  (numbers: readonly number[], ends: Ends, silent: Side | undefined, isOne = false): (() => readonly Belief[]) =>
  () => {
    if (isOne) return beliefsOfOne(ends.client as EndReplay<unknown>, 'server', numbers).map(sameAtBoth)
    if (silent !== undefined) return beliefsOfOne(ends[peerOf(silent)] as EndReplay<unknown>, silent, numbers)
    const explained = Math.min(reach(ends.client), reach(ends.server))
    return numbers.slice(0, explained).map((packet, i) => ({ packet, ...ends.statesAt(i) }))
  }

/** One socket is both ends. */
const sameAtBoth = (b: Belief): Belief => ({
  ...b,
  server: b.client,
  possible: { client: b.possible.client, server: b.possible.client },
})

const UNKNOWN = ['unknown']

const beliefsOfOne = (end: EndReplay<unknown>, silent: Side, numbers: readonly number[]): Belief[] =>
  numbers.slice(0, reach(end as EndReplay<never>)).map((packet, i) => {
    const { cheapest, possible } = statesAfter(end.surviving, i)
    return silent === 'client'
      ? { packet, client: UNKNOWN, server: cheapest, possible: { client: UNKNOWN, server: possible } }
      : { packet, client: cheapest, server: UNKNOWN, possible: { client: possible, server: UNKNOWN } }
  })
