/** What surviving hypotheses have in common, said as a diagnosis with its proof. */
import type { Replayed } from '../replay/connection.ts'
import type { Diagnosis } from './diagnosis.ts'
import { ghostConnection } from './ghost.ts'
import { abortOnOverflow, refused, synUnanswered } from './opening.ts'

export type { Cause, Diagnosis } from './diagnosis.ts'

export const diagnose = (r: Replayed): Diagnosis[] =>
  [ghostConnection, abortOnOverflow, synUnanswered, refused].flatMap((diagnosis) => diagnosis(r))
