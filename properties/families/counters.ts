/** What the kernel's counters say of each other. Each holds of sums because it holds of every step. */
import {
  type Counter,
  counters,
  countIn,
  currEstabChange,
  hasRst,
  receivedIn,
  type Server,
  type StateName,
  sentIn,
  stateName,
} from '../../model/index.ts'
import { type Step, stepProperty, type TcpProperty, type View } from '../property.ts'

const family = 'counters' as const
const server = { group: ['server'] }
const ends = { group: ['client', 'server'] }

type OfServer = Step<Pick<View, 'server'>>
const anyOf = (effects: readonly string[], ...names: Counter[]): boolean => names.some((n) => countIn(effects, n) > 0)

/** A request that a segment deleted. The listener's end is another matter. */
const isKilled = ({ before, after, effects }: OfServer): boolean =>
  before.server.object.kind === 'request' &&
  after.server.object.kind === 'none' &&
  receivedIn(effects, 'server') !== undefined

/** The state of a server's socket; a request is none. */
const socketState = ({ object }: Server): StateName => (object.kind === 'child' ? stateName(object.socket) : 'CLOSED')

/** Both ends, before and after. */
const statesOf = ({ before, after }: Step): { from: StateName; to: StateName }[] => [
  { from: stateName(before.client.socket), to: stateName(after.client.socket) },
  { from: socketState(before.server), to: socketState(after.server) },
]

const connected = (state: StateName): number => (state === 'ESTABLISHED' || state === 'CLOSE_WAIT' ? 1 : 0)

