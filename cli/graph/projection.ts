/** What a picture shows of a world: a few fields of it, the rest folded away. */
import { type Client, type Listener, type Server, stateName } from '../../model/index.ts'
import { serverState } from '../../traces/index.ts'
import { UsageError } from '../error.ts'
import { didYouMean } from '../words/nearest.ts'

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

export interface Projection {
  readonly fields: readonly FieldName[]
  readonly group: readonly ('client' | 'server')[]
  readonly shared: readonly 'listener'[]
  readonly of: (seen: Seen) => readonly string[]
}

export const projectionOf = (names: readonly string[]): Projection => {
  const chosen = names.map(fieldNamed)
  const parts = [...new Set(chosen.map((name) => fields[name].reads))]
  return {
    fields: chosen,
    group: parts.filter((part) => part !== 'listener'),
    shared: parts.filter((part) => part === 'listener'),
    of: (seen) => chosen.map((name) => fields[name].of(seen)),
  }
}

const fieldNamed = (name: string): FieldName => {
  const field = fieldNames.find((f) => f === name)
  if (field !== undefined) return field
  const remedy = didYouMean(name, fieldNames, `choose among ${fieldNames.join(', ')}`)
  throw new UsageError({ code: 'E_VALUE', place: '--project', cause: `"${name}" is no field`, remedy })
}
