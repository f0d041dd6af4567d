/** What a SYN that is sent once and not answered is called, without the words: of a flood there may be a million. */
import type { Connection } from '../capture.ts'
import type { Legs } from '../legs/legs.ts'
import type { DiagnosisId } from './diagnosis.ts'
import { siblingsOf } from './siblings.ts'

/**
 * Ids of what `diagnose` finds, whatever else it says of each: no rule but that of unanswered SYNs has something to say. Undefined
 * where it takes a look: a translation of addresses, or an answered SYN of the same address with a timestamp that may be newer.
 */
export const loneSynDiagnosed = (
  all: readonly Connection[],
  connection: Connection,
  legs: Legs,
): readonly DiagnosisId[] | undefined => {
  if (legs.of(connection.id) !== undefined) return undefined
  return siblingsOf(all, connection).answers(connection.client.address) ? undefined : UNANSWERED
}

const UNANSWERED: readonly DiagnosisId[] = ['SYN-unanswered']
