/**
 * What packets reveal of the hosts that sent them: the kernels that fit and those that are ruled out, the settings as far as
 * timers, options and endings show them, each with the packets that decide.
 *
 * @example
 * const hosts = gatherHosts(placeOf(capture))
 * for (const connection of capture.connections) hosts.take(replayConnection(connection, candidates), connection)
 * hosts.conclude()[0].settings   // tcp_synack_retries is 5: packet 88 is the 5th SYN+ACK retransmission, and none follows
 *
 * Read next: `synAcks.ts`, `kernels.ts`.
 */
export { gatherHosts, type Host } from './gather.ts'
export type { RuledOut } from './kernels.ts'
export type { Setting } from './merge.ts'
