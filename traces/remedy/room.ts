/** Whether an accept queue of another size would have had room for a connection: what is known of those who waited with it. */
import type { Endpoint } from '../capture.ts'
import type { SocketRow } from '../evidence/sockets.ts'
import type { Listener } from '../listener/index.ts'
import { mayWait, overflowsOf } from '../listener/queue.ts'

/** Children besides the connection itself that the queue would hold: with a backlog of as many there is room for it. */
export interface Room {
  readonly least: number
  /** Absent where nothing bounds it. */
  readonly most?: number
  readonly because: string
}

/**
 * All connections of the listener together. Those it had turned away before would have been in the queue as well; accept() is
 * called as often as in the capture.
 * @param time when the packet came that found no room, seconds of the capture's clock
 */
export const roomAmong = ({ facts, conclusion }: Listener, client: string, time: number): Room | undefined => {
  if (conclusion.conflicts.length > 0 || conclusion.unexplained.length > 0) return undefined
  const others = facts.filter((c) => c.client !== client)
  const waiting = mayWait(facts, time)
  const came = others.filter(({ promoted }) => promoted !== undefined && promoted.from <= time)
  const away = others.filter((c) => !came.includes(c) && c.overflows.some(({ from }) => from <= time)).length
  const span = conclusion.full.find(({ from, to }) => from <= time && time <= to)
  const held = (conclusion.backlog.known ?? conclusion.backlog.least) + 1
  const before = span
    ? overflowsOf(facts).filter(({ fact }) => fact.dropped === 'ACK' && fact.from >= span.from && fact.from < time)
    : []
  const queued = new Set(before.map((m) => m.client).filter((c) => c !== client)).size
  return {
    least: span === undefined ? 0 : Math.min(waiting + away, held + queued),
    most: waiting + away,
    because: `at most ${children(waiting)} can be in the queue then${away === 0 ? '' : `, and it had turned ${away} away before`}`,
  }
}

/** A listing of the server's sockets: those in the queue, and the requests that want into it. */
export const roomByListing = (rows: readonly SocketRow[], server: Endpoint): Room | undefined => {
  const listener = rows.find(({ state, local }) => state === 'LISTEN' && local.port === server.port)
  if (listener === undefined) return undefined
  const requests = rows.filter(({ state, local }) => state === 'SYN_RECV' && local.port === server.port).length
  const most = listener.recvQ + Math.max(0, requests - 1)
  return {
    least: listener.recvQ,
    most,
    because: `by the listing ${children(listener.recvQ)} wait in the queue, and ${requests === 1 ? 'one request wants' : `${requests} requests want`} into it`,
  }
}

const children = (n: number): string => (n === 1 ? 'one child' : `${n} children`)

export const roomText = (size: number | undefined, room: Room | undefined): string => {
  if (room?.most === undefined)
    return `${size === undefined ? 'which backlog is large enough' : `whether backlog=${size} is large enough`} cannot be told: the capture does not show who else waits`
  const { least, most, because } = room
  if (size === undefined) return `a backlog of ${most} has room for it: ${because}`
  if (size >= most) return `backlog=${size} has room for it: ${because}`
  if (size < least) return `backlog=${size} is too small: ${least} others fill it, ${most} has room for it`
  return `whether backlog=${size} has room for it cannot be told, ${most} has: ${because}`
}
