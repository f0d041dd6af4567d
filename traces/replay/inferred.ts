/** A replay as it is shown: with the packets of the capture, each once, and none that was only inferred. */

import type { Observation } from './packets/observation.ts'
import type { Replayed, ReplayedConnection } from './replayed.ts'

/** It is a packet of the capture, and no first part of one. */
export const isShown = ({ inferred, piece }: Observation): boolean => !inferred && !piece

/** Beliefs for the packets of the capture alone. */
export const asShown = ({ connection, observations }: Replayed): ReplayedConnection => {
  if (observations.every(isShown)) return connection
  return { ...connection, timeline: connection.timeline.filter((_, i) => isShown(observations[i]!)) }
}

/** What others may make of it: nothing is told of listeners and hosts where the ends were searched with inferred packets. */
export const withoutInferred = (replayed: Replayed): Replayed => {
  const { connection, observations } = replayed
  if (!observations.some(({ inferred }) => inferred)) return replayed
  return {
    ...(replayed.clockAhead !== undefined && { clockAhead: replayed.clockAhead }),
    connection: { ...connection, verdict: 'inconclusive', timeline: [] },
    observations: observations.filter(isShown),
  }
}

/** The timeline is made when somebody looks. */
export const changed = (connection: ReplayedConnection, change: Partial<ReplayedConnection>): ReplayedConnection =>
  Object.defineProperties({} as ReplayedConnection, {
    ...Object.getOwnPropertyDescriptors(connection),
    ...Object.getOwnPropertyDescriptors(change),
  })

/** The same, with more that it supposes of the capture. @param clockAhead seconds that its clock was set forward */
export const supposing = (replayed: Replayed, words: readonly string[], clockAhead: number): Replayed => {
  const { connection } = replayed
  const supposes = [...(connection.supposes ?? []), ...words]
  return { ...replayed, clockAhead, connection: changed(connection, { supposes }) }
}
