/**
 * The readings of a captured connection, in the order in which they are tried. First what the packets themselves show:
 * those rules change every reading. Then, if the model does not explain that, what may be wrong with the capture or with
 * other evidence. Each reading is then cut and joined to a list that two ends can be held against, in one or several ways.
 */
import { acksWithOldNumber } from './bare-acks.ts'
import { atSteadyClock } from './clock-step.ts'
import { earlierConnection } from './earlier-connection.ts'
import { otherEvidence, seenAtFarTap } from './evidence.ts'
import { markInjected } from './injected.ts'
import { histories } from './midstream.ts'
import { notCaptured } from './not-captured.ts'
import { inPieces } from './offload.ts'
import { oneDirection } from './one-direction.ts'
import type { Captured, Failure, Reading } from './reading.ts'
import { selfConnected } from './self-connect.ts'
import { ownResets, suspectedForged } from './suspected-forged.ts'
import { inOrderSent } from './tap-order.ts'

export { setAside } from './aside.ts'
export { type Assumption, type AssumptionId, assumed, type Captured, type Failure, type Reading } from './reading.ts'
export { testified } from './testified.ts'

type Rule = (r: Reading, captured: Captured) => Reading

/** Always, in this order. */
const shown: readonly Rule[] = [inOrderSent, seenAtFarTap, markInjected, atSteadyClock, ownResets, selfConnected]

/** After a divergence, in this order: each is tried until the model explains one. */
const otherwise: readonly ((plain: Reading, captured: Captured, failure: Failure) => Iterable<Reading>)[] = [
  otherEvidence,
  earlierConnection,
  acksWithOldNumber,
  suspectedForged,
  notCaptured,
]

/** The capture as it stands. */
export const plainReading = (captured: Captured): Reading => {
  const { observed: packets, options } = captured
  const start: Reading = { packets, assumes: [], evidence: options.about ?? {} }
  return shown.reduce((reading, rule) => rule(reading, captured), start)
}

/** The other readings, where the plain one diverges; the likeliest first. */
export function* readingsAfter(plain: Reading, captured: Captured, failure: Failure): Generator<Reading> {
  for (const readings of otherwise) yield* readings(plain, captured, failure)
}

/** From a reading to what the ends are held against: long segments in pieces, the other direction, what was before. */
export const completed = (reading: Reading, captured: Captured): readonly Reading[] =>
  histories(oneDirection(inPieces(reading, captured)), captured)
