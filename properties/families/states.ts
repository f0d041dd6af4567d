/** The ghost connection, and the other things that scenarios are about: states that must be reachable. */
import { isTcb, stateName } from '../../model/index.ts'
import { reachable, type TcpProperty, type View } from '../property.ts'

const family = 'reachable' as const
const ends = { group: ['client', 'server'] }

/** The client believes in a connection of which the server has only a request that it could not promote. */
export const isGhost = ({ client, server }: Pick<View, 'client' | 'server'>): boolean =>
  (client.socket.state === 'ESTABLISHED' || client.socket.state === 'FIN_WAIT1') &&
  server.object.kind === 'request' &&
  server.object.acked

export const states: TcpProperty[] = [
  reachable(
    {
      id: 'GHOST',
      family,
      sentence: 'A client is established while the server, its accept queue full, still has it in SYN_RECV.',
      formula: '◇ client ∈ {ESTABLISHED, FIN_WAIT1} ∧ server = R with acked',
      source: 'linux: tcp_check_req (listen_overflow)',
    },
    { reads: ends, when: isGhost },
  ),
  reachable(
    {
      id: 'HALF-OPEN',
      family,
      sentence: 'A client is established and idle, and the server knows nothing of it any more.',
      formula: '◇ client = ESTABLISHED with nothing in flight ∧ server = none',
      source: 'RFC 9293 §3.5.1: a half-open connection',
    },
    {
      reads: { group: ['client', 'server', 'up', 'down'] },
      when: ({ client, server, up, down }: View) =>
        stateName(client.socket) === 'ESTABLISHED' &&
        isTcb(client.socket) &&
        client.socket.rtx === undefined &&
        server.object.kind === 'none' &&
        up.length + down.length === 0,
    },
  ),
  reachable(
    {
      id: 'FULL',
      family,
      sentence: 'The accept queue holds backlog + 1.',
      formula: '◇ a = B + 1',
      source: 'linux: sk_acceptq_is_full',
    },
    { reads: { shared: ['listener'] }, when: ({ listener }: View) => listener.acceptQueue === listener.backlog + 1 },
  ),
  reachable(
    {
      id: 'BOTH',
      family,
      sentence: 'Both ends are established.',
      formula: '◇ client = server = ESTABLISHED',
      source: 'RFC 9293 §3.5',
    },
    {
      reads: ends,
      when: ({ client, server }: View) =>
        client.socket.state === 'ESTABLISHED' &&
        server.object.kind === 'child' &&
        server.object.socket.state === 'ESTABLISHED',
    },
  ),
  ...(['FIN_WAIT2', 'CLOSING', 'LAST_ACK', 'TIME_WAIT', 'CLOSE_WAIT'] as const).map((state) =>
    reachable(
      {
        id: `in-${state}`,
        family,
        sentence: `Some end gets into ${state}.`,
        formula: `◇ state = ${state}`,
        source: 'RFC 9293 §3.3.2',
      },
      {
        reads: ends,
        when: ({ client, server }: View) =>
          stateName(client.socket) === state ||
          (server.object.kind === 'child' && stateName(server.object.socket) === state),
      },
    ),
  ),
]
