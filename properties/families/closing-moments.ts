/** Moments that the stories of closing are about. */
import {
  type Counter,
  countIn,
  hasFin,
  isTcb,
  isTimeWait,
  keepaliveProbe,
  receivedIn,
  type Segment,
  sentIn,
  stateName,
} from '../../model/index.ts'
import { changed, happens, reachable, type Step, socketsOf, type TcpProperty, type View } from '../property.ts'
import { receiver } from './synchronized.ts'

const family = 'reachable' as const
const ends = { group: ['client', 'server'] }

const moment = (id: string, sentence: string, formula: string, source: string, when: (s: Step) => boolean) =>
  happens({ id, family, sentence, formula, source }, { reads: ends, when })

const counted = (id: string, sentence: string, source: string, counter: Counter): TcpProperty =>
  moment(id, sentence, `◇[Δ${counter} > 0]`, source, ({ effects }) => countIn(effects, counter) > 0)

const lost = (id: string, what: string, isIt: (s: Segment, step: Step) => boolean): TcpProperty =>
  happens(
    { id, family, sentence: `${what} is lost.`, formula: `◇[${what} lost]`, source: 'RFC 9293 §3.8.1' },
    {
      reads: { group: ['client', 'server', 'up', 'down'] },
      when: (step: Step) =>
        (['up', 'down'] as const).some((part) => {
          const left = step.after[part].length
          const gone = step.before[part].find(({ segment }, i) => segment !== step.after[part][i]?.segment)
          return step.rule.startsWith('lose ') && left < step.before[part].length && gone !== undefined
            ? isIt(gone.segment, step)
            : false
        }),
    },
  )

/** A number that no text has: what a keepalive probe carries. */
const isProbe = (s: Step, x: Segment): boolean =>
  [...socketsOf(s.before)].some((t) => isTcb(t) && x.len === 0 && x.seq === keepaliveProbe(t).seq)

const reset = (s: Step) => changed(s).filter(({ after }) => after.state === 'CLOSED')

