/** What ends a connection, and what does not: close(), RSTs of RFC 5961, half-closing, the end of a listener. */
import {
  hasRst,
  isTcb,
  isTimeWait,
  receivedIn,
  type Segment,
  type Server,
  type Setting,
  type Socket,
  sentIn,
  stateName,
  type Tcb,
} from '../../model/index.ts'
import {
  changed,
  invariant,
  type Step,
  same,
  socketsOf,
  stepProperty,
  type TcpProperty,
  type View,
} from '../property.ts'
import { receiver } from './synchronized.ts'

const family = 'closing' as const
const ends = { group: ['client', 'server'] }

/** Full sockets, and the mini-socket of FIN_WAIT2: what RFC 9293 calls synchronized, but for TIME_WAIT. */
const isSynchronized = (s: Socket): boolean =>
  (isTcb(s) && s.state !== 'SYN_RECV') || (isTimeWait(s) && s.substate === 'FIN_WAIT2')

const nextOf = (s: Socket): number | undefined => (isTcb(s) ? s.rcv.nxt : isTimeWait(s) ? s.rcvNxt : undefined)

const isAfterFin = (s: Socket): boolean => isTcb(s) && ['CLOSE_WAIT', 'CLOSING', 'LAST_ACK'].includes(s.state)

/** How far a RST lies from what is expected next; undefined where none came, or none to a synchronized socket. */
const resetAt = (s: Step): { was: Socket; is: Socket; ahead: number } | undefined => {
  const r = receiver(s)
  if (r === undefined || !hasRst(r.segment) || !isSynchronized(r.was)) return undefined
  return { ...r, ahead: (r.segment.seq - nextOf(r.was)!) | 0 }
}

/** One below a FIN is as good as exact to Linux. */
const isExact = ({ was, ahead }: { was: Socket; ahead: number }): boolean =>
  ahead === 0 || (ahead === -1 && isAfterFin(was))

const isInWindow = (ahead: number, { serverStack }: Setting): boolean => ahead >= 0 && ahead < serverStack.window

const isCall = ({ rule }: Pick<Step, 'rule'>, call: string): boolean => rule.endsWith(` ${call}`)

const closesInPeace = (s: Step): { before: Tcb; after: Socket }[] =>
  isCall(s, 'close')
    ? changed(s).flatMap(({ before, after }) =>
        isTcb(before) && ['ESTABLISHED', 'CLOSE_WAIT'].includes(before.state) && before.rcv.unread === 0
          ? [{ before, after }]
          : [],
      )
    : []

/** A child that waits in the accept queue when its listener ends. */
const isBuried = ({ before: { server }, rule }: Step): boolean =>
  rule.endsWith(' the listener') && server.object.kind === 'child' && server.object.place !== undefined

/** What the end of the listener made it owe: RSTs, which go out one by one. */
const owes = (server: Server): readonly Segment[] => server.owes?.send ?? []

