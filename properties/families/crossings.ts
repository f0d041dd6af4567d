/** SYNs that cross, ICMP errors, listeners that end and come back, clients that try again. */
import { countIn, hasRst, hasSyn, receivedIn, sentIn } from '../../model/index.ts'
import { happens, reachable, type Step, same, stepProperty, type TcpProperty, type View } from '../property.ts'

const family = 'reachable' as const
const client = { group: ['client'] }
const server = { group: ['server'] }
type OfServer = Step<Pick<View, 'server'>>
type OfClient = Step<Pick<View, 'client'>>
type Both = Pick<View, 'server' | 'listener'>

/** The server has connected, too: what it has is no child of its listener's. */
const isActive = ({ server: { object } }: Pick<View, 'server'>): boolean =>
  object.kind === 'child' &&
  object.place === undefined &&
  (object.socket.state === 'SYN_SENT' || object.socket.state === 'SYN_RECV')

const abandoned = ({ server: { object } }: Pick<View, 'server'>): boolean =>
  object.kind === 'request' && object.abandoned === true

export const crossings: TcpProperty[] = [
  stepProperty(
    {
      id: 'H16',
      family: 'handshake',
      sentence: 'SYNs that cross make one connection, and touch no queue of a listener on the same port.',
      formula: '□[server ∈ {SYN_SENT, SYN_RECV} by connect() ⇒ (q, a)′ = (q, a) ∧ no place in FIFO]',
      source: 'RFC 9293 §3.5 figure 8 · linux: tcp_rcv_synsent_state_process; the established hash is asked first',
    },
    {
      reads: { group: ['server'], shared: ['listener'] },
      given: (s: Step<Both>) => isActive(s.before) && receivedIn(s.effects, 'server') !== undefined,
      then: ({ before, after }: Step<Both>) =>
        same(before.listener, after.listener) &&
        after.server.object.kind !== 'request' &&
        !(after.server.object.kind === 'child' && after.server.object.place !== undefined),
    },
  ),
  happens(
    {
      id: 'crossed',
      family,
      sentence: 'SYNs cross: a client in SYN_SENT is sent a SYN, and answers it like a server.',
      formula: '◇[SYN_SENT ∧ SYN ∧ SYN_RECV′]',
      source: 'RFC 9293 §3.10.7.3 fourth · linux: tcp_rcv_synsent_state_process',
    },
    {
      reads: client,
      when: ({ before, after }: OfClient) =>
        before.client.socket.state === 'SYN_SENT' && after.client.socket.state === 'SYN_RECV',
    },
  ),
  happens(
    {
      id: 'request-ended-by-ICMP',
      family,
      sentence: 'An ICMP error ends a request.',
      formula: '◇[R ∧ ICMP ∧ ¬R′]',
      source: 'linux: tcp_req_err',
    },
    {
      reads: server,
      when: ({ before, after, rule }: OfServer) =>
        rule === 'ICMP to server' && before.server.object.kind === 'request' && after.server.object.kind === 'none',
    },
  ),
  happens(
    {
      id: 'ICMP-ignored',
      family,
      sentence: 'An ICMP error that quotes the SYN+ACK is not believed: the request stays.',
      formula: '◇[R ∧ ICMP ∧ R′ ∧ ΔOutOfWindowIcmps = 0]',
      source: 'linux: tcp_req_err; a port or protocol that is unreachable says nothing of a peer that has sent a SYN',
    },
    {
      reads: server,
      when: ({ before, after, effects, rule }: OfServer) =>
        rule === 'ICMP to server' &&
        before.server.object.kind === 'request' &&
        after.server.object.kind === 'request' &&
        countIn(effects, 'OutOfWindowIcmps') === 0,
    },
  ),
  happens(
    {
      id: 'ICMP-disbelieved',
      family,
      sentence: 'An ICMP error that quotes a number never sent is counted, and changes nothing.',
      formula: '◇[ΔOutOfWindowIcmps = 1]',
      source: 'RFC 5927 §4.1 · linux: tcp_v4_err, tcp_req_err',
    },
    {
      reads: { group: ['client', 'server'] },
      when: ({ effects }: Step) => countIn(effects, 'OutOfWindowIcmps') > 0,
    },
  ),
  happens(
    {
      id: 'unreachable',
      family,
      sentence: 'A client is told by ICMP that its server cannot be reached, and gives up at once.',
      formula: '◇[SYN_SENT ∧ ICMP ∧ CLOSED′]',
      source: 'RFC 1122 §4.2.3.9 · linux: tcp_v4_err',
    },
    {
      reads: client,
      when: ({ after: { client: is } }: OfClient) =>
        is.socket.state === 'CLOSED' && is.socket.because === 'unreachable',
    },
  ),
  happens(
    {
      id: 'requests-found-again',
      family,
      sentence: 'A listener that was shut down listens again, and finds its requests.',
      formula: '◇[listen() ∧ q′ > 0]',
      source: 'linux: inet_csk_listen_start leaves icsk_accept_queue.qlen as it is',
    },
    {
      reads: { shared: ['listener'] },
      when: ({ after, rule }: Step<Pick<View, 'listener'>>) => rule === 'listen anew' && after.listener.requests > 0,
    },
  ),
  happens(
    {
      id: 'reset-by-the-new-listener',
      family,
      sentence: 'The ACK of a request whose listener was closed is reset, though the port has a listener again.',
      formula: '◇[R of a closed listener ∧ ACK ∧ RST]',
      source: 'linux: tcp_v4_rcv deletes the request and looks the segment up anew',
    },
    {
      reads: { group: ['server'], shared: ['listener'] },
      when: ({ before, effects }: Step<Both>) =>
        abandoned(before) && !before.listener.closed && sentIn(effects, 'server').some(hasRst),
    },
  ),
  happens(
    {
      id: 'taken-by-the-new-listener',
      family,
      sentence: 'The SYN of a request whose listener was closed makes a request of the listener that came after.',
      formula: '◇[R of a closed listener ∧ SYN ∧ R′ of another]',
      source: 'linux: tcp_v4_rcv',
    },
    {
      reads: server,
      when: ({ before, after, effects }: OfServer) =>
        abandoned(before) && !abandoned(after) && sentIn(effects, 'server').some(hasSyn),
    },
  ),
  reachable(
    {
      id: 'connected-later',
      family,
      sentence: 'A client is established whose first attempt has failed.',
      formula: '◇ client = ESTABLISHED ∧ attempt > 1',
      source: 'RFC 9293 §3.10.1',
    },
    {
      reads: client,
      when: ({ client: c }: View) => c.connects > 1 && c.socket.state === 'ESTABLISHED',
    },
  ),
  happens(
    {
      id: 'meets-own-request',
      family,
      sentence: "A client's new SYN meets the request that its attempt before has left.",
      formula: '◇[R ∧ SYN ∧ SEG.SEQ ≠ R.rcv_isn]',
      source: 'linux: tcp_check_req',
    },
    {
      reads: server,
      when: ({ before, effects }: OfServer) => {
        const s = receivedIn(effects, 'server')
        return s?.flags === 'S' && before.server.object.kind === 'request' && s.seq !== before.server.object.irs
      },
    },
  ),
]
