/** Questions that no property of the families asks, which no reader would expect to hold but for having read so. */
import { countIn, hasFin, hasRst, receivedIn, type Segment, sentIn } from '../../model/index.ts'
import { happens, invariant, reachable, type Step, stepProperty, type TcpProperty, type View } from '../property.ts'

const server = { group: ['server'] }
const withListener = { group: ['server'], shared: ['listener'] }
type Queued = Pick<View, 'server' | 'listener'>

const isFull = ({ listener: l }: Pick<View, 'listener'>): boolean => l.acceptQueue > l.backlog
const acked = ({ server: { object } }: Pick<View, 'server'>): boolean => object.kind === 'request' && object.acked
const isSynAck = (s: Segment): boolean => s.flags === 'S.'

export const noticedOnlyWhenFull: TcpProperty = stepProperty(
  {
    id: 'acked-only-when-full',
    family: 'queues',
    sentence: 'A third ACK is dropped for want of room only.',
    formula: '□[acked′ ∧ ¬acked ⇒ a > B]',
    source: 'linux: tcp_v4_syn_recv_sock',
  },
  {
    reads: withListener,
    given: ({ before, after }: Step<Queued>) => acked(after) && !acked(before),
    then: ({ before }: Step<Queued>) => isFull(before),
  },
)

export const repeatsThoughAcked: TcpProperty = happens(
  {
    id: 'repeats-though-acked',
    family: 'reachable',
    sentence: 'A SYN+ACK is repeated to a client whose third ACK has arrived.',
    formula: '◇[R with acked ∧ timer ∧ SYN+ACK]',
    source: 'linux: reqsk_timer_handler',
  },
  {
    reads: server,
    when: ({ before, effects, rule }: Step) =>
      rule === 'server timer' && acked(before) && sentIn(effects, 'server').some(isSynAck),
  },
)

const promotedBy = (test: (s: Segment) => boolean) => (step: Step<Pick<View, 'server'>>) => {
  const s = receivedIn(step.effects, 'server')
  return acked(step.before) && step.after.server.object.kind === 'child' && s !== undefined && test(s)
}

const promotes = (id: string, what: string, test: (s: Segment) => boolean): TcpProperty =>
  happens(
    {
      id,
      family: 'reachable',
      sentence: `${what} completes the handshake of a client whose third ACK was dropped.`,
      formula: '◇[R with acked ∧ child′]',
      source: 'linux: tcp_check_req',
    },
    { reads: server, when: promotedBy(test) },
  )

export const dataPromotes = promotes('data-promotes', 'Text', (s) => s.len > 0)
export const finPromotes = promotes('fin-promotes', 'A FIN', (s) => s.len === 0 && hasFin(s))
export const ackPromotes = promotes('ack-promotes', 'A bare ACK', (s) => s.len === 0 && !hasFin(s))

export const dataDroppedWhenFull: TcpProperty = stepProperty(
  {
    id: 'data-dropped-when-full',
    family: 'queues',
    sentence: 'Text that meets a request while the accept queue is full makes no child.',
    formula: '□[R ∧ a > B ∧ text ⇒ no child]',
    source: 'linux: tcp_v4_syn_recv_sock',
  },
  {
    reads: withListener,
    given: ({ before, effects }: Step<Queued>) =>
      isFull(before) && before.server.object.kind === 'request' && (receivedIn(effects, 'server')?.len ?? 0) > 0,
    then: ({ after }: Step<Queued>) => after.server.object.kind !== 'child',
  },
)

export const finWaitAnswers: TcpProperty = happens(
  {
    id: 'fin-wait-1-answers',
    family: 'reachable',
    sentence: 'A client in FIN_WAIT1 answers a repeated SYN+ACK with an ACK.',
    formula: '◇[FIN_WAIT1 ∧ SYN+ACK ∧ ACK sent]',
    source: 'linux: tcp_validate_incoming',
  },
  {
    reads: { group: ['client'] },
    when: ({ before, effects }: Step<Pick<View, 'client'>>) => {
      const s = receivedIn(effects, 'client')
      const answered = sentIn(effects, 'client').some((a) => a.flags === '.')
      return before.client.socket.state === 'FIN_WAIT1' && s !== undefined && isSynAck(s) && answered
    },
  },
)

