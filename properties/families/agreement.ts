/** What each end may believe of the other once it is established, and on which evidence. */
import {
  add,
  countIn,
  distance,
  before as earlier,
  hasAck,
  hasRst,
  hasSyn,
  isTcb,
  notAfter,
  receivedIn,
  type Segment,
  type Seq,
  type Server,
  type Setting,
  segmentEnd,
  sentIn,
  synAckRetries,
  type Tcb,
} from '../../model/index.ts'
import { type Step, same, stepProperty, type TcpProperty, type View } from '../property.ts'

const family = 'handshake' as const
const server = { group: ['server'] }
const ends = { group: ['client', 'server'] }
type OfServer = Step<Pick<View, 'server'>>

/** A child where none was. */
const isBorn = ({ before, after }: OfServer): boolean =>
  after.server.object.kind === 'child' && before.server.object.kind !== 'child'

/** The server's half of the agreement: the numbers that it has offered. */
const offered = ({ object, cookie }: Server): { irs: Seq; iss: Seq } | undefined =>
  object.kind === 'request' ? object : cookie

const isInWindow = (s: Segment, irs: Seq, window: number): boolean => {
  const next = add(irs, 1)
  return s.seq === next || (earlier(next, segmentEnd(s)) && earlier(s.seq, add(next, window + 1)))
}

const completes = (s: Segment | undefined, before: Server, window: number): boolean => {
  const numbers = offered(before)
  if (s === undefined || numbers === undefined) return false
  if (hasRst(s) || s.ack !== add(numbers.iss, 1)) return false
  const isCookie = before.object.kind !== 'request' // nothing is known there but the ACK: it has to be exact
  return isCookie ? s.seq === add(numbers.irs, 1) : s.seq === numbers.irs || isInWindow(s, numbers.irs, window)
}

/** `to` expects something that `from` has sent or may send: both count from the same initial number. */
const counts = (from: Tcb, iss: Seq, to: Tcb): boolean =>
  distance(add(iss, 1), to.rcv.nxt) >= 0 && notAfter(to.rcv.nxt, add(from.snd.end, from.snd.fin ? 1 : 0))

/** The first number of an end, told from a socket whose last number is known. */
const issOf = ({ iss }: Setting, side: 'client' | 'server', n: number): Seq => add(iss[side], (n - 1) * iss.isnStep)

