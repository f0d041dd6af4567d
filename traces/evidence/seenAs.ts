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
const rowOf = ({ rows }: SocketListing, local: Endpoint, remote: Endpoint): SocketRow | undefined => {
  const connected = rows.filter(({ state }) => state !== 'LISTEN')
  const exact = connected.findLast((row) => same(row.local, local) && same(row.remote, remote))
  const alike = connected.filter((row) => samePort(row.local, local) && samePort(row.remote, remote))
  return exact ?? (alike.length === 1 ? alike[0] : undefined)
}

/** Whether a socket that is not listed is not there: the tool showed all states, and this host, not through a translation. */
const isComplete = ({ rows }: SocketListing, c: Connection, side: Side, { connections }: Capture): boolean => {
  if (!rows.some(({ state }) => state === 'LISTEN' || state === 'TIME_WAIT' || state === 'SYN_RECV')) return false
  const [own, others] =
    side === 'server' ? [c.server, connections.map((x) => x.client)] : [c.client, connections.map((x) => x.server)]
  const ofHost = rows.filter((row) => row.state !== 'LISTEN' && plain(row.local) === plain(own))
  if (ofHost.some((row) => others.some((x) => plain(x) === plain(row.remote)))) return true
  const onPort = rows.filter((row) => samePort(row.local, own))
  return (
    side === 'server' &&
    onPort.length > 0 &&
    onPort.every((row) => row.state === 'LISTEN' && belongsTo({ ...own, port: row.local.port }, row.local))
  )
}
