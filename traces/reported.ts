/** A connection as a report tells it: what was replayed, and what was found beside. */
import type { Diagnosis } from './diagnosis/index.ts'
import type { OtherConnection } from './evidence/otherTap.ts'
import type { WhatIf } from './remedy/whatIf.ts'
import type { Belief, ReplayedConnection } from './replay/replayed.ts'

export interface Found {
  readonly diagnoses: readonly Diagnosis[]
  /** What the remedy that was asked about would have done. */
  readonly whatIf?: WhatIf
  /** The same connection in the other capture, or why it cannot be found there. */
  readonly other?: OtherConnection
}

export type ReportedConnection = ReplayedConnection & Found

/** The timeline is still made when somebody looks: a copy that is spread has to take it along. */
export const reported = (connection: ReplayedConnection, found: Found): ReportedConnection =>
  new Reported(connection, found) as unknown as ReportedConnection

/** A class: with a getter of its own, each of a hundred thousand objects would have a shape of its own, too. */
class Reported {
  readonly #timeline: () => readonly Belief[]

  constructor(connection: ReplayedConnection, found: Found) {
    const own: Record<string, unknown> = this as object as Record<string, unknown>
    for (const name of Object.keys(connection) as (keyof ReplayedConnection)[])
      if (name !== 'timeline') own[name] = connection[name]
    Object.assign(own, found)
    const timeline = Object.getOwnPropertyDescriptor(connection, 'timeline')
    this.#timeline = timeline?.get ?? (() => timeline?.value ?? [])
  }

  get timeline(): readonly Belief[] {
    return this.#timeline()
  }

  toJSON(): object {
    return { ...this, timeline: this.timeline }
  }
}
