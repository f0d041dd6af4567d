/** What else was recorded of the same trouble: a socket listing, counters, settings, the other end's capture. */
import { existsSync } from 'node:fs'
import { counters as known } from '../../model/index.ts'
import {
  type Capture,
  type CounterValues,
  counted,
  explainListing,
  fallen,
  type HostEvidence,
  type ListingExplanation,
  type Moment,
  openCapture,
  openCounters,
  openSettings,
  openSockets,
  otherTap,
  outsideOf,
  portNumber,
  readMoment,
  type SocketListing,
} from '../../traces/index.ts'
import { UsageError } from '../error.ts'

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
  const dated = files.sockets === undefined ? undefined : datedListing(files.sockets, capture)
  const { counters, notes = [] } = files.counters ? countersOf(files.counters) : {}
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
    notes: [...(dated?.listing.notes ?? []), ...notes, ...(settings?.notes ?? [])],
  }
}

/**
 * A file may have an @ in its name: what follows counts as a moment only if there is no such file, and one without.
 * @throws UsageError for a moment that is none, or none of the capture
 */
const datedListing = (given: string, capture: Capture): { listing: SocketListing; at?: Moment } => {
  const cut = given.lastIndexOf('@')
  const [file, text] = [given.slice(0, cut), given.slice(cut + 1)]
  if (cut <= 0 || existsSync(given) || !existsSync(file)) return { listing: openSockets(given) }
  const place = `--sockets ${given}`
  const at = readMoment(text)
  if (at === undefined) throw new UsageError({ code: 'E_VALUE', place, cause: `"${text}" is no time`, remedy: MOMENTS })
  const cause = outsideOf(at, capture)
  if (cause !== undefined) throw new UsageError({ code: 'E_VALUE', place, cause, remedy: MOMENTS })
  return { listing: openSockets(file), at }
}

const MOMENTS =
  'give a time of the capture: @12.5s since its first packet, "@connection 3 12.5s", @07:54:19.2, "@packet 14"'

interface CountersRead {
  readonly counters: NonNullable<Evidence['counters']>
  readonly notes?: readonly string[]
}

const countersOf = ([first, second]: readonly string[]): CountersRead => {
  const before = openCounters(first!)
  if (second === undefined) return { counters: { are: 'since boot', values: before } }
  const after = openCounters(second)
  const counters = { are: 'between', values: counted(before, after) } as const
  const fell = fallen(before, after)
  if (fell.length === 0) return { counters }
  const some = fell.length > 3 ? `${fell.slice(0, 3).join(', ')} and ${fell.length - 3} more` : fell.join(', ')
  return {
    counters,
    notes: [
      `less in ${second} than in ${first}: ${some}: swapped, or the host was restarted between; they count for nothing`,
    ],
  }
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
  const known = new Set(ports.map(portNumber))
  const listening = rows.find(({ state, local }) => state === 'LISTEN' && known.has(portNumber(local.port)))
  const port = listening && portNumber(listening.local.port)
  return explainListing(rows, {
    processesShown,
    capture,
    ...(typeof port === 'number' && { port }),
    ...(counters && { counters }),
  })
}
