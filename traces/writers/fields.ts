/** Fields of a world that a picture of its states may show, with the parts that each reads. */
import { type Client, type Listener, type Server, stateName } from '../../model/index.ts'
import { serverState } from './facts.ts'

/** The parts of one connection and of what all share, as far as the projection reads them. */
export interface Seen {
  readonly client: Client
  readonly server: Server
  readonly listener: Listener
}

interface Field {
  readonly reads: keyof Seen
  readonly of: (seen: Seen) => string
}

const yes = (what: string, is: boolean): string => (is ? what : `no ${what}`)

export const fields = {
  'client.state': { reads: 'client', of: ({ client }) => stateName(client.socket) },
  'client.ending': {
    reads: 'client',
    of: ({ client }) => (client.socket.state === 'CLOSED' ? client.socket.because : 'open'),
  },
  'client.incarnation': { reads: 'client', of: ({ client }) => `incarnation ${client.connects}` },
  'server.state': { reads: 'server', of: ({ server }) => serverState(server) },
  'server.object': { reads: 'server', of: ({ server }) => server.object.kind },
  'server.acked': {
    reads: 'server',
    of: ({ server }) => yes('third ACK refused', server.object.kind === 'request' && server.object.acked),
  },
  'server.accepted': {
    reads: 'server',
    of: ({ server: { object } }) => yes('process', object.kind === 'child' && object.place === undefined),
  },
  'listener.accept-queue': { reads: 'listener', of: ({ listener }) => `accept queue ${listener.acceptQueue}` },
  'listener.syn-queue': { reads: 'listener', of: ({ listener }) => `SYN queue ${listener.requests}` },
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof fields
export const fieldNames = Object.keys(fields) as FieldName[]