export const agreement: TcpProperty[] = [
  stepProperty(
    {
      id: 'H1',
      family,
      sentence:
        'A child comes of a segment in the window that acknowledges the SYN+ACK; of a cookie, at the very first number.',
      formula: '□[child′ ∧ ¬child ⇒ SEG.ACK = ISS + 1 ∧ SEG.SEQ in window]',
      source: 'RFC 9293 §3.10.7.4 · linux: tcp_check_req, cookie_v4_check (which forgives up to three bytes)',
    },
    (setting) => ({
      reads: server,
      given: isBorn,
      then: (s: OfServer) => completes(receivedIn(s.effects, 'server'), s.before.server, setting.serverStack.window),
    }),
  ),
  stepProperty(
    {
      id: 'H2',
      family,
      sentence: 'A client is established by a segment that acknowledges its SYN, and in SYN_SENT by a SYN+ACK.',
      formula: '□[SYN_SENT ∧ ESTABLISHED′ ⇒ SYN+ACK ∧ SEG.ACK = ISS + 1]',
      source: 'RFC 9293 §3.10.7.3 · linux: tcp_rcv_synsent_state_process',
    },
    {
      reads: { group: ['client'] },
      given: ({ before, after }: Step<Pick<View, 'client'>>) =>
        before.client.socket.state === 'SYN_SENT' && after.client.socket.state === 'ESTABLISHED',
      then: ({ before, effects }: Step<Pick<View, 'client'>>) => {
        const s = receivedIn(effects, 'client')
        return (
          s !== undefined &&
          hasSyn(s) &&
          before.client.socket.state === 'SYN_SENT' &&
          s.ack === add(before.client.socket.iss, 1)
        )
      },
    },
  ),
  stepProperty(
    {
      id: 'H3',
      family,
      sentence:
        "A child begins where its client began: what it expects, and what it takes, count from the client's SYN.",
      formula: '□[child′ ∧ ¬child ∧ client established ⇒ RCV.NXT′ = ISS_client + 1 + what it took]',
      source: 'RFC 9293 §3.4.1',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => isBorn(s) && isTcb(s.after.client.socket),
      then: ({ after, effects }: Step) => {
        const { client, server: its } = after
        if (its.object.kind !== 'child' || !isTcb(its.object.socket) || !isTcb(client.socket)) return true
        const iss = issOf(setting, 'client', client.connects)
        const took = receivedIn(effects, 'server')!
        const next = its.object.socket.rcv.nxt
        const inOrder = took.seq === add(iss, 1) ? segmentEnd(took) : add(iss, 1)
        return next === inOrder && counts(client.socket, iss, its.object.socket)
      },
    }),
  ),
  stepProperty(
    {
      id: 'H13',
      family,
      sentence: 'The timer repeats a SYN+ACK no more often than tcp_synack_retries (or TCP_SYNCNT) says.',
      formula: '□[timer ∧ SYN+ACK ⇒ n < retries]',
      source: 'linux: reqsk_timer_handler',
    },
    (setting) => ({
      reads: server,
      given: ({ before, effects, rule }: OfServer) =>
        rule === 'server timer' && before.server.object.kind === 'request' && sentIn(effects, 'server').length > 0,
      then: ({ before }: OfServer) =>
        before.server.object.kind === 'request' && before.server.object.timer.n < synAckRetries(setting.serverStack),
    }),
  ),
  stepProperty(
    {
      id: 'H14',
      family,
      sentence: 'A SYN answered with a cookie changes neither queue, and the same SYN is given the same cookie.',
      formula: '□[cookie ⇒ (q, y, a)′ = (q, y, a) ∧ ISS′ = ISS for the same SYN]',
      source: 'linux: cookie_init_sequence, tcp_conn_request',
    },
    {
      reads: { group: ['server'], shared: ['listener'] },
      given: ({ effects }: Step<Pick<View, 'server' | 'listener'>>) => countIn(effects, 'SyncookiesSent') > 0,
      then: ({ before, after }: Step<Pick<View, 'server' | 'listener'>>) => {
        const queues = ({ listener: l }: Pick<View, 'listener'>) => [l.requests, l.young, l.acceptQueue]
        const [was, is] = [before.server.cookie, after.server.cookie]
        return same(queues(before), queues(after)) && (was?.irs !== is?.irs || was?.iss === is?.iss)
      },
    },
  ),
  stepProperty(
    {
      id: 'H15',
      family,
      sentence: 'No SYN, old or new, makes a child by itself.',
      formula: '□[SYN without ACK ⇒ ¬(child′ ∧ ¬child)]',
      source: 'RFC 9293 §3.5: why the handshake has three steps',
    },
    {
      reads: server,
      given: ({ effects }: OfServer) => receivedIn(effects, 'server')?.flags === 'S',
      then: (s: OfServer) => !isBorn(s),
    },
  ),
  stepProperty(
    {
      id: 'H17',
      family,
      sentence: 'A request notes that it was acknowledged only when it was.',
      formula: '□[acked′ ∧ ¬acked ⇒ valid third ACK]',
      source: 'linux: tcp_check_req (acked)',
    },
    (setting) => ({
      reads: server,
      given: ({ before, after }: OfServer) =>
        after.server.object.kind === 'request' &&
        after.server.object.acked &&
        !(before.server.object.kind === 'request' && before.server.object.acked),
      then: ({ before, effects }: OfServer) => {
        const s = receivedIn(effects, 'server')
        return s !== undefined && hasAck(s) && completes(s, before.server, setting.serverStack.window)
      },
    }),
  ),
]
