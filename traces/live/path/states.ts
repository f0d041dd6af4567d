/** Whether the kernel's sockets are where the model has them. */
import { stateName, type World } from '../../../model/index.ts'
import type { HostName } from '../../conformance/folder.ts'
import { ADDRESS, type Network } from '../network.ts'
import { acceptQueueOf, socketsOf } from '../proc.ts'

export const SERVER_PORT = 5_000
/** From this port on: those that fill the accept queue when the world begins. */
export const OTHERS = 45_000
export const clientPort = (group: number): number => 40_000 + group

type Connection = World['groups'][number]

/** As /proc/net/tcp has it: a socket that is closed is not there, and a listener is none of the connection's. */
const stateOf = ({ client, server }: Connection, end: HostName): string => {
  if (end === 'client') return listed(stateName(client.socket))
  if (server.object.kind === 'none') return 'none'
  return server.object.kind === 'request' ? 'SYN_RECV' : listed(stateName(server.object.socket))
}

const listed = (name: string): string => (name === 'CLOSED' ? 'none' : name)

/** While the end of a listener is still to be told child by child, its sockets are gone already. */
const isSettled = ({ server }: Connection, end: HostName): boolean => end === 'client' || server.owes === undefined

/** The first thing that differs, in words; undefined where nothing does. */
export const differing = (world: World, network: Network): string | undefined => {
  for (const end of ['client', 'server'] as const) {
    const sockets = socketsOf(network.hosts[end].namespace)
    for (const [i, connection] of world.groups.entries()) {
      if (!isSettled(connection, end)) continue
      const kernel = sockets.get(idOf(end, i)) ?? 'none'
      const model = stateOf(connection, end)
      if (kernel !== model) return `the ${end}’s socket of connection ${i + 1}: ${kernel}, the model has ${model}`
    }
  }
  const { listener } = world.shared
  if (listener.closed || world.groups.some(({ server }) => server.owes)) return undefined
  const waiting = acceptQueueOf(network.hosts.server.namespace, SERVER_PORT)
  return waiting === listener.acceptQueue
    ? undefined
    : `${waiting ?? 'no'} connections in the accept queue, the model has ${listener.acceptQueue}`
}

/** Whether a step changes the state of this end. */
export const changes = (before: Connection, after: Connection, end: HostName): boolean =>
  stateOf(before, end) !== stateOf(after, end)

const idOf = (end: HostName, group: number): string => {
  const [client, server] = [`${ADDRESS.client}:${clientPort(group)}`, `${ADDRESS.server}:${SERVER_PORT}`]
  return end === 'client' ? `${client} ${server}` : `${server} ${client}`
}
