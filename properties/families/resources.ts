/** What strangers and forgetful processes can make a host keep, and for how long. */
import {
  countIn,
  isTcb,
  type Listener,
  receivedIn,
  type Server,
  type Setting,
  type Socket,
  synTableSize,
  type Tcb,
} from '../../model/index.ts'
import {
  invariant,
  type Step,
  socketsOf,
  stepProperty,
  type TcpProperty,
  type View,
  type WholeView,
} from '../property.ts'

const family = 'resources' as const
const ends = { group: ['client', 'server'] }
const server = { group: ['server'] }
type OfServer = Step<Pick<View, 'server'>>

/** How many requests SYNs can make a listener keep. */
const most = ({ backlog, ...l }: Listener, { serverStack }: Setting): number => {
  const { synQueueFull } = serverStack.dialect
  if (synQueueFull === 'table') return synTableSize({ backlog, ...l }, serverStack)
  return synQueueFull === 'never' ? Number.POSITIVE_INFINITY : synQueueFull === 'q > B' ? backlog + 1 : backlog
}

const requests = (all: readonly Server[]): number =>
  all.filter(({ object }) => object.kind === 'request' && !object.abandoned).length

const isOrphan = (s: Socket): s is Tcb => isTcb(s) && s.orphan === true

/** Nothing is owed to the peer, and the process has neither closed nor anything to send. */
const isLeft = (s: Socket): s is Tcb =>
  isTcb(s) &&
  s.orphan !== true &&
  (s.state === 'CLOSE_WAIT' || s.state === 'FIN_WAIT2') &&
  s.snd.una === s.snd.nxt &&
  s.keepalive === undefined

const timerOf = ({ object }: Server): number | undefined => (object.kind === 'request' ? object.timer.left : undefined)

export const resources: TcpProperty[] = [
  invariant(
    {
      id: 'B1',
      family,
      sentence: 'Half-open connections cost a listener no more than its SYN queue, whoever sends SYNs.',
      formula: '□ #R ≤ cap(B)',
      source: 'RFC 4987 §3 · linux: inet_csk_reqsk_queue_is_full; RFC 9293 knows no bound',
    },
    (setting) => ({
      reads: { group: ['server'], shared: ['listener'], everyGroup: true },
      given: (v: WholeView) => requests(v.server) > 0,
      then: (v: WholeView) =>
        requests(v.server) <= (setting.serverStack.dialect.queues ? most(v.listener, setting) : setting.backlog + 1),
    }),
  ),
  invariant(
    {
      id: 'B2',
      family,
      sentence: 'Where tcp_max_orphans sockets have no process already, no other stays without one.',
      formula: '□ orphans full ⇒ no orphan',
      source: 'linux: tcp_check_oom, tcp_too_many_orphans',
    },
    (setting) => ({
      reads: ends,
      given: (v: View) => setting.serverStack.orphansFull === true && socketsOf(v).length > 0,
      then: (v: View) => !socketsOf(v).some(isOrphan),
    }),
  ),
  stepProperty(
    {
      id: 'B3',
      family,
      sentence: 'A SYN that is answered with a cookie leaves nothing in the SYN queue.',
      formula: '□[ΔSyncookiesSent = 1 ⇒ ¬R′]',
      source: 'RFC 4987 §3.6 · linux: tcp_conn_request',
    },
    {
      reads: server,
      given: ({ effects }: OfServer) => countIn(effects, 'SyncookiesSent') > 0,
      then: ({ after }: OfServer) => after.server.object.kind === 'none',
    },
  ),
  stepProperty(
    {
      id: 'B4',
      family,
      sentence: 'No segment puts off the end of a request: only its own timer starts that timer anew.',
      formula: '□[R ∧ R′ ∧ left′ > left ⇒ timer]',
      source: 'linux: tcp_check_req: a repeated SYN does, so that SYNs sent fast enough keep a request for ever',
    },
    {
      reads: server,
      given: ({ before, after, effects }: OfServer) =>
        timerOf(before.server) !== undefined &&
        timerOf(after.server) !== undefined &&
        receivedIn(effects, 'server') !== undefined,
      then: ({ before, after }: OfServer) => timerOf(after.server)! <= timerOf(before.server)!,
    },
  ),
  invariant(
    {
      id: 'B5',
      family,
      sentence: 'A connection without a process has a timer that will end it.',
      formula: '□ orphan ⇒ timer',
      source: 'linux: tcp_orphan_retries, tcp_fin_time; RFC 9293 §3.6 lets FIN-WAIT-2 last',
    },
    {
      reads: ends,
      given: (v: View) => socketsOf(v).some(isOrphan),
      then: (v: View) =>
        socketsOf(v)
          .filter(isOrphan)
          .every((t) => t.rtx !== undefined || t.finWait !== undefined || t.keepalive !== undefined),
    },
  ),
  invariant(
    {
      id: 'B6',
      family,
      sentence: 'CLOSE_WAIT, and FIN_WAIT2 with a process, have no timer: only the process can end them.',
      formula: '□ CLOSE_WAIT ∨ FIN_WAIT2 with a process, all acknowledged ⇒ no timer',
      source: 'RFC 9293 §3.6 · linux: tcp_rcv_state_process, tcp_shutdown',
    },
    {
      reads: ends,
      given: (v: View) => socketsOf(v).some(isLeft),
      then: (v: View) =>
        socketsOf(v)
          .filter(isLeft)
          .every((t) => t.rtx === undefined && t.finWait === undefined),
    },
  ),
]
