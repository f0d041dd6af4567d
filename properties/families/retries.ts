/** Timers of connections: when they run, how they back off, and when they give up. */
import {
  distance,
  before as earlier,
  hasRst,
  isTcb,
  isTimeWait,
  retryLimit,
  type Segment,
  type Setting,
  type Socket,
  type Stack,
  segmentLength,
  sentIn,
  stateName,
  synRetries,
  type Tcb,
} from '../../model/index.ts'
import { changed, invariant, type Step, socketsOf, stepProperty, type TcpProperty, type View } from '../property.ts'
import { receiver } from './synchronized.ts'

const family = 'timers' as const
const ends = { group: ['client', 'server'] }

/** A socket's retransmission timer, wherever it has one. */
const timerOf = (s: Socket) => ('rtx' in s ? s.rtx : undefined)

/** A retransmission timer fired and backed off. */
const backedOff = (s: Step): { was: number; is: number; n: number }[] =>
  changed(s).flatMap(({ before, after }) => {
    const [was, is] = [timerOf(before), timerOf(after)]
    return was !== undefined && is !== undefined && is.n > was.n ? [{ was: was.n, is: is.left, n: is.n }] : []
  })

/** What was sent and is not acknowledged. */
const outstanding = ({ snd }: Tcb): number => distance(snd.una, snd.nxt)

/** A connection whose retransmission timer, or keepalive, has given up in this step. */
const gaveUp = (s: Step): Socket[] =>
  s.rule.endsWith(' timer')
    ? changed(s).flatMap(({ before, after }) => {
        const timer = timerOf(before)
        return after.state === 'CLOSED' && timer?.left === 0 && !isTimeWait(before) ? [before] : []
      })
    : []

const triedAll = (s: Socket, stack: Stack): boolean => {
  const n = timerOf(s)?.n ?? 0
  if (s.state === 'SYN_SENT') return n >= synRetries(stack)
  return isTcb(s) && n >= retryLimit(s, stack)
}

/** Has nothing that would exempt its answer from tcp_invalid_ratelimit. linux: tcp_oow_rate_limited */
const isBare = (x: Segment): boolean => segmentLength(x) === 0

/** A segment that is out of window reaches a socket that has answered another just now. */
const tooSoon = (s: Step): boolean => {
  const r = receiver(s)
  if (r === undefined || !isTcb(r.was) || r.was.quiet === undefined || hasRst(r.segment)) return false
  return isBare(r.segment) && earlier(r.segment.seq, r.was.rcv.nxt)
}

const finWaitsOver = (s: Step): Socket[] =>
  s.rule.endsWith(' timer')
    ? changed(s).flatMap(({ before, after }) =>
        stateName(before) === 'FIN_WAIT2' &&
        after.state === 'CLOSED' &&
        !(isTcb(before) && before.keepalive?.left === 0)
          ? [before]
          : [],
      )
    : []

/** How long FIN_WAIT2 is meant to last without a process. */
const meant = ({ serverStack: { linger2, durations } }: Setting): number => linger2 || durations.finTimeout

/** The keepalive timer fired, and the connection is gone. */
const killed = (s: Step): Tcb[] =>
  s.rule.endsWith(' timer')
    ? changed(s).flatMap(({ before, after }) =>
        isTcb(before) && before.keepalive?.left === 0 && before.rtx === undefined && after.state === 'CLOSED'
          ? [before]
          : [],
      )
    : []

