/** What else was recorded of the same trouble: a socket listing, counters, settings, the other end's capture. */
import { existsSync } from 'node:fs'
import { counters as known } from '../../model/index.ts'
import {
  type Capture,
  type CounterValues,
  counted,
  explainListing,
  type HostEvidence,
  type ListingExplanation,
  type Moment,
  openCapture,
  openCounters,
  openSettings,
  openSockets,
  otherTap,
  readMoment,
  type SocketListing,
} from '../../traces/index.ts'

export interface Evidence {
  readonly sockets?: ListingExplanation
  /** `since boot` from one reading, `between` two of them. */
  readonly counters?: { readonly are: 'since boot' | 'between'; readonly values: CounterValues }
  /** The settings of the server's host that the model obeys, and where they stand. */
  readonly settings?: { readonly file: string; readonly sysctls: Readonly<Record<string, number>> }
}

export interface EvidenceFiles {
  /** `file`, or `file@moment`. */
  readonly sockets?: string
  /** One reading, or the one before and the one after. */
  readonly counters?: readonly string[]
  readonly sysctl?: string
  readonly with?: string
}

/** What is replayed with, and what is told of it beside. */
export interface EvidenceRead {
  readonly host: HostEvidence
  readonly told: Evidence
  readonly notes: readonly string[]
}

/** @throws ReadError */
export const evidenceOf = (files: EvidenceFiles, capture: Capture): EvidenceRead => {
  const dated = files.sockets === undefined ? undefined : datedListing(files.sockets)
  const counters = files.counters && countersOf(files.counters)
  const settings = files.sysctl === undefined ? undefined : openSettings(files.sysctl)
  const other = files.with === undefined ? undefined : otherTap(openCapture(files.with))
  return {
    host: {
      ...(dated && { sockets: dated }),
      ...(counters && { counters }),
      ...(settings && { settings }),
      ...(other && { other }),
    },
    told: {
      ...(dated && { sockets: explained(dated.listing, capture, counters?.values) }),
      ...(counters && { counters: { ...counters, values: ofInterest(counters.values) } }),
      ...(settings && { settings: { file: settings.file, sysctls: settings.sysctls } }),
    },
    notes: [...(dated?.listing.notes ?? []), ...(settings?.notes ?? [])],
  }
}

/** A file may have an @ in its name: what follows counts as a moment only if it is one and there is no such file. */
const datedListing = (given: string): { listing: SocketListing; at?: Moment } => {
  const cut = given.lastIndexOf('@')
  const at = cut > 0 && !existsSync(given) ? readMoment(given.slice(cut + 1)) : undefined
  return at ? { listing: openSockets(given.slice(0, cut)), at } : { listing: openSockets(given) }
}

const countersOf = ([first, second]: readonly string[]): NonNullable<Evidence['counters']> => {
  const before = openCounters(first!)
  if (second === undefined) return { are: 'since boot', values: before }
  return { are: 'between', values: counted(before, openCounters(second)) }
}

/** Those that the model knows, as far as they moved. */
const ofInterest = (values: CounterValues): CounterValues =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => name in known && value > 0))

/** Only the listeners that the capture speaks to, if the listing has them. */
const explained = (
  { rows, processesShown }: SocketListing,
  capture: Capture,
  counters: CounterValues | undefined,
): ListingExplanation => {
  const ports = capture.connections.map(({ server }) => server.port)
  const port = rows.find(({ state, local }) => state === 'LISTEN' && ports.includes(local.port))?.local.port
  return explainListing(rows, {
    processesShown,
    capture,
    ...(typeof port === 'number' && { port }),
    ...(counters && { counters }),
  })
}
