/** Which rows of a listing speak of a connection. */
import type { Connection, Endpoint } from '../capture.ts'
import { portNumber } from '../readers/services.ts'
import { isName, mayBeNamed, sameAddress, samePort } from './addresses.ts'
import type { SocketListing, SocketRow } from './sockets.ts'

/** `exact` by both endpoints; `named` where a tool printed names and the other numbers; `ports` by the ports alone. */
export type MatchedBy = 'exact' | 'named' | 'ports'

export interface MatchedRow {
  readonly row: SocketRow
  readonly by: MatchedBy
}

/** The row of the socket whose own end is `local`; by the ports only if no other row has them. */
export const rowOf = (listing: SocketListing, local: Endpoint, remote: Endpoint): MatchedRow | undefined => {
  const { sure, named } = candidatesOf(listing, local, remote)
  const all = [...sure, ...named]
  const exact = all.findLast((row) => sameAddress(row.local, local) && sameAddress(row.remote, remote))
  if (exact) return { row: exact, by: 'exact' }
  const mayBe = (row: SocketRow): boolean => agree(row.local, local) && agree(row.remote, remote)
  const byName = all.filter(mayBe)
  if (byName.length === 1) return { row: byName[0]!, by: 'named' }
  return sure.length === 1 && byName.length === 0 ? { row: sure[0]!, by: 'ports' } : undefined
}

const agree = (a: Endpoint, b: Endpoint): boolean => sameAddress(a, b) || mayBeNamed(a, b)

/** What the match supposes, if anything. */
export const matchedWords = ({ row, by }: MatchedRow, { client, server }: Connection): string | undefined => {
  if (by === 'exact') return undefined
  const pair = `${endText(row.local)} and ${endText(row.remote)}`
  if (by === 'ports') return `${pair} of the listing are taken for this connection by their ports: addresses translated`
  const names = [client, server, row.local, row.remote].filter(isName).map(({ address }) => address)
  return `${pair} of the listing are taken for this connection by their ports: ${[...new Set(names)].join(' and ')} may be the name of ${names.length > 1 ? 'either' : 'it'}`
}

const endText = ({ address, port }: Endpoint): string => `${address}:${port}`

interface Candidates {
  /** Both ports are the same. */
  readonly sure: readonly SocketRow[]
  /** A port is a name that is not known here. */
  readonly named: readonly SocketRow[]
}

interface Index {
  readonly byPorts: ReadonlyMap<string, readonly SocketRow[]>
  readonly odd: readonly SocketRow[]
}

const indexes = new WeakMap<SocketListing, Index>()

const candidatesOf = (listing: SocketListing, local: Endpoint, remote: Endpoint): Candidates => {
  const { byPorts, odd } = indexOf(listing)
  const isOdd = isOddPort(local) || isOddPort(remote)
  const sure = byPorts.get(portsOf(local, remote)) ?? []
  const others = isOdd ? connectionsOf(listing) : odd
  return {
    sure,
    named: others.filter((row) => !sure.includes(row) && samePort(row.local, local) && samePort(row.remote, remote)),
  }
}

/** All but listeners, by both ports: a listing may be long, and every connection looks into it. */
const indexOf = (listing: SocketListing): Index => {
  const known = indexes.get(listing)
  if (known) return known
  const byPorts = new Map<string, SocketRow[]>()
  const rows = connectionsOf(listing)
  for (const row of rows) {
    const key = portsOf(row.local, row.remote)
    const alike = byPorts.get(key)
    if (alike) alike.push(row)
    else byPorts.set(key, [row])
  }
  const index = { byPorts, odd: rows.filter((row) => isOddPort(row.local) || isOddPort(row.remote)) }
  indexes.set(listing, index)
  return index
}

/** Rows of connections: listeners have none. */
export const connectionsOf = ({ rows }: SocketListing): readonly SocketRow[] =>
  rows.filter(({ state }) => state !== 'LISTEN')

const isOddPort = (e: Endpoint): boolean => typeof portOf(e) === 'string'
const portOf = (e: Endpoint): number | string => portNumber(e.port)
const portsOf = (local: Endpoint, remote: Endpoint): string => `${portOf(local)} ${portOf(remote)}`
