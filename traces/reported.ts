/** A connection as a report tells it: what was replayed, and what was found beside. */

import type { Connection } from './capture.ts'
import type { Diagnosis, DiagnosisId } from './diagnosis/index.ts'
import type { OtherConnection } from './evidence/otherTap.ts'
import type { WhatIf } from './remedy/whatIf.ts'
import { latePackets, type ReplayedConnection } from './replay/index.ts'
import { once } from './replay/once.ts'

export interface ReportedConnection extends ReplayedConnection {
  /** Made when they are read. */
  readonly diagnoses: readonly Diagnosis[]
  /** Ids of its diagnoses, one each: what many connections are counted by. */
  readonly diagnosed: readonly DiagnosisId[]
  /** With all that is made when it is read, and what is late of its packets. */
  toJSON(): object
  /** What the remedy that was asked about would have done. */
  readonly whatIf?: WhatIf
  /** The same connection in the other capture, or why it cannot be found there. */
  readonly other?: OtherConnection
}

/** What a report has of a connection beside what it finds at once. One class: of the objects of a capture there are millions. */
class Diagnosed {
  readonly #connection: Connection
  readonly #diagnoses: () => readonly Diagnosis[]

  constructor(connection: Connection, diagnoses: () => readonly Diagnosis[]) {
    this.#connection = connection
    this.#diagnoses = once(diagnoses)
  }

  get diagnoses(): readonly Diagnosis[] {
    return this.#diagnoses()
  }

  get diagnosed(): readonly DiagnosisId[] {
    return this.#diagnoses().map(({ id }) => id)
  }

  toJSON(this: Diagnosed & Pick<ReplayedConnection, 'timeline'>): object {
    const late = latePackets(this.#connection)
    return { ...this, timeline: this.timeline(), ...(late && { late }), diagnoses: this.diagnoses }
  }
}

/**
 * @param connection that it was found in
 * @param diagnoses called when they are read, once
 */
export const reported = (
  found: Omit<ReportedConnection, 'diagnoses' | 'diagnosed' | 'toJSON'>,
  connection: Connection,
  diagnoses: () => readonly Diagnosis[],
): ReportedConnection => Object.assign(new Diagnosed(connection, diagnoses), found)
