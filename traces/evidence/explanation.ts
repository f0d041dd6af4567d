/** What a socket listing says about a listener, and how sure that is. */
import type { SocketRow } from './sockets.ts'

export interface ListenerExplanation {
  readonly listener: SocketRow
  /** Connections in the accept queue, dead ones included: Recv-Q of the LISTEN row. */
  readonly acceptQueue: number
  /** `shown` by ss; `if full`, the queue being full is the best explanation; `at least`, nothing says that it is. */
  readonly backlog: { readonly value: number; readonly certainty: 'shown' | 'if full' | 'at least' }
  /** Whether the accept queue holds backlog + 1 connections; undefined when the listing cannot tell. */
  readonly full?: boolean
  /** SYN_RECV: handshakes that are not promoted (yet). */
  readonly requests: readonly SocketRow[]
  /** The rows that the queue most economically consists of. */
  readonly unaccepted: readonly SocketRow[]
  /** Slots for which no row is left: children that were reset before accept(), which have no line of their own. */
  readonly dead: number
  /** How many more rows could be in the queue as well as those in `unaccepted`. */
  readonly others: number
  /** The most economical explanation, one sentence each. */
  readonly because: readonly string[]
  /** What would contradict it, and the observation that would tell. */
  readonly unless: readonly string[]
  readonly notes: readonly string[]
}

export interface ListingExplanation {
  readonly listeners: readonly ListenerExplanation[]
  readonly notes: readonly string[]
}
