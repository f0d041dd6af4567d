/** TIME_WAIT: when it begins, what it answers, and what may take its place. */
import {
  add,
  countIn,
  before as earlier,
  hasAck,
  hasFin,
  hasRst,
  issAfter,
  isTimeWait,
  receivedIn,
  type Segment,
  type Setting,
  type Socket,
  segmentEnd,
  sentIn,
  stateName,
  type TimeWait,
} from '../../model/index.ts'
import { changed, type Step, stepProperty, type TcpProperty } from '../property.ts'
import { receiver } from './synchronized.ts'

const family = 'TIME_WAIT' as const
const ends = { group: ['client', 'server'] }

const isWaiting = (s: Socket): s is TimeWait => isTimeWait(s) && s.substate === 'TIME_WAIT'

/** A segment that reached TIME_WAIT, at either end. */
const metWaiting = (s: Step): { was: TimeWait; is: Socket; segment: Segment } | undefined => {
  const r = receiver(s)
  return r !== undefined && isWaiting(r.was) ? { ...r, was: r.was } : undefined
}

/** The server's TIME_WAIT that a SYN has replaced by a request. */
const reopened = (s: Step): { was: TimeWait; syn: Segment } | undefined => {
  const [was, is] = [s.before.server.object, s.after.server.object]
  const syn = receivedIn(s.effects, 'server')
  if (s.rule !== 'deliver to server' || syn === undefined) return undefined
  return was.kind === 'child' && isWaiting(was.socket) && is.kind === 'request' ? { was: was.socket, syn } : undefined
}

/** connect() has taken the ports of a TIME_WAIT. */
const takenOver = (s: Step): TimeWait | undefined => {
  const { before, after, rule } = s
  const { socket } = before.client
  return rule.endsWith(' connect') && isTimeWait(socket) && after.client.socket.state === 'SYN_SENT'
    ? socket
    : undefined
}

/** The ends whose active close is complete with this step: own FIN acknowledged and the peer's received. */
const completed = (s: Step): Socket[] => {
  const r = receiver(s)
  if (r === undefined || hasRst(r.segment)) return []
  const from = stateName(r.was)
  const isDone =
    (from === 'CLOSING' && stateName(r.is) !== 'CLOSING' && hasAck(r.segment)) ||
    (from === 'FIN_WAIT2' && hasFin(r.segment) && isNextFin(r.was, r.segment) && stateName(r.is) !== 'FIN_WAIT2')
  return isDone ? [r.is] : []
}

const isNextFin = (was: Socket, s: Segment): boolean =>
  s.len === 0 && segmentEnd(s) === add('snd' in was ? was.rcv.nxt : (was as TimeWait).rcvNxt, 1)

const clockOf = (s: Step, { clientStack: { offers } }: Setting): number | undefined =>
  s.before.client.clock ?? offers?.clock

/** There was no room for a TIME_WAIT, and the peer repeats its FIN. */
const isRefused = (s: Socket): boolean => s.state === 'CLOSED' && s.because === 'no room for TIME_WAIT'

/** A FIN that comes again to an end that has acknowledged it. */
const repeatedFin = (s: Step): boolean => {
  const r = receiver(s)
  if (r === undefined || !hasFin(r.segment) || !hasAck(r.segment) || hasRst(r.segment)) return false
  return (isWaiting(r.was) && segmentEnd(r.segment) === r.was.rcvNxt) || isRefused(r.was)
}

