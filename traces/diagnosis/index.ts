/** What surviving hypotheses have in common, said as a diagnosis with its proof. */
import type { Connection } from '../capture.ts'
import type { Replayed } from '../replay/index.ts'
import { oneEndCloses } from './closing.ts'
import type { Diagnosis } from './diagnosis.ts'
import { earlierConnection } from './earlier-connection.ts'
import { forgedRst } from './forged-rst.ts'
import { ghostConnection } from './ghost.ts'
import { assassination, pawsDrop } from './oldSegments.ts'
import { cookieHandshake, refused, resetHandshake, synUnanswered } from './opening.ts'
import { synAckWithoutWindow, timestampsOmitted } from './proxied.ts'
import { synAckRefused } from './refused-syn-ack.ts'
import { synRepeated } from './repeated-syn.ts'
import { synAckUnanswered, thirdAckLost } from './repeatedSynAck.ts'
import { resets } from './reset.ts'
import { peerVanished, zeroWindow } from './silence.ts'
import { type Around, type Talk, talkOf } from './talk.ts'
import { finUnacknowledged } from './unacknowledged-fin.ts'
import { untranslatedAnswer } from './untranslated.ts'
import { bothClose, bothOpen } from './unusual.ts'

export { diagnosisMeanings } from './catalogue.ts'
export type { Cause, Diagnosis, DiagnosisId } from './diagnosis.ts'
export { diagnoseCapture } from './many.ts'

type Rule = (talk: Talk) => Diagnosis[]

/** Of these, the first that fits tells how the connection ended or where it stands. */
const endings: readonly Rule[] = [
  (talk) => ghostConnection(talk.replayed),
  untranslatedAnswer,
  resetHandshake,
  synUnanswered,
  synAckUnanswered,
  synAckRefused,
  forgedRst,
  refused,
  assassination,
  earlierConnection,
  resets,
  peerVanished,
  oneEndCloses,
  finUnacknowledged,
]

/** These can come before any end. */
const beside: readonly Rule[] = [
  cookieHandshake,
  thirdAckLost,
  bothOpen,
  bothClose,
  pawsDrop,
  zeroWindow,
  synRepeated,
  synAckWithoutWindow,
  timestampsOmitted,
]

/** @param all the connections of the capture: those of the same listener tell about each other */
export const diagnose = (
  replayed: Replayed,
  all: readonly Connection[],
  connection: Connection,
  around: Around = {},
): Diagnosis[] => {
  const talk = talkOf(replayed, all, connection, around)
  const ending = firstOf(endings, talk)
  const isGhost = ending.some(({ id }) => id.startsWith('ghost'))
  const found = [
    ...ending,
    ...beside.filter((rule) => !(isGhost && rule === thirdAckLost)).flatMap((rule) => rule(talk)),
  ]
  return replayed.connection.verdict === 'conforms' ? found : found.map(unproved)
}

const firstOf = (rules: readonly Rule[], talk: Talk): Diagnosis[] => {
  for (const rule of rules) {
    const found = rule(talk)
    if (found.length > 0) return found
  }
  return []
}

/** Where the model does not explain the packets, something else may be going on: nothing is certain. */
const unproved = (d: Diagnosis): Diagnosis => (d.certainty === 'certain' ? { ...d, certainty: 'likely' } : d)
