/** What else was recorded of the same trouble: a socket listing, counters. */
import { counters as known } from '../../model/index.ts'
import {
  type Capture,
  type CounterValues,
  counted,
  explainListing,
  type ListingExplanation,
  openCounters,
  openSockets,
} from '../../traces/index.ts'

export interface Evidence {
  readonly sockets?: ListingExplanation
  /** `since boot` from one reading, `between` two of them. */
  readonly counters?: { readonly are: 'since boot' | 'between'; readonly values: CounterValues }
}

export interface EvidenceFiles {
  readonly sockets?: string
  /** One reading, or the one before and the one after. */
  readonly counters?: readonly string[]
}

/** @throws ReadError */
export const evidenceOf = (files: EvidenceFiles, capture: Capture): Evidence => {
  const counters = files.counters && countersOf(files.counters)
  return {
    ...(files.sockets !== undefined && { sockets: listing(files.sockets, capture, counters?.values) }),
    ...(counters && { counters }),
  }
}

const countersOf = ([first, second]: readonly string[]): NonNullable<Evidence['counters']> => {
  const before = openCounters(first!)
  if (second === undefined) return { are: 'since boot', values: ofInterest(before) }
  return { are: 'between', values: ofInterest(counted(before, openCounters(second))) }
}

/** Those that the model knows, as far as they moved. */
const ofInterest = (values: CounterValues): CounterValues =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => name in known && value > 0))

/** Only the listeners that the capture speaks to, if the listing has them. */
const listing = (file: string, capture: Capture, counters: CounterValues | undefined): ListingExplanation => {
  const { rows, processesShown } = openSockets(file)
  const ports = capture.connections.map(({ server }) => server.port)
  const port = rows.find(({ state, local }) => state === 'LISTEN' && ports.includes(local.port))?.local.port
  return explainListing(rows, {
    processesShown,
    capture,
    ...(typeof port === 'number' && { port }),
    ...(counters && { counters }),
  })
}
