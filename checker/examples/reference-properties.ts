import type { Property } from '../property.ts'
import type { ReferenceSettings } from './reference.ts'
import type { Client, Listener, Server } from './reference-ends.ts'

/** The two invariants every peer checks, and two proofs that the model is not vacuous. */
export function referenceProperties({ backlog = 0 }: Partial<ReferenceSettings> = {}): Property[] {
  return [
    {
      id: 'accept-queue-bound',
      kind: 'invariant',
      reads: { shared: ['listener'] },
      then: ({ listener }: { listener: Listener }) => listener.queued <= backlog + 1,
    },
    {
      id: 'no-data-in-syn-recv',
      kind: 'invariant',
      reads: { group: ['server'] },
      given: ({ server }: { server: Server }) => server.state === 'SYN_RECV',
      then: ({ server }: { server: Server }) => !server.data,
    },
    {
      id: 'connection-completes',
      kind: 'reachable',
      reads: { group: ['client'] },
      when: (view: { client: Client }) => view.client.state === 'DONE',
    },
    {
      id: 'half-open',
      kind: 'reachable',
      reads: { group: ['client', 'server'], shared: ['listener'] },
      when: (view: { client: Client; server: Server; listener: Listener }) =>
        view.client.state === 'ESTAB' && view.server.state === 'SYN_RECV' && view.listener.queued > backlog,
    },
  ]
}
