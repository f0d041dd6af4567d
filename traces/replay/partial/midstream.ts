/** Connections whose beginning the capture does not show, replayed with what must have been before. */
import type { Connection } from '../../capture.ts'
import { changed } from '../inferred.ts'
import type { Observation } from '../packets/observation.ts'
import type { Replayed, ReplayedConnection } from '../replayed.ts'
import { withPrologues } from './prologue.ts'

/**
 * Replays each history that leads to the first packet, until one explains all. Where none does, the one that explains most
 * tells why; but what is said first of an end may be owed to what was before: that is no divergence.
 */
export const replayFromMiddle = (
  c: Connection,
  observations: readonly Observation[],
  replay: (o: readonly Observation[]) => Replayed,
): Replayed => {
  const histories = withPrologues(observations)
  if (histories[0] === observations) return replay(observations)
  let best: Replayed | undefined
  for (const history of histories) {
    const replayed = replay(history)
    if (best === undefined || explains(replayed) > explains(best)) best = replayed
    if (replayed.connection.verdict !== 'diverges') break
  }
  return told(best!, c, observations)
}

/** How far: everything, or up to the packet of that number. */
const explains = ({ connection: { verdict, divergence } }: Replayed): number =>
  verdict === 'conforms' ? Number.POSITIVE_INFINITY : (divergence?.packet ?? 0)

const told = (replayed: Replayed, c: Connection, observations: readonly Observation[]): Replayed => {
  const { connection } = replayed
  const words = beginsWith(c, observations)
  const change: Partial<ReplayedConnection> =
    connection.verdict === 'diverges' && isOwedToBefore(connection, observations)
      ? {
          verdict: 'inconclusive',
          reason: `${words}; what came before may be the reason for packet ${connection.divergence!.packet}`,
        }
      : { supposes: [words], invents: [words, ...connection.invents] }
  return { ...replayed, connection: changed(connection, change) }
}

const beginsWith = ({ clientKnownBy }: Connection, observations: readonly Observation[]): string => {
  const first = observations.find(({ forged }) => !forged)!
  const guess =
    clientKnownBy === 'port' ? ', by its port' : clientKnownBy === 'first packet' ? ', as it speaks first' : ''
  const client = guess === '' ? '' : `; that the client is the client is a guess${guess}`
  const missing =
    first.flags === 'S.'
      ? `packet ${first.packet} is a SYN+ACK, whose SYN it does not show`
      : `its first packet, ${first.packet}, is no SYN`
  return `the capture begins in the middle of the connection: ${missing}${client}`
}

/** It is the first that is seen of its end: what it contradicts is not shown. */
const isOwedToBefore = ({ divergence }: ReplayedConnection, observations: readonly Observation[]): boolean => {
  const failed = observations.find(({ packet }) => packet === divergence?.packet)
  return failed !== undefined && observations.find(({ from, forged }) => from === failed.from && !forged) === failed
}