export const overflowsOnlyAtThirdAck: TcpProperty = stepProperty(
  {
    id: 'overflows-only-at-third-ack',
    family: 'counters',
    sentence: 'ListenOverflows counts no SYN.',
    formula: '□[ListenOverflows + 1 ⇒ ¬SYN]',
    source: 'linux: tcp_conn_request',
  },
  {
    reads: server,
    given: ({ effects }: Step) => countIn(effects, 'ListenOverflows') > 0,
    then: ({ effects }: Step) => receivedIn(effects, 'server')?.flags !== 'S',
  },
)

export const overflowResets: TcpProperty = stepProperty(
  {
    id: 'overflow-resets',
    family: 'queues',
    sentence: 'A third ACK that meets a full accept queue is answered with RST.',
    formula: '□[ACK ∧ overflow ⇒ RST]',
    source: 'linux: tcp_check_req, tcp_get_cookie_sock',
  },
  {
    reads: server,
    given: ({ effects }: Step) =>
      countIn(effects, 'ListenOverflows') > 0 && receivedIn(effects, 'server')?.ack !== undefined,
    then: ({ effects }: Step) => sentIn(effects, 'server').some(hasRst),
  },
)

export const clientIsReset: TcpProperty = reachable(
  {
    id: 'client-is-reset',
    family: 'reachable',
    sentence: 'A client that was established is reset.',
    formula: '◇ client = CLOSED (reset)',
    source: 'linux: tcp_reset',
  },
  {
    reads: { group: ['client'] },
    when: ({ client: { socket } }: Pick<View, 'client'>) => socket.state === 'CLOSED' && socket.because === 'reset',
  },
)

export const synQueueDrops: TcpProperty = happens(
  {
    id: 'syn-queue-drops',
    family: 'reachable',
    sentence: 'A SYN meets a full SYN queue, is dropped in silence and counted.',
    formula: '◇[q full ∧ SYN ∧ silence ∧ ListenDrops + 1]',
    source: 'linux: tcp_conn_request',
  },
  {
    reads: server,
    when: ({ effects }: Step) =>
      countIn(effects, 'TCPReqQFullDrop') > 0 &&
      countIn(effects, 'ListenDrops') > 0 &&
      sentIn(effects, 'server').length === 0,
  },
)

export const synQueueResets: TcpProperty = happens(
  {
    id: 'syn-queue-resets',
    family: 'reachable',
    sentence: 'A SYN that meets a full SYN queue is answered with RST.',
    formula: '◇[q full ∧ SYN ∧ RST]',
    source: 'linux: tcp_conn_request',
  },
  {
    reads: server,
    when: ({ effects }: Step) =>
      countIn(effects, 'TCPReqQFullDrop') + countIn(effects, 'ListenOverflows') > 0 &&
      receivedIn(effects, 'server')?.flags === 'S' &&
      sentIn(effects, 'server').some(hasRst),
  },
)

export const cookieStoresNothing: TcpProperty = stepProperty(
  {
    id: 'cookie-stores-nothing',
    family: 'queues',
    sentence: 'A SYN that is answered with a cookie makes no request.',
    formula: '□[cookie ⇒ q′ = q ∧ no R′]',
    source: 'linux: tcp_conn_request',
  },
  {
    reads: withListener,
    given: ({ effects }: Step<Queued>) => countIn(effects, 'SyncookiesSent') > 0,
    then: ({ before, after }: Step<Queued>) =>
      after.listener.requests === before.listener.requests && after.server.object.kind === 'none',
  },
)

export const synRecvIsUnanswered: TcpProperty = invariant(
  {
    id: 'syn-recv-is-unanswered',
    family: 'queues',
    sentence: 'A connection in SYN_RECV is one whose client has not answered.',
    formula: '□ R ⇒ ¬acked',
    source: 'linux: tcp_check_req',
  },
  {
    reads: server,
    given: ({ server: { object } }: Pick<View, 'server'>) => object.kind === 'request',
    then: (v: Pick<View, 'server'>) => !acked(v),
  },
)
