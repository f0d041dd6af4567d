/** A replay as it is shown: with the packets of the capture, and none that was only inferred. */
import type { Replayed, ReplayedConnection } from './connection.ts'

/** Beliefs for the packets of the capture alone. */
export const asShown = ({ connection, observations }: Replayed): ReplayedConnection => {
  if (!observations.some(({ inferred }) => inferred)) return connection
  return { ...connection, timeline: connection.timeline.filter((_, i) => !observations[i]!.inferred) }
}

/** What others may make of it: nothing is told of listeners and hosts where the ends were searched with inferred packets. */
export const withoutInferred = (replayed: Replayed): Replayed => {
  const { connection, observations } = replayed
  if (!observations.some(({ inferred }) => inferred)) return replayed
  return {
    connection: { ...connection, verdict: 'inconclusive', timeline: [] },
    observations: observations.filter(({ inferred }) => !inferred),
  }
}
