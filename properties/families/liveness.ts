/** What must happen in the end, if the wire delivers and timers fire. */
import { type Client, isClosed, type Server } from '../../model/index.ts'
import { leadsTo, type TcpProperty, type View } from '../property.ts'

const family = 'liveness' as const
const ends = { group: ['client', 'server'] }
const fairAccept = ['accept']

const established = ({ client }: Pick<View, 'client'>): boolean => client.socket.state === 'ESTABLISHED'
const hasChild = (server: Server): boolean => server.object.kind === 'child'

/** The process has left the connection by a call of its own. */
const hasLeft = ({ socket }: Client): boolean =>
  ['FIN_WAIT1', 'FIN_WAIT2', 'CLOSING', 'LAST_ACK', 'TIME_WAIT'].includes(socket.state) ||
  (socket.state === 'CLOSED' && !['reset', 'timed out', 'refused'].includes(socket.because))

const wasReset = ({ socket }: Client): boolean => socket.state === 'CLOSED' && socket.because === 'reset'

const isServed = ({ client, server }: Pick<View, 'client' | 'server'>): boolean => hasChild(server) || hasLeft(client)

const l3 = {
  sentence: 'A client that is established is in the end given a child by the server, or leaves by a call of its own.',
  formula: 'client ESTABLISHED ↝ child ∨ client left',
  source: 'RFC 9293 §3.5: the point of the handshake',
}
const l3weak = {
  sentence: 'A client that is established is in the end given a child, or leaves, or is told by a RST.',
  formula: 'client ESTABLISHED ↝ child ∨ client left ∨ reset',
  source: 'the least that a client may expect',
}
const l3weakest = {
  sentence: 'A client that is established is in the end given a child, or leaves, or gets an error (RST or timeout).',
  formula: 'client ESTABLISHED ↝ child ∨ client left ∨ error',
  source: 'RFC 1122 §4.2.3.5: the application must be told',
}
const isServedOrReset = (v: Pick<View, 'client' | 'server'>): boolean => isServed(v) || wasReset(v.client)
const gotError = ({ socket }: Client): boolean =>
  socket.state === 'CLOSED' && ['reset', 'timed out'].includes(socket.because)
const isServedOrErred = (v: Pick<View, 'client' | 'server'>): boolean => isServed(v) || gotError(v.client)

export const liveness: TcpProperty[] = [
  leadsTo(
    {
      id: 'L1',
      family,
      sentence: 'connect() ends: the client gets out of SYN_SENT.',
      formula: 'SYN_SENT ↝ ESTABLISHED ∨ CLOSED',
      source: 'RFC 9293 §3.10.8 · linux: tcp_write_timeout',
    },
    {
      reads: { group: ['client'] },
      given: ({ client }: View) => client.socket.state === 'SYN_SENT',
      then: ({ client }: View) => client.socket.state !== 'SYN_SENT',
    },
  ),
  leadsTo(
    {
      id: 'L2',
      family,
      sentence: 'A request ends: it becomes a child, or it is given up.',
      formula: 'R ↝ child ∨ none',
      source: 'linux: reqsk_timer_handler; published as □(SYN_RECV ⇒ ◇(ESTABLISHED ∨ FIN_WAIT1 ∨ CLOSED))',
    },
    {
      reads: { group: ['server'] },
      given: ({ server }: View) => server.object.kind === 'request',
      then: ({ server }: View) => server.object.kind !== 'request',
    },
  ),
  leadsTo({ id: 'L3', family, ...l3 }, { reads: ends, given: established, then: isServed }),
  leadsTo(
    { id: 'L3-accept', family, ...l3, sentence: `${l3.sentence} (The server's process accepts again and again.)` },
    { reads: ends, given: established, then: isServed, alsoFair: fairAccept },
  ),
  leadsTo({ id: "L3'", family, ...l3weak }, { reads: ends, given: established, then: isServedOrReset }),
  leadsTo(
    {
      id: "L3'-accept",
      family,
      ...l3weak,
      sentence: `${l3weak.sentence} (The server's process accepts again and again.)`,
    },
    { reads: ends, given: established, then: isServedOrReset, alsoFair: fairAccept },
  ),
  leadsTo({ id: "L3''", family, ...l3weakest }, { reads: ends, given: established, then: isServedOrErred }),
  leadsTo(
    {
      id: "L3''-accept",
      family,
      ...l3weakest,
      sentence: `${l3weakest.sentence} (The server's process accepts again and again.)`,
    },
    { reads: ends, given: established, then: isServedOrErred, alsoFair: fairAccept },
  ),
  leadsTo(
    {
      id: 'L5',
      family,
      sentence: 'What waits in the accept queue is accepted, if the process accepts again and again.',
      formula: 'x ∈ FIFO ↝ accepted',
      source: 'linux: inet_csk_accept',
    },
    {
      reads: { group: ['server'] },
      given: ({ server }: View) =>
        server.dead.length > 0 || (server.object.kind === 'child' && server.object.place !== undefined),
      then: ({ server }: View) =>
        server.dead.length === 0 && !(server.object.kind === 'child' && server.object.place !== undefined),
      alsoFair: fairAccept,
    },
  ),
  leadsTo(
    {
      id: 'L6',
      family,
      sentence: 'A full accept queue has room again, if the process accepts again and again.',
      formula: 'a > B ↝ a ≤ B',
      source: 'linux: inet_csk_accept',
    },
    {
      reads: { shared: ['listener'] },
      given: ({ listener }: View) => listener.acceptQueue > listener.backlog,
      then: ({ listener }: View) => listener.acceptQueue <= listener.backlog,
      alsoFair: fairAccept,
    },
  ),
  leadsTo(
    {
      id: 'L4',
      family,
      sentence: 'A request that was acknowledged becomes a child, if the process accepts again and again.',
      formula: 'R with acked ↝ child',
      source: 'linux: tcp_check_req; it may expire first (reqsk_timer_handler)',
    },
    {
      reads: { group: ['server'] },
      given: ({ server }: View) => server.object.kind === 'request' && server.object.acked,
      then: ({ server }: View) => server.object.kind === 'child',
      alsoFair: fairAccept,
    },
  ),
  leadsTo(
    {
      id: 'L13',
      family,
      sentence:
        'A client that has lost all it knew and connects anew gets rid of its old connection, and is established.',
      formula: 'SYN_SENT ∧ server has an earlier incarnation ↝ ESTABLISHED',
      source: 'RFC 9293 §3.5.1, half-open connections · linux: tcp_validate_incoming, tcp_check_req',
    },
    {
      reads: ends,
      given: ({ client, server: { object } }: View) =>
        client.socket.state === 'SYN_SENT' &&
        object.kind !== 'none' &&
        object.of !== undefined &&
        object.of < client.connects,
      then: ({ client }: View) => client.socket.state !== 'SYN_SENT' && !(isClosed(client.socket) && !hasLeft(client)),
      alsoFair: fairAccept,
    },
  ),
  leadsTo(
    {
      id: 'L7',
      family,
      sentence: 'A SYN that was refused is admitted in the end, or the client gives up.',
      formula: 'SYN_SENT ∧ server none ↝ R ∨ child ∨ ¬SYN_SENT',
      source: 'linux: tcp_retransmit_timer, tcp_conn_request',
    },
    {
      reads: ends,
      given: ({ client, server }: View) => client.socket.state === 'SYN_SENT' && server.object.kind === 'none',
      then: ({ client, server }: View) => client.socket.state !== 'SYN_SENT' || server.object.kind !== 'none',
      alsoFair: fairAccept,
    },
  ),
]
