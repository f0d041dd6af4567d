/** What a socket listing says of the two ends of a connection. */
import { type Capture, type Connection, type Endpoint, endpointText } from '../capture.ts'
import type { KnownByRow, StateEvidence } from '../replay/state-evidence.ts'
import { belongsTo } from './accept-queue.ts'
import { plainAddress, samePort } from './addresses.ts'
import { type Moment, passedBy } from './moment.ts'
import { connectionsOf, matchedWords, rowOf } from './rows-of.ts'
import type { SocketListing, SocketRow } from './sockets.ts'

export interface DatedListing {
  readonly listing: SocketListing
  /** When it was made; at some time of the capture, if absent. */
  readonly at?: Moment
}

export interface Seen {
  readonly client: readonly StateEvidence[]
  readonly server: readonly StateEvidence[]
  /** Why it says nothing, or what was assumed. */
  readonly notes: readonly string[]
}

type Side = 'client' | 'server'

export const seenAs = ({ listing, at }: DatedListing, c: Connection, capture: Capture): Seen => {
  const nothing = (...notes: string[]): Seen => ({ client: [], server: [], notes })
  if (connectionsOf(listing).length === 0)
    return nothing(`${listing.file} lists listeners only: it tells of their queues, and nothing of connections`)
  const passed = at && passedBy(c.packets, at, capture.packets[0]!, capture)
  if (at && passed === undefined)
    return nothing(`${listing.file} is dated, but the capture has no times: give the packet it follows, as in @#12`)
  const rows = { client: rowOf(listing, c.client, c.server), server: rowOf(listing, c.server, c.client) }
  const known = (side: Side): StateEvidence[] => {
    const row = rows[side]?.row
    const where = `${listing.file}${row ? `:${row.line}` : ''}`
    // Of a listing without a time any moment of the capture will do.
    const after = passed ?? ([0, c.packets.length] as const)
    if (row) {
      const byRow: KnownByRow = {
        after,
        states: [nameOf(row)],
        words: `${where} shows the ${side} ${nameOf(row)}`,
        unread: row.recvQ,
      }
      return [byRow]
    }
    return passed !== undefined && isComplete(listing, c, side, capture)
      ? [{ after, states: ['CLOSED', 'LISTEN'], words: `${where} lists no socket of the ${side} for this connection` }]
      : []
  }
  const found = { client: known('client'), server: known('server') }
  const matched = rows.client ?? rows.server
  const words = matched && matchedWords(matched, c)
  if (words !== undefined) return { ...found, notes: [words] }
  return found.client.length + found.server.length > 0
    ? { ...found, notes: [] }
    : nothing(`${listing.file} shows neither end of ${endpointText(c.client)} → ${endpointText(c.server)}`)
}

const nameOf = ({ state }: SocketRow): string => (state === 'CLOSE' ? 'CLOSED' : state)

const completeness = new WeakMap<SocketListing, Map<string, boolean>>()

/** Whether a socket that is not listed is not there: the tool showed all states, and this host, not through a translation. */
const isComplete = (listing: SocketListing, c: Connection, side: Side, capture: Capture): boolean => {
  const known = completeness.get(listing) ?? new Map<string, boolean>()
  completeness.set(listing, known)
  const own = c[side]
  const key = `${side} ${endpointText(own)}`
  const found = known.get(key) ?? showsAllOf(listing, own, side, capture)
  known.set(key, found)
  return found
}

/** States that only a listing of all states has beside others: -a, not the sockets that are ESTABLISHED alone. */
const showsAllStates = (rows: readonly SocketRow[]): boolean =>
  rows.some(({ state }) => state === 'LISTEN') ||
  (rows.some(({ state }) => state === 'ESTABLISHED') &&
    rows.some(({ state }) => state === 'TIME_WAIT' || state === 'SYN_RECV'))

const showsAllOf = (listing: SocketListing, own: Endpoint, side: Side, { connections }: Capture): boolean => {
  const { rows } = listing
  if (!showsAllStates(rows)) return false
  const peers = new Set(connections.map((x) => plainAddress(side === 'server' ? x.client : x.server)))
  const ofHost = connectionsOf(listing).filter((row) => plainAddress(row.local) === plainAddress(own))
  if (ofHost.some((row) => peers.has(plainAddress(row.remote)))) return true
  const onPort = rows.filter((row) => samePort(row.local, own))
  return (
    side === 'server' &&
    onPort.length > 0 &&
    onPort.every((row) => row.state === 'LISTEN' && belongsTo({ ...own, port: row.local.port }, row.local))
  )
}
