/**
 * A capture of one direction (asymmetric routing, `src host`): what the end that is seen acknowledges proves what came to it.
 * Its states can be told as far as they hang on that; FINs and RSTs that came, and what was never acknowledged, stay unknown.
 */
import type { Socket } from '../../../model/index.ts'
import { statesAfter } from '../beliefs.ts'
import { type EndReplay, reach } from '../end.ts'
import { isShown } from '../inferred.ts'
import { type Observation, peerOf, type Side } from '../packets/observation.ts'
import type { Belief, Replayed, ReplayedConnection } from '../replayed.ts'
import { withOtherSide } from './otherSide.ts'

/** The end of which nothing is seen, though packets of the other one acknowledge it, and the first that does. */
export interface OneSided {
  readonly silent: Side
  readonly heard: number
}

export const oneSided = (observations: readonly Observation[]): OneSided | undefined => {
  const silent = (['client', 'server'] as const).find((side) => observations.every((o) => o.from !== side))
  const heard = observations.find((o) => o.ack !== undefined && !o.flags.includes('R') && !o.forged)
  return silent === undefined || heard === undefined ? undefined : { silent, heard: heard.packet }
}

/** Why nothing can be judged, and in which states the end that is seen was. @param replay explains both ends */
export const replayOneSide = (
  observations: readonly Observation[],
  { silent, heard }: OneSided,
  replay: (o: readonly Observation[]) => Replayed,
): Replayed => {
  const replayed = replay(withOtherSide(observations, silent))
  const seen = peerOf(silent)
  const end = replayed[seen] as EndReplay<Socket> | undefined
  const { connection } = replayed
  const told: ReplayedConnection = {
    ...connection,
    verdict: 'inconclusive',
    reason:
      `the capture shows nothing that the ${silent} sent, though packet ${heard} acknowledges it: one direction is missing; ` +
      `the states of the ${seen} are told as what it acknowledges has them, a FIN or RST that came to it unseen is not`,
    fits: { client: [], server: [], [seen]: connection.fits[seen] },
    timeline: end === undefined ? [] : timelineOf(end, silent, replayed.observations),
    invents: [],
    alternatives: [],
  }
  const { divergence: _, ...unproved } = told
  return { connection: unproved, observations }
}

const timelineOf = (end: EndReplay<Socket>, silent: Side, observations: readonly Observation[]): Belief[] => {
  const shown = observations.flatMap((o, i) => (!isShown(o) || i >= reach(end) ? [] : [{ packet: o.packet, i }]))
  return shown.map(({ packet, i }) => {
    const { cheapest, possible } = statesAfter(end.surviving, i)
    const unknown = ['unknown']
    return silent === 'client'
      ? { packet, client: unknown, server: cheapest, possible: { client: unknown, server: possible } }
      : { packet, client: cheapest, server: unknown, possible: { client: possible, server: unknown } }
  })
}
