/** What a socket listing says of the two ends of a connection. */
import { type Capture, type Connection, type Endpoint, endpointText } from '../capture.ts'
import { portNumber } from '../readers/services.ts'
import type { Known } from '../replay/known.ts'
import { belongsTo } from './accept-queue.ts'
import { type Moment, passedBy } from './moment.ts'
import type { SocketListing, SocketRow } from './sockets.ts'

export interface DatedListing {
  readonly listing: SocketListing
  /** When it was made; at the end of the capture, if absent. */
  readonly at?: Moment
}

export interface Seen {
  readonly client: readonly Known[]
  readonly server: readonly Known[]
  /** Why it says nothing, or what was assumed. */
  readonly notes: readonly string[]
}

type Side = 'client' | 'server'

export const seenAs = ({ listing, at }: DatedListing, c: Connection, capture: Capture): Seen => {
  const passed = at && passedBy(c.packets, at, capture.packets[0]!)
  const nothing = (note: string): Seen => ({ client: [], server: [], notes: [note] })
  if (at && passed === undefined)
    return nothing(`${listing.file} is dated, but the capture has no times: give the packet it follows, as in @#12`)
  const after = passed ?? ([c.packets.length, c.packets.length] as const)
  const rows = { client: rowOf(listing, c.client, c.server), server: rowOf(listing, c.server, c.client) }
  const known = (side: Side): Known[] => {
    const row = rows[side]
    const where = `${listing.file}${row ? `:${row.line}` : ''}`
    if (row) return [{ after, states: [nameOf(row)], words: `${where} shows the ${side} ${nameOf(row)}` }]
    return isComplete(listing, c, side, capture)
      ? [{ after, states: ['CLOSED', 'LISTEN'], words: `${where} lists no socket of the ${side} for this connection` }]
      : []
  }
  const found: Seen = { client: known('client'), server: known('server'), notes: [] }
  const row = rows.client ?? rows.server
  if (row && !sameAddresses(row, c)) {
    const pair = `${endpointText(row.local)} and ${endpointText(row.remote)}`
    return {
      ...found,
      notes: [`${pair} of the listing are taken for this connection by their ports: addresses translated`],
    }
  }
  return found.client.length + found.server.length > 0
    ? found
    : nothing(`${listing.file} shows neither end of ${endpointText(c.client)} → ${endpointText(c.server)}`)
}

const nameOf = ({ state }: SocketRow): string => (state === 'CLOSE' ? 'CLOSED' : state)

const samePort = (a: Endpoint, b: Endpoint): boolean => portNumber(a.port) === portNumber(b.port)
const same = (a: Endpoint, b: Endpoint): boolean => samePort(a, b) && plain(a) === plain(b)
const plain = ({ address }: Endpoint): string => address.replace(/^::ffff:/i, '').replace(/%.*$/, '')

const sameAddresses = ({ local, remote }: SocketRow, { client, server }: Connection): boolean =>
  (same(local, client) && same(remote, server)) || (same(local, server) && same(remote, client))

/** By both endpoints; else by both ports, if only one row has them. */
const rowOf = (listing: SocketListing, local: Endpoint, remote: Endpoint): SocketRow | undefined => {
  const alike = byPorts(listing).get(portsOf(local, remote)) ?? []
  const exact = alike.findLast((row) => same(row.local, local) && same(row.remote, remote))
  return exact ?? (alike.length === 1 ? alike[0] : undefined)
}

const portsOf = (local: Endpoint, remote: Endpoint): string => `${portNumber(local.port)} ${portNumber(remote.port)}`

const indexes = new WeakMap<SocketListing, Map<string, SocketRow[]>>()

/** All but listeners, by both ports: a listing may be long, and is asked for each connection. */
const byPorts = (listing: SocketListing): Map<string, SocketRow[]> => {
  const known = indexes.get(listing)
  if (known) return known
  const index = new Map<string, SocketRow[]>()
  for (const row of listing.rows.filter(({ state }) => state !== 'LISTEN')) {
    const key = portsOf(row.local, row.remote)
    const alike = index.get(key)
    if (alike) alike.push(row)
    else index.set(key, [row])
  }
  indexes.set(listing, index)
  return index
}

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

const showsAllOf = ({ rows }: SocketListing, own: Endpoint, side: Side, { connections }: Capture): boolean => {
  if (!rows.some(({ state }) => state === 'LISTEN' || state === 'TIME_WAIT' || state === 'SYN_RECV')) return false
  const peers = new Set(connections.map((x) => plain(side === 'server' ? x.client : x.server)))
  const ofHost = rows.filter((row) => row.state !== 'LISTEN' && plain(row.local) === plain(own))
  if (ofHost.some((row) => peers.has(plain(row.remote)))) return true
  const onPort = rows.filter((row) => samePort(row.local, own))
  return (
    side === 'server' &&
    onPort.length > 0 &&
    onPort.every((row) => row.state === 'LISTEN' && belongsTo({ ...own, port: row.local.port }, row.local))
  )
}
