/** What sysctls and socket options do to a handshake, as moments that happen with one value and not with another. */
import {
  type Counter,
  countIn,
  distance,
  before as earlier,
  hasRst,
  hasSyn,
  isTcb,
  receivedIn,
  sentIn,
  synAckRetries,
  type Tcb,
} from '../../model/index.ts'
import { happens, reachable, type Step, type TcpProperty, type View } from '../property.ts'
import { isGhost } from './states.ts'

const family = 'reachable' as const
const server = { group: ['server'] }
const ends = { group: ['client', 'server'] }
type OfServer = Step<Pick<View, 'server'>>

/** A counter rises at either end. */
const counted = (id: string, sentence: string, source: string, ...counters: Counter[]): TcpProperty =>
  happens(
    { id, family, sentence, formula: `◇[${counters.map((c) => `Δ${c} > 0`).join(' ∨ ')}]`, source },
    { reads: ends, when: ({ effects }: Step) => counters.some((c) => countIn(effects, c) > 0) },
  )

const repeatedSyn = (id: string, sentence: string, times: number): TcpProperty =>
  reachable(
    { id, family, sentence, formula: `◇ SYN_SENT ∧ n ≥ ${times}`, source: 'linux: tcp_retransmit_timer' },
    {
      reads: { group: ['client'] },
      when: ({ client: { socket } }: View) => socket.state === 'SYN_SENT' && socket.rtx.n >= times,
    },
  )

/** A request that might have been repeated once more is given up by its timer. */
const isPruned = ({ before, after, rule }: OfServer, retries: number): boolean =>
  rule === 'server timer' &&
  before.server.object.kind === 'request' &&
  before.server.object.timer.n < retries &&
  after.server.object.kind === 'none'

export const effectsSeen: TcpProperty[] = [
  repeatedSyn('SYN-repeated', 'A SYN is sent again.', 1),
  repeatedSyn('SYN-repeated-twice', 'A SYN is sent for the third time.', 2),
  happens(
    {
      id: 'SYN-ACK-repeated',
      family,
      sentence: 'The timer of a request sends its SYN+ACK again.',
      formula: '◇[R ∧ timer ∧ SYN+ACK]',
      source: 'linux: reqsk_timer_handler',
    },
    {
      reads: server,
      when: ({ before, effects, rule }: OfServer) =>
        rule === 'server timer' && before.server.object.kind === 'request' && sentIn(effects, 'server').some(hasSyn),
    },
  ),
  happens(
    {
      id: 'pruned',
      family,
      sentence: 'A request is given up before its time, for there are too many.',
      formula: '◇[R ∧ n < retries ∧ timer ∧ ¬R′]',
      source: 'linux: reqsk_timer_handler; to 4.3 inet_csk_reqsk_queue_prune',
    },
    (setting) => ({ reads: server, when: (s: OfServer) => isPruned(s, synAckRetries(setting.serverStack)) }),
  ),
  happens(
    {
      id: 'ghost-pruned',
      family,
      sentence: 'A ghost is given up before its time, for there are too many requests.',
      formula: '◇[GHOST ∧ n < retries ∧ timer ∧ ¬R′]',
      source: 'linux: reqsk_timer_handler',
    },
    (setting) => ({
      reads: ends,
      when: (s: Step) => isGhost(s.before) && isPruned(s, synAckRetries(setting.serverStack)),
    }),
  ),
  counted('cookie-sent', 'A SYN is answered with a cookie.', 'linux: cookie_init_sequence', 'SyncookiesSent'),
  counted('deferred', 'A bare third ACK is dropped, to wait for text.', 'linux: tcp_check_req', 'TCPDeferAcceptDrop'),
  counted(
    'answer-withheld',
    'An ACK is owed to a segment that cannot be used, and not sent, for one has just gone out.',
    'linux: __tcp_oow_rate_limited',
    'TCPACKSkippedSynRecv',
    'TCPACKSkippedSeq',
    'TCPACKSkippedChallenge',
  ),
  counted('shut-out-by-clock', 'A SYN is dropped for the clock of its host.', 'linux: tcp_conn_request', 'PAWSPassive'),
  counted('PAWS', 'A segment is dropped for its timestamp.', 'RFC 7323 §5 · linux: tcp_validate_incoming', 'PAWSEstab'),
  reachable(
    {
      id: 'text-ahead-kept',
      family,
      sentence: 'A server keeps text that is ahead of a gap of more than 65535 bytes.',
      formula: '◇ held text − RCV.NXT > 65535',
      source: 'RFC 7323 §2.1 · linux: tcp_data_queue_ofo',
    },
    {
      reads: server,
      when: ({ server: { object } }: View) =>
        object.kind === 'child' &&
        isTcb(object.socket) &&
        object.socket.rcv.held.some(({ from }) => distance((object.socket as Tcb).rcv.nxt, from) > 65_535),
    },
  ),
  happens(
    {
      id: 'kept-for-known-peers',
      family,
      sentence: 'A SYN is dropped, for what is left of tcp_max_syn_backlog is kept for peers that are known.',
      formula: '◇[SYN ∧ ΔListenDrops = 1 ∧ neither queue full]',
      source: 'linux: tcp_conn_request, tcp_peer_is_proven',
    },
    {
      reads: server,
      when: ({ effects }: OfServer) =>
        receivedIn(effects, 'server')?.flags === 'S' &&
        countIn(effects, 'ListenDrops') > 0 &&
        countIn(effects, 'ListenOverflows') + countIn(effects, 'TCPReqQFullDrop') + countIn(effects, 'PAWSPassive') ===
          0,
    },
  ),
  happens(
    {
      id: 'challenge-withheld',
      family,
      sentence:
        'A RST in the window, and not exact, meets silence: the host has sent its challenge ACKs for this second.',
      formula: '◇[RST ∈ window ∧ SEG.SEQ ≠ RCV.NXT ∧ silence]',
      source: 'linux: tcp_send_challenge_ack · RFC 5961 §7',
    },
    (setting) => ({
      reads: server,
      when: ({ before: { server: was }, effects }: OfServer) => {
        const s = receivedIn(effects, 'server')
        if (s === undefined || !hasRst(s) || was.object.kind !== 'child' || !isTcb(was.object.socket)) return false
        const { nxt } = was.object.socket.rcv
        const inWindow = earlier(nxt, s.seq) && s.seq - nxt <= setting.serverStack.window
        return inWindow && was.object.socket.quiet === undefined && sentIn(effects, 'server').length === 0
      },
    }),
  ),
]
