/** Whether an accept queue of another size would have had room for a connection: what is known of those beside it. */
import type { Endpoint } from '../capture.ts'
import type { SocketRow } from '../evidence/sockets.ts'
import type { ListenerFacts } from '../listener/facts.ts'
import type { Listener } from '../listener/index.ts'
import { mayWait, overflowsOf, spanAt } from '../listener/queue.ts'
import { ascending, atMost, below, once } from '../listener/sorted.ts'

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
  const waiting = mayWait(facts, time)
  const away = turnedAway(facts, client, time)
  const span = spanAt(conclusion.full, time)
  const held = (conclusion.backlog.known ?? conclusion.backlog.least) + 1
  const queued = span === undefined ? 0 : new Set(acksDropped(facts, span.from, time).filter((c) => c !== client)).size
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

/** How many others had met a full queue by then and never entered it since. */
const turnedAway = (all: readonly ListenerFacts[], client: string, time: number): number => {
  const { met, entered, of } = metAndEntered(all)
  const [own, isAway] = [of.get(client), (from: number, to: number) => from <= time && to > time]
  return atMost(met, time) - atMost(entered, time) - (own && isAway(...own) ? 1 : 0)
}

/** When each that met a full queue did so first, and when it may have entered it, no sooner. */
const metAndEntered = once((all: readonly ListenerFacts[]) => {
  const of = new Map<string, [number, number]>()
  for (const { client, overflows, promoted } of all) {
    if (overflows.length === 0) continue
    const met = overflows.reduce((min, { from }) => Math.min(min, from), Number.POSITIVE_INFINITY)
    of.set(client, [met, Math.max(met, promoted?.from ?? Number.POSITIVE_INFINITY)])
  }
  const times = [...of.values()]
  return { of, met: ascending(times.map(([met]) => met)), entered: ascending(times.map(([, entered]) => entered)) }
})

/** Clients whose ACKs were dropped in that time. */
const acksDropped = (all: readonly ListenerFacts[], from: number, to: number): string[] => {
  const met = acksThatMet(all)
  const begins = acksBegin(met)
  return met.slice(below(begins, from), below(begins, to)).map(({ client }) => client)
}
const acksThatMet = once((all: readonly ListenerFacts[]) =>
  overflowsOf(all).filter(({ fact }) => fact.dropped === 'ACK'),
)
const acksBegin = once((met: ReturnType<typeof acksThatMet>) => met.map(({ fact }) => fact.from))

const children = (n: number): string => (n === 1 ? 'one child' : `${n} children`)

export const roomText = (size: number | undefined, room: Room | undefined): string => {
  if (room?.most === undefined)
    return `${size === undefined ? 'which backlog is large enough' : `whether backlog=${size} is large enough`} cannot be told: the capture does not show what else waits`
  const { least, most, because } = room
  if (size === undefined) return `a backlog of ${most} has room for it: ${because}`
  if (size >= most) return `backlog=${size} has room for it: ${because}`
  if (size < least) return `backlog=${size} is too small: ${least} others fill it, ${most} has room for it`
  return `whether backlog=${size} has room for it cannot be told, ${most} has: ${because}`
}
