/** Which rows a listener's accept queue most economically consists of. */
import type { Endpoint } from '../capture.ts'
import { plainAddress, samePort } from './addresses.ts'
import type { SocketRow } from './sockets.ts'

export interface AcceptQueue {
  readonly requests: readonly SocketRow[]
  readonly unaccepted: readonly SocketRow[]
  readonly dead: number
  /** Rows that could as well have been chosen. */
  readonly others: number
}

/** Linux counts children in the queue until accept(), whatever became of them. linux: sk_ack_backlog */
export const acceptQueueOf = (listener: SocketRow, rows: readonly SocketRow[]): AcceptQueue => {
  const own = rows.filter((row) => row.state !== 'LISTEN' && belongsTo(row.local, listener.local))
  const candidates = own.filter(mayBeQueued).sort((a, b) => unlikelihood(a) - unlikelihood(b))
  const unaccepted = candidates.slice(0, listener.recvQ)
  return {
    requests: own.filter((row) => row.state === 'SYN_RECV'),
    unaccepted,
    dead: listener.recvQ - unaccepted.length,
    others: candidates.length - unaccepted.length,
  }
}

const WILDCARDS = ['0.0.0.0', '*', '::', '[::]']

export const belongsTo = (local: Endpoint, listener: Endpoint): boolean =>
  samePort(local, listener) &&
  (WILDCARDS.includes(listener.address.replace(/%.*$/, '')) || plainAddress(local) === plainAddress(listener))

/**
 * A queued child is ESTABLISHED or CLOSE_WAIT, for it was never closed, and no process has it. A CLOSE_WAIT
 * without unread bytes was read to its end, so it was accepted.
 */
const mayBeQueued = ({ state, process, recvQ }: SocketRow): boolean =>
  process === undefined && (state === 'ESTABLISHED' || (state === 'CLOSE_WAIT' && recvQ > 0))

/** A child not accepted is not read: unread bytes, and a client that gave up, speak for the queue. */
const unlikelihood = ({ state, recvQ }: SocketRow): number => (state === 'CLOSE_WAIT' ? 0 : recvQ > 0 ? 1 : 2)
