/**
 * Replays connections: is there a run of the model that shows exactly these packets, and what were both ends in every such run?
 *
 * @example
 * const [connection] = openCapture('traces/corpus/05-ghost/capture.pcap').connections
 * const { connection: found } = replayConnection(connection, { client: ['linux-6.18'], server: ['linux-6.18'] })
 * found.verdict            // 'conforms'
 * found.timeline().at(-1)  // { packet: …, client: ['CLOSED'], server: ['SYN_RECV'], possible: … }
 *
 * A packet goes one way: `packets/observation.ts`, `packets/analysis.ts`, `readings/index.ts`, `explain.ts` (the search, for
 * each end), `replay.ts`, `verdict.ts`, `result.ts`. docs/replay.md says what a belief is, and what the search can decide.
 *
 * Read next: `replay.ts`, then `readings/index.ts` and `verdict.ts`.
 */
export type { Alternative } from './beliefs.ts'
export type { Divergence } from './divergence.ts'
export { type LatePacket, latePackets } from './late.ts'
export type { ReplayOptions } from './options.ts'
export type { Tap } from './packets/tap.ts'
export { replayConnection } from './replay.ts'
export type { Belief, Replayed, ReplayedConnection } from './replayed.ts'
export type { ReplayVerdict } from './verdict.ts'