export const counterRules: TcpProperty[] = [
  stepProperty(
    {
      id: 'N1',
      family,
      sentence: 'ListenDrops is never behind ListenOverflows.',
      formula: '□ ListenDrops ≥ ListenOverflows',
      source: 'linux: tcp_listendrop',
    },
    {
      reads: server,
      given: ({ effects }: Step) => countIn(effects, 'ListenDrops') + countIn(effects, 'ListenOverflows') > 0,
      then: ({ effects }: Step) => countIn(effects, 'ListenDrops') >= countIn(effects, 'ListenOverflows'),
    },
  ),
  stepProperty(
    {
      id: 'N2',
      family,
      sentence: 'What counts an overflow counts a drop in the same breath, once.',
      formula: '□[ΔListenOverflows = 1 ⇒ ΔListenDrops = 1]',
      source: 'linux: tcp_conn_request, tcp_v4_syn_recv_sock',
    },
    {
      reads: server,
      given: ({ effects }: Step) => countIn(effects, 'ListenOverflows') > 0,
      then: ({ effects }: Step) => countIn(effects, 'ListenOverflows') === 1 && countIn(effects, 'ListenDrops') === 1,
    },
  ),
  stepProperty(
    {
      id: 'N9',
      family,
      sentence: 'OutRsts counts the RSTs that are sent, no more and no fewer.',
      formula: '□[ΔOutRsts = #RST sent]',
      source: 'linux: tcp_v4_send_reset, tcp_send_active_reset',
    },
    {
      reads: ends,
      given: ({ effects }: Step) => countIn(effects, 'OutRsts') > 0 || sentIn(effects).some(hasRst),
      then: ({ effects }: Step) => countIn(effects, 'OutRsts') === sentIn(effects).filter(hasRst).length,
    },
  ),
  stepProperty(
    {
      id: 'N3',
      family,
      sentence: 'PassiveOpens counts the children, each once.',
      formula: '□[ΔPassiveOpens = 1 ⇔ child′ ∧ ¬child]',
      source: 'linux: tcp_create_openreq_child',
    },
    {
      reads: server,
      given: ({ before, after, effects }: OfServer) =>
        anyOf(effects, 'PassiveOpens') ||
        (before.server.object.kind !== 'child' && after.server.object.kind === 'child'),
      then: ({ before, after, effects }: OfServer) =>
        countIn(effects, 'PassiveOpens') === 1 &&
        before.server.object.kind !== 'child' &&
        after.server.object.kind === 'child',
    },
  ),
  stepProperty(
    {
      id: 'N4',
      family,
      sentence: 'CurrEstab is the number of connections in ESTABLISHED and CLOSE_WAIT.',
      formula: '□[ΔCurrEstab = Δ#{ESTABLISHED, CLOSE_WAIT}]',
      source: 'RFC 4022 tcpCurrEstab · linux: tcp_set_state, which left out CLOSE_WAIT before 6.10',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => statesOf(s).some(({ from, to }) => from !== to),
      then: (s: Step) =>
        statesOf(s).every(
          ({ from, to }) => currEstabChange(from, to, setting.serverStack.dialect) === connected(to) - connected(from),
        ),
    }),
  ),
  stepProperty(
    {
      id: 'N10',
      family,
      sentence: 'Every counter but the gauge CurrEstab only rises, and is one that the kernel has.',
      formula: '□[Δc ≥ 0, c ≠ CurrEstab]',
      source: 'linux: SNMP_INC_STATS, NET_INC_STATS',
    },
    {
      reads: ends,
      given: ({ effects }: Step) => effects.some((e) => e.includes(' counted ')),
      then: ({ effects }: Step) =>
        effects.filter((e) => e.includes(' counted ')).every((e) => e.slice(e.lastIndexOf(' ') + 1) in counters),
    },
  ),
  stepProperty(
    {
      id: 'N5',
      family,
      sentence: 'Every repeated SYN or SYN+ACK is a retransmission: TCPSynRetrans is never ahead of RetransSegs.',
      formula: '□ RetransSegs ≥ TCPSynRetrans',
      source: 'linux: __tcp_retransmit_skb, tcp_rtx_synack',
    },
    {
      reads: ends,
      given: ({ effects }: Step) => anyOf(effects, 'RetransSegs', 'TCPSynRetrans'),
      then: ({ effects }: Step) => countIn(effects, 'RetransSegs') >= countIn(effects, 'TCPSynRetrans'),
    },
  ),
  stepProperty(
    {
      id: 'N6',
      family,
      sentence: 'A cookie is sent only for a SYN that was counted as wanting one.',
      formula: '□ SyncookiesSent ≤ TCPReqQFullDoCookies',
      source: 'linux: tcp_syn_flood_action, cookie_init_sequence',
    },
    {
      reads: server,
      given: ({ effects }: Step) => anyOf(effects, 'SyncookiesSent', 'TCPReqQFullDoCookies'),
      then: ({ effects }: Step) =>
        countIn(effects, 'SyncookiesSent') <= countIn(effects, 'TCPReqQFullDoCookies') &&
        countIn(effects, 'TCPReqQFullDoCookies') === 1,
    },
  ),
  stepProperty(
    {
      id: 'N7',
      family,
      sentence:
        'EmbryonicRsts counts the requests that a segment deleted, by RST, by a SYN in the window or by an abort.',
      formula: '□[ΔEmbryonicRsts = 1 ⇔ R ∧ ¬R′ by a segment]',
      source: 'linux: tcp_check_req',
    },
    {
      reads: server,
      given: (s: OfServer) => isKilled(s) || anyOf(s.effects, 'EmbryonicRsts'),
      then: (s: OfServer) => isKilled(s) && countIn(s.effects, 'EmbryonicRsts') === 1,
    },
  ),
  stepProperty(
    {
      id: 'N8',
      family,
      sentence: 'A handshake that fails is counted in AttemptFails.',
      formula: '□[(SYN_SENT → CLOSED) ∨ (R → none) ⇒ ΔAttemptFails = 1]',
      source: 'RFC 4022 tcpAttemptFails; Linux leaves out expiry, abort on overflow, and close() in SYN_SENT',
    },
    {
      reads: ends,
      given: (s: Step) =>
        (s.before.server.object.kind === 'request' && s.after.server.object.kind === 'none') ||
        (s.before.client.socket.state === 'SYN_SENT' && s.after.client.socket.state === 'CLOSED'),
      then: ({ effects }: Step) => countIn(effects, 'AttemptFails') === 1,
    },
  ),
  stepProperty(
    {
      id: 'N13',
      family,
      sentence: "TCPTimeouts counts each firing of a request's timer, the last one included.",
      formula: '□[R ∧ timer ⇒ ΔTCPTimeouts = 1]',
      source: 'linux: tcp_syn_ack_timeout',
    },
    {
      reads: server,
      given: ({ before, rule }: OfServer) => rule === 'server timer' && before.server.object.kind === 'request',
      then: ({ effects }: OfServer) => countIn(effects, 'TCPTimeouts') === 1,
    },
  ),
]