export const closingMoments: TcpProperty[] = [
  lost('FIN-lost', 'A FIN', hasFin),
  lost(
    'final-ACK-lost',
    'The ACK of TIME_WAIT',
    (x, { before }) => x.flags === '.' && isTimeWait(before.client.socket),
  ),
  moment(
    'FIN-repeated',
    'A FIN is sent again.',
    '◇[timer ∧ FIN]',
    'linux: tcp_retransmit_timer',
    ({ rule, effects }) => rule.endsWith(' timer') && sentIn(effects).some(hasFin),
  ),
  moment(
    'FIN_WAIT2-over',
    'FIN_WAIT2 ends by its timer.',
    '◇[FIN_WAIT2 ∧ timer ∧ CLOSED′]',
    'linux: tcp_fin_time',
    (s) =>
      s.rule.endsWith(' timer') &&
      changed(s).some(({ before, after }) => stateName(before) === 'FIN_WAIT2' && after.state === 'CLOSED'),
  ),
  reachable(
    {
      id: 'both-in-TIME_WAIT',
      family,
      sentence: 'Both ends are in TIME_WAIT.',
      formula: '◇ client = server = TIME_WAIT',
      source: 'RFC 9293 §3.6, figure 13',
    },
    {
      reads: ends,
      when: (v: View) => socketsOf(v).length === 2 && socketsOf(v).every((s) => stateName(s) === 'TIME_WAIT'),
    },
  ),
  moment(
    'text-after-FIN',
    'Text is taken in FIN_WAIT2: the other direction is still open.',
    '◇[FIN_WAIT2 ∧ RCV.NXT′ > RCV.NXT]',
    'RFC 9293 §3.6',
    (s) => {
      const r = receiver(s)
      return (
        r !== undefined && isTcb(r.was) && isTcb(r.is) && r.is.state === 'FIN_WAIT2' && r.was.rcv.nxt !== r.is.rcv.nxt
      )
    },
  ),
  counted(
    'challenged',
    'A segment is answered with a challenge ACK.',
    'RFC 5961 · linux: tcp_send_challenge_ack',
    'TCPChallengeACK',
  ),
  moment(
    'reset-by-a-stranger',
    'A RST that no end has sent ends a connection.',
    '◇[RST received ∧ CLOSED′]',
    'RFC 5961 §3 · linux: tcp_reset',
    (s) =>
      receivedIn(s.effects, 'server')?.flags === 'R' &&
      s.before.server.object.kind === 'child' &&
      s.after.server.object.kind === 'none',
  ),
  moment(
    'reset-by-the-peer',
    'A RST of its peer ends a connection.',
    '◇[RST received ∧ CLOSED′]',
    'RFC 9293 §3.10.7.4 · linux: tcp_reset',
    (s) => (receivedIn(s.effects)?.flags.startsWith('R') ?? false) && reset(s).length > 0,
  ),
  counted(
    'data-after-close',
    'Text comes for a process that is gone.',
    'RFC 1122 §4.2.2.13 · linux: tcp_rcv_state_process',
    'TCPAbortOnData',
  ),
  counted(
    'aborted-unread',
    'close() finds text that was not read.',
    'RFC 2525 §2.17 · linux: __tcp_close',
    'TCPAbortOnClose',
  ),
  counted(
    'aborted',
    'close() with SO_LINGER 0 ends a connection.',
    'RFC 9293 §3.10.5 · linux: __tcp_close',
    'TCPAbortOnData',
  ),
  moment(
    'shut-and-taken',
    'Text is taken after shutdown(SHUT_RD).',
    '◇[rcvShut ∧ RCV.NXT′ > RCV.NXT]',
    'linux: tcp_shutdown, tcp_rcv_established',
    (s) => {
      const r = receiver(s)
      return r !== undefined && isTcb(r.was) && isTcb(r.is) && r.was.rcvShut === true && r.was.rcv.nxt !== r.is.rcv.nxt
    },
  ),
  counted('probed', 'An idle connection is probed.', 'RFC 1122 §4.2.3.6 · linux: tcp_keepalive_timer', 'TCPKeepAlive'),
  moment(
    'probe-answered',
    'A keepalive probe is answered with an ACK.',
    '◇[probe received ∧ ACK]',
    'RFC 1122 §4.2.3.6 · linux: tcp_validate_incoming',
    (s) => {
      const x = receivedIn(s.effects, 'client')
      return x !== undefined && isProbe(s, x) && sentIn(s.effects, 'client').some((a) => a.flags === '.')
    },
  ),
  moment(
    'probe-put-off',
    'The keepalive timer finds text that is not acknowledged, and waits on.',
    '◇[keepalive ∧ SND.UNA < SND.NXT ∧ no probe]',
    'linux: tcp_keepalive_timer',
    ({ before, after, rule, effects }) => {
      const [was, is] = [before.server.object, after.server.object]
      return (
        rule === 'server timer' &&
        was.kind === 'child' &&
        is.kind === 'child' &&
        isTcb(was.socket) &&
        was.socket.keepalive?.left === 0 &&
        was.socket.rtx !== undefined &&
        sentIn(effects).length === 0
      )
    },
  ),
  moment(
    'killed-by-keepalive',
    'Keepalive gives a connection up, with a RST.',
    '◇[keepalive ∧ CLOSED′ ∧ RST]',
    'RFC 1122 §4.2.3.6 · linux: tcp_keepalive_timer',
    ({ rule, effects }) =>
      rule === 'server timer' && countIn(effects, 'TCPAbortOnTimeout') > 0 && sentIn(effects, 'server').length === 1,
  ),
  moment(
    'gave-up',
    'A connection is given up for want of an answer.',
    '◇[synchronized ∧ ΔTCPAbortOnTimeout > 0]',
    'RFC 9293 §3.8.3 · linux: tcp_write_err',
    (s) => countIn(s.effects, 'TCPAbortOnTimeout') > 0 && changed(s).some(({ before }) => isTcb(before)),
  ),
  counted(
    'orphan-reset',
    'There are too many sockets without a process, and one is reset.',
    'linux: tcp_check_oom',
    'TCPAbortOnMemory',
  ),
  counted('taken-over', 'connect() takes the ports of a TIME_WAIT.', 'linux: tcp_twsk_unique', 'TWRecycled'),
  counted('no-room', 'There is no room for another TIME_WAIT.', 'linux: tcp_time_wait', 'TCPTimeWaitOverflow'),
]
