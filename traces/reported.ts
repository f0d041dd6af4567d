/** A connection as a report tells it: what was replayed, and what was found beside. */
import type { Diagnosis } from './diagnosis/index.ts'
import type { OtherConnection } from './evidence/otherTap.ts'
import type { WhatIf } from './remedy/whatIf.ts'
import type { ReplayedConnection } from './replay/index.ts'

export interface ReportedConnection extends ReplayedConnection {
  readonly diagnoses: readonly Diagnosis[]
  /** What the remedy that was asked about would have done. */
  readonly whatIf?: WhatIf
  /** The same connection in the other capture, or why it cannot be found there. */
  readonly other?: OtherConnection
}
