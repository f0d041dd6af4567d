/** Whether a listing and a capture speak of the same addresses. */
import type { Capture } from '../capture.ts'
import { belongsTo } from './accept-queue.ts'
import type { SocketRow } from './sockets.ts'

/** A note, not an error: between the tap and the host, addresses may have been translated. */
export const addressesApart = (rows: readonly SocketRow[], capture: Capture): string[] => {
  const notes: string[] = []
  const servers = capture.connections.map(({ server }) => server)
  const peers = rows.filter((row) => row.state !== 'LISTEN' && servers.some((server) => row.local.port === server.port))
  if (peers.length === 0) {
    return [`the listing shows no connection on a port of the capture (${unique(servers.map((s) => s.port))})`]
  }
  if (!peers.some((row) => servers.some((server) => belongsTo(row.local, server)))) {
    notes.push(
      `the listing's own addresses (${unique(peers.map((row) => row.local.address))}) are not the capture's servers (${unique(servers.map((s) => s.address))}): translated on the way, or another host`,
    )
  }
  const clients = new Set(capture.connections.map(({ client }) => client.address))
  if (!peers.some((row) => clients.has(row.remote.address))) {
    notes.push(
      `the remote addresses of the listing (${unique(peers.map((row) => row.remote.address))}) are not the capture's clients (${unique([...clients])}): translated on the way (NAT) or taken at another time, so its rows cannot be matched to connections`,
    )
  }
  return notes
}

const unique = (items: readonly (string | number)[]): string => {
  const different = [...new Set(items)]
  return different.length > 5 ? `${different.slice(0, 5).join(', ')}, …` : different.join(', ')
}
