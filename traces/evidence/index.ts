/**
 * Evidence besides packets: what a host says about itself, in socket listings, counters and settings.
 *
 * `explainListing` gives the most economical explanation of a listing, what would contradict it, and what else was
 * noticed. It never decides between explanations that the rows allow alike.
 *
 * @example
 * const { rows } = openSockets('traces/corpus/ghost-connection/ghost-connection.netstat.txt')
 * const [listener] = explainListing(rows).listeners
 * listener.backlog // { value: 5, certainty: 'if full' }: 6 in the queue, and 8 requests that cannot get in
 */

export { portNumber } from '../readers/services.ts'
export { type HostSettings, readSettings } from '../readers/settings.ts'
export { type CounterValues, counted, fallen, openCounters, readCounters } from './counters.ts'
export { type ExplainOptions, explainListing } from './explain.ts'
export type { ListenerExplanation, ListingExplanation } from './explanation.ts'
export type { HostEvidence } from './hostEvidence.ts'
export { openInjected, readInjected } from './injected.ts'
export { type Moment, outsideOf, readMoment } from './moment.ts'
export { openSettings } from './openSettings.ts'
export { type OtherConnection, type OtherTap, otherTap } from './otherTap.ts'
export { openSockets, readSockets } from './read-sockets.ts'
export { type SocketListing, type SocketRow, type SocketState, type SocketTimer, socketStates } from './sockets.ts'
