/** Everything that was recorded besides the capture, as far as it tells of a connection. */
import type { Capture, Connection } from '../capture.ts'
import type { AboutConnection } from '../replay/connection.ts'
import type { CounterValues } from './counters.ts'
import type { OtherTap } from './otherTap.ts'
import { type DatedListing, seenAs } from './seenAs.ts'
import type { HostSettings } from './settings.ts'

export interface HostEvidence {
  readonly sockets?: DatedListing
  /** Of the server's host: what was counted between two readings, or since boot. */
  readonly counters?: { readonly values: CounterValues }
  /** Of the server's host. */
  readonly settings?: HostSettings
  /** The other end's capture. */
  readonly other?: OtherTap
}

export interface AboutWithNotes {
  readonly about: AboutConnection
  readonly notes: readonly string[]
}

export const aboutConnection = (e: HostEvidence, c: Connection, capture: Capture): AboutWithNotes => {
  const seen = e.sockets && seenAs(e.sockets, c, capture)
  const beyond = e.other?.beyond(c)
  return {
    about: {
      client: { ...(seen && { known: seen.client }) },
      server: {
        ...(seen && { known: seen.server }),
        ...(e.settings && { sysctls: e.settings.sysctls }),
        ...(e.counters?.values.ListenOverflows === 0 && { neverFull: true as const }),
      },
      ...(beyond && { beyond }),
    },
    notes: seen?.notes ?? [],
  }
}