export const reopening: TcpProperty[] = [
  stepProperty(
    {
      id: 'W4',
      family,
      sentence: 'Where tcp_max_tw_buckets TIME_WAITs are there already, no other is made.',
      formula: '□[buckets full ⇒ ¬(TIME_WAIT entered)]',
      source: 'linux: inet_twsk_alloc, tcp_time_wait',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) =>
        setting.serverStack.timeWaitFull === true &&
        (completed(s).length > 0 || changed(s).some(({ before, after }) => !isTimeWait(before) && isTimeWait(after))),
      then: (s: Step) => changed(s).every(({ before, after }) => isTimeWait(before) || !isTimeWait(after)),
    }),
  ),
  stepProperty(
    {
      id: 'W5',
      family,
      sentence: 'Every active close ends in TIME_WAIT: own FIN acknowledged, and the peer’s received.',
      formula: '□[own FIN acked ∧ peer FIN received ⇒ TIME_WAIT′]',
      source: 'RFC 9293 §3.6, MUST-13 · linux: tcp_time_wait; not where there is no room (tcp_max_tw_buckets)',
    },
    {
      reads: ends,
      given: (s: Step) => completed(s).length > 0,
      then: (s: Step) => completed(s).every(isWaiting),
    },
  ),
  stepProperty(
    {
      id: 'W6',
      family,
      sentence:
        'A connection that follows a TIME_WAIT begins with a number beyond all of the old one: SND.NXT + 65537.',
      formula: '□[TIME_WAIT ∧ (R′ ∨ SYN_SENT′) ⇒ ISS′ = SND.NXT + 65537]',
      source: 'RFC 1122 §4.2.2.13 · linux: tcp_timewait_state_process, tcp_twsk_unique',
    },
    {
      reads: ends,
      given: (s: Step) => reopened(s) !== undefined || takenOver(s) !== undefined,
      then: (s: Step) => {
        const over = takenOver(s)
        const { socket } = s.after.client
        if (over !== undefined) return socket.state === 'SYN_SENT' && socket.iss === issAfter(over)
        const { object } = s.after.server
        return object.kind === 'request' && object.iss === issAfter(reopened(s)!.was)
      },
    },
  ),
  stepProperty(
    {
      id: 'W8',
      family,
      sentence: 'A FIN that comes again after both FINs were acknowledged is acknowledged again.',
      formula: '□[closed actively ∧ peer’s FIN again ⇒ ACK]',
      source:
        'RFC 9293 §3.10.7.4, TIME-WAIT · linux: tcp_timewait_state_process, twice in tcp_invalid_ratelimit at most',
    },
    {
      reads: ends,
      given: repeatedFin,
      then: ({ effects }: Step) => sentIn(effects).some((x) => hasAck(x) && !hasRst(x)),
    },
  ),
  stepProperty(
    {
      id: 'W9',
      family,
      sentence: 'A SYN opens anew in TIME_WAIT only if its number or its timestamp is newer than the old connection.',
      formula: '□[TIME_WAIT ∧ R′ ⇒ SEG.SEQ > RCV.NXT ∨ SEG.TSval > TS.Recent]',
      source: 'RFC 1122 §4.2.2.13 · RFC 6191 · linux: tcp_timewait_state_process',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => reopened(s) !== undefined,
      then: (s: Step) => {
        const { was, syn } = reopened(s)!
        const clock = clockOf(s, setting)
        return earlier(was.rcvNxt, syn.seq) || (was.recent !== undefined && clock !== undefined && clock > was.recent)
      },
    }),
  ),
  stepProperty(
    {
      id: 'W10',
      family,
      sentence: 'A SYN that TIME_WAIT lets through and the listener refuses leaves TIME_WAIT as it was.',
      formula: '□[TIME_WAIT ∧ SYN refused ⇒ TIME_WAIT′]',
      source: 'RFC 1122 §4.2.2.13 (2): no kernel of Linux does it · linux: tcp_v4_rcv (TCP_TW_SYN)',
    },
    {
      reads: ends,
      given: (s: Step) => metWaiting(s) !== undefined && countIn(s.effects, 'ListenDrops') > 0,
      then: (s: Step) => isTimeWait(metWaiting(s)!.is),
    },
  ),
  stepProperty(
    {
      id: 'W11',
      family,
      sentence: 'connect() takes the ports of a TIME_WAIT only once that is as old as tcp_tw_reuse_delay.',
      formula: '□[TIME_WAIT ∧ SYN_SENT′ ⇒ age ≥ delay]',
      source: 'linux: tcp_twsk_unique; a port that the process has bound is taken at once',
    },
    (setting) => ({
      reads: ends,
      given: (s: Step) => takenOver(s) !== undefined,
      then: (s: Step) => {
        const { durations } = setting.clientStack
        return takenOver(s)!.since >= (durations.reuseDelay ?? durations.initialRto)
      },
    }),
  ),
  stepProperty(
    {
      id: 'W12',
      family,
      sentence: 'TIME_WAIT sends no RST.',
      formula: '□[TIME_WAIT ∧ SEG ⇒ ¬RST sent]',
      source: 'linux: tcp_timewait_state_process; its FIN_WAIT2 part does',
    },
    {
      reads: ends,
      given: (s: Step) => metWaiting(s) !== undefined,
      then: ({ effects }: Step) => !sentIn(effects).some(hasRst),
    },
  ),
  stepProperty(
    {
      id: 'N11',
      family: 'counters',
      sentence: 'TCPTimeWaitOverflow counts the TIME_WAITs that were not made, each once.',
      formula: '□[ΔTCPTimeWaitOverflow = 1 ⇔ TIME_WAIT refused]',
      source: 'linux: tcp_time_wait',
    },
    {
      reads: ends,
      given: (s: Step) =>
        countIn(s.effects, 'TCPTimeWaitOverflow') > 0 || completed(s).some((is) => is.state === 'CLOSED'),
      then: (s: Step) =>
        countIn(s.effects, 'TCPTimeWaitOverflow') === 1 &&
        changed(s).every(({ before, after }) => isTimeWait(before) || !isTimeWait(after)),
    },
  ),
]