export const retries: TcpProperty[] = [
  stepProperty(
    {
      id: 'TM2',
      family,
      sentence: 'Each timeout waits no less than the one before, until something is acknowledged.',
      formula: '□[timer ∧ n′ = n + 1 ⇒ left′ ≥ RTO · 2ⁿ]',
      source: 'RFC 6298 §5.5 · linux: tcp_retransmit_timer; not where TCP_USER_TIMEOUT ends sooner',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => backedOff(s).length > 0,
      then: (s: Step) => {
        const { initialRto } = setting.clientStack.durations
        const linear = setting.clientStack.sysctls.tcp_syn_linear_timeouts
        return backedOff(s).every(({ was, is }) => is >= initialRto * 2 ** Math.max(0, was - linear))
      },
    }),
  ),
  invariant(
    {
      id: 'TM3',
      family,
      sentence: 'The retransmission timer runs exactly while something is unacknowledged.',
      formula: '□ timer ⇔ SND.UNA < SND.NXT',
      source: 'RFC 6298 §5.1, §5.2 · linux: tcp_rearm_rto',
    },
    {
      reads: ends,
      given: (v: View) => socketsOf(v).some(isTcb),
      then: (v: View) =>
        socketsOf(v)
          .filter(isTcb)
          .every((t) => (t.rtx !== undefined) === outstanding(t) > 0),
    },
  ),
  stepProperty(
    {
      id: 'TM5',
      family,
      sentence: 'A connection is given up only after as many retransmissions as its sysctl allows.',
      formula: '□[timed out ⇒ n ≥ retries]',
      source: 'RFC 9293 §3.8.3 · linux: tcp_write_timeout, tcp_orphan_retries; TCP_USER_TIMEOUT may be sooner',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => gaveUp(s).length > 0,
      then: (s: Step) => gaveUp(s).every((socket) => triedAll(socket, setting.clientStack)),
    }),
  ),
  stepProperty(
    {
      id: 'TM6',
      family,
      sentence: 'Two answers to bare segments out of window are tcp_invalid_ratelimit apart at least.',
      formula: '□[quiet ∧ bare SEG ∉ window ⇒ nothing sent]',
      source: 'RFC 5961 §7 · linux: __tcp_oow_rate_limited; segments with text are not limited',
    },
    {
      reads: ends,
      given: tooSoon,
      then: ({ effects }: Step) => sentIn(effects).length === 0,
    },
  ),
  stepProperty(
    {
      id: 'TM7',
      family,
      sentence: 'FIN_WAIT2 without a process lasts as long as TCP_LINGER2 or tcp_fin_timeout says.',
      formula: '□[FIN_WAIT2 over ⇒ since = tcp_fin_time]',
      source: 'linux: tcp_fin_time; of T > 60 s only 2 · (T − 60 s) (tcp_keepalive_timer)',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => finWaitsOver(s).length > 0,
      then: (s: Step) => finWaitsOver(s).every((w) => isTimeWait(w) && w.since >= meant(setting)),
    }),
  ),
  stepProperty(
    {
      id: 'TM8',
      family,
      sentence: 'Keepalive ends a connection only after as many probes without an answer as TCP_KEEPCNT says.',
      formula: '□[keepalive ∧ CLOSED′ ⇒ probes ≥ TCP_KEEPCNT]',
      source: 'RFC 1122 §4.2.3.6 · linux: tcp_keepalive_timer; with TCP_USER_TIMEOUT that counts instead',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => killed(s).length > 0,
      then: (s: Step) =>
        killed(s).every(({ keepalive }) => keepalive!.probes >= (setting.serverStack.keepalive?.probes ?? 1)),
    }),
  ),
  invariant(
    {
      id: 'TM9',
      family,
      sentence: 'A closed socket has no timer.',
      formula: '□ CLOSED ⇒ no timer',
      source: 'RFC 9293 §3.10 · linux: tcp_done, tcp_clear_xmit_timers',
    },
    {
      reads: { group: ['client'] },
      given: ({ client: { socket } }: View) => socket.state === 'CLOSED',
      then: ({ client: { socket } }: View) => !('rtx' in socket || 'left' in socket || 'keepalive' in socket),
    },
  ),
  stepProperty(
    {
      id: 'TM10',
      family,
      sentence: 'Only the timer of a request counts its timeouts: no segment does.',
      formula: '□[R ∧ n′ > n ⇒ timer]',
      source: 'linux: reqsk_timer_handler; a repeated SYN is answered without it (tcp_check_req)',
    },
    {
      reads: { group: ['server'] },
      given: ({ before: { server: was }, after: { server: is } }: Step) =>
        was.object.kind === 'request' && is.object.kind === 'request' && is.object.timer.n !== was.object.timer.n,
      then: ({ rule, before: { server: was }, after: { server: is } }: Step) =>
        rule === 'server timer' &&
        was.object.kind === 'request' &&
        is.object.kind === 'request' &&
        is.object.timer.n === was.object.timer.n + 1,
    },
  ),
]
