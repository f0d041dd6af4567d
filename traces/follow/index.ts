/**
 * Captures that are still being made: packets come in one after another, and each connection is told as it ends or jams.
 *
 * @example
 * const follower = new Follower(({ because, connection }) => console.log(because, connection.client))
 * const decoder = livePackets('-', (packet) => follower.take(packet))
 */
export { type Because, Follower, type FollowLimits, followLimits, type Told } from './follower.ts'
export { livePackets } from './live-capture.ts'
