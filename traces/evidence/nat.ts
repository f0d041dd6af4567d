/** Whether a listing and a capture speak of the same addresses. */
import type { Capture, Connection, Endpoint } from '../capture.ts'
import { isName, mayBeNamed, sameAddress, samePort } from './addresses.ts'
import type { SocketRow } from './sockets.ts'

/** A note, not an error: between the tap and the host, addresses may have been translated. */
export const addressesApart = (rows: readonly SocketRow[], { connections }: Capture): string[] => {
  const shown = rows.filter((row) => row.state !== 'LISTEN')
  if (shown.length === 0 || connections.length === 0) return []
  const servers = distinct(connections.map(({ server }) => server))
  const ofServer = shown.filter((row) => servers.some((server) => samePort(row.local, server)))
  const ofClient = shown.filter((row) => servers.some((server) => samePort(row.remote, server)))
  if (ofServer.length === 0 && ofClient.length === 0)
    return [`the listing shows no connection on a port of the capture (${unique(servers.map((s) => s.port))})`]
  // A listing of the client has the servers of the capture on its far side.
  return ofServer.length > 0
    ? apart(ofServer, { own: 'server', connections })
    : apart(ofClient, { own: 'client', connections })
}

interface Side {
  readonly own: 'client' | 'server'
  readonly connections: readonly Connection[]
}

const apart = (rows: readonly SocketRow[], { own, connections }: Side): string[] => {
  const peer = own === 'server' ? 'client' : 'server'
  const [owns, peers] = [ends(connections, own), ends(connections, peer)]
  const notes: string[] = []
  if (!rows.some(({ local }) => owns.some((e) => mayBe(local, e))))
    notes.push(
      `the listing's own addresses (${unique(rows.map((row) => row.local.address))}) are not the capture's ${own}s (${unique(owns.map((e) => e.address))}): translated on the way, or another host`,
    )
  if (!rows.some(({ remote }) => peers.some((e) => mayBe(remote, e))))
    notes.push(
      `the remote addresses of the listing (${unique(rows.map((row) => row.remote.address))}) are not the capture's ${peer}s (${unique(peers.map((e) => e.address))}): translated on the way (NAT) or taken at another time, so its rows cannot be matched to connections`,
    )
  if (notes.length === 0 && rows.every(({ local }) => !owns.some((e) => sameAddress(local, e)))) {
    const named = [...rows.map(({ local }) => local), ...owns].filter(isName)
    notes.push(
      `${unique(named.map((e) => e.address))} of one tool may be an address of the other: give both with -n to be sure`,
    )
  }
  return notes
}

const mayBe = (a: Endpoint, b: Endpoint): boolean => sameAddress(a, b) || mayBeNamed(a, b)

const ends = (connections: readonly Connection[], side: 'client' | 'server'): Endpoint[] =>
  distinct(connections.map((c) => c[side]))

/** A capture may have very many connections of few servers. */
const distinct = (all: readonly Endpoint[]): Endpoint[] => [
  ...new Map(all.map((e) => [`${e.address} ${e.port}`, e])).values(),
]

const unique = (items: readonly (string | number)[]): string => {
  const different = [...new Set(items)]
  return different.length > 5 ? `${different.slice(0, 5).join(', ')}, …` : different.join(', ')
}