export const ending: TcpProperty[] = [
  stepProperty(
    {
      id: 'C9',
      family,
      sentence: 'close() without unread data queues a FIN: ESTABLISHED goes to FIN_WAIT1, CLOSE_WAIT to LAST_ACK.',
      formula: '□[close ∧ unread = 0 ∧ state ∈ {ESTABLISHED, CLOSE_WAIT} ⇒ fin′]',
      source:
        'RFC 9293 §3.10.4 · linux: __tcp_close, tcp_close_state; with too many orphans a RST follows (tcp_check_oom)',
    },
    {
      reads: ends,
      given: (s: Step) => closesInPeace(s).length > 0,
      then: (s: Step) =>
        closesInPeace(s).every(
          ({ before, after }) =>
            isTcb(after) && after.snd.fin && after.state === (before.state === 'CLOSE_WAIT' ? 'LAST_ACK' : 'FIN_WAIT1'),
        ),
    },
  ),
  stepProperty(
    {
      id: 'C10',
      family,
      sentence: 'A closed socket sends nothing but RSTs.',
      formula: '□[CLOSED ∧ CLOSED′ ⇒ sent ⊆ RST]',
      source: 'RFC 9293 §3.10.7.1 · linux: tcp_v4_rcv (no_tcp_socket)',
    },
    {
      reads: { group: ['client'] },
      given: ({ before, after, effects }: Step) =>
        before.client.socket.state === 'CLOSED' &&
        after.client.socket.state === 'CLOSED' &&
        receivedIn(effects, 'client') !== undefined,
      then: ({ effects }: Step) => sentIn(effects, 'client').every(hasRst),
    },
  ),
  invariant(
    {
      id: 'C11',
      family,
      sentence: 'In FIN_WAIT1 a FIN is sent, or queued behind what was written.',
      formula: '□ FIN_WAIT1 ⇒ fin',
      source: 'linux: tcp_send_fin; RFC 9293 §3.6 enters the state when it is sent',
    },
    {
      reads: ends,
      given: (v: View) => socketsOf(v).some((t) => stateName(t) === 'FIN_WAIT1'),
      then: (v: View) => socketsOf(v).every((t) => !isTcb(t) || t.state !== 'FIN_WAIT1' || t.snd.fin),
    },
  ),
  stepProperty(
    {
      id: 'C12',
      family,
      sentence: 'A RST in the window that is not exact ends no connection.',
      formula: '□[RST ∈ window ∧ SEQ ≠ RCV.NXT ⇒ state′ = state]',
      source:
        'RFC 5961 §3 · linux: tcp_reset_check; the mini-socket of FIN_WAIT2 takes any (tcp_timewait_state_process)',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => {
        const r = resetAt(s)
        return r !== undefined && !isExact(r) && isInWindow(r.ahead, setting)
      },
      then: (s: Step) => stateName(resetAt(s)!.is) === stateName(resetAt(s)!.was),
    }),
  ),
  stepProperty(
    {
      id: 'C13',
      family,
      sentence: 'A RST out of the window is not answered.',
      formula: '□[RST ∉ window ⇒ nothing sent]',
      source:
        'RFC 9293 §3.10.7.4 first · linux: tcp_validate_incoming; the mini-socket of FIN_WAIT2 answers (tcp_timewait_state_process)',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => {
        const r = resetAt(s)
        return r !== undefined && !isExact(r) && (r.ahead < 0 || r.ahead > setting.serverStack.window)
      },
      then: ({ effects }: Step) => sentIn(effects).length === 0,
    }),
  ),
  stepProperty(
    {
      id: 'C14',
      family,
      sentence: "After the peer's FIN the other direction is open: what is written in CLOSE_WAIT is sent.",
      formula: '□[CLOSE_WAIT ∧ send ⇒ text sent]',
      source: 'RFC 9293 §3.6, §3.10.2 · linux: tcp_sendmsg',
    },
    {
      reads: ends,
      given: (s: Step) =>
        isCall(s, 'send') &&
        changed(s).some(({ before }) => isTcb(before) && before.state === 'CLOSE_WAIT' && !before.afterTimeout),
      then: ({ effects }: Step) => sentIn(effects).some((x) => x.len > 0),
    },
  ),
  stepProperty(
    {
      id: 'C15',
      family,
      sentence:
        'The end of a listener resets every child that waits there, once; one that was reset before hears nothing.',
      formula: '□[listener ends ∧ queued child ⇒ ¬child′ ∧ one RST owed iff it lives] ∧ □[bury ⇒ sent = owed]',
      source: 'linux: inet_csk_listen_stop, inet_child_forget',
    },
    {
      reads: { group: ['server'] },
      given: (s: Step) => isBuried(s) || s.rule === 'bury',
      then: (s: Step) => {
        const { before, after, effects } = s
        if (!isBuried(s))
          return same(
            sentIn(effects, 'server').map(({ flags }) => flags),
            owes(before.server).map(({ flags }) => flags),
          )
        const { object } = before.server
        const lives = object.kind === 'child' && isTcb(object.socket)
        return (
          after.server.object.kind !== 'child' &&
          owes(after.server).length === (lives ? 1 : 0) &&
          owes(after.server).every(hasRst)
        )
      },
    },
  ),
]
