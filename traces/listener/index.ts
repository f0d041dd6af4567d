/**
 * All connections of one listener together: the accept queue couples them, so that what each leaves open may be decided
 * by the others.
 *
 * @example
 * const listeners = gatherListeners(placeOf(capture), {})
 * for (const connection of capture.connections) listeners.take(replayConnection(connection, candidates), connection)
 * listeners.conclude()[0].conclusion.sentences   // the accept queue was full from packet 41 to packet 62: …
 *
 * Read next: `queue.ts`, `facts.ts`.
 */
export type { ListenerConclusion } from './conclude.ts'
export { gatherListeners, type Listener } from './gather.ts'
export { narrowed } from './narrow.ts'
