/** TIME_WAIT, and the FIN_WAIT2 of an orphan. RFC 9293 §3.10.7.4 · linux: tcp_timewait_state_process */
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import { isFromThePast, isNewer, stamped, understood } from '../options.ts'
import { type Reaction, react } from '../reaction.ts'
import {
  hasAck,
  hasFin,
  hasRst,
  hasSyn,
  pureAck,
  resetFor,
  type Segment,
  segmentEnd,
  segmentLength,
} from '../segment.ts'
import { add, before, notAfter, type Seq } from '../sequence.ts'
import { abortWithReset } from './reset.ts'
import { closed, type Socket, type Tcb, type TimeWait } from './socket.ts'

/** Enters TIME_WAIT; it lasts `durations.timeWait` (RFC 9293: 2 MSL) from its last restart. With 0 it is over at once. */
export const enterTimeWait = (t: Tcb, stack: Stack): Reaction<Socket> =>
  stack.timeWaitFull ? noRoom : react(timeWaitOf(t, stack), [], ['TW'])

/** There are tcp_max_tw_buckets already: the connection is closed at once, the old ones stay. linux: tcp_time_wait */
const noRoom: Reaction<Socket> = react(closed('no room for TIME_WAIT'), [], ['TCPTimeWaitOverflow'])

const timeWaitOf = (t: Tcb, stack: Stack): Socket =>
  stack.durations.timeWait === 0
    ? closed('TIME_WAIT over')
    : {
        state: 'TIME_WAIT',
        substate: 'TIME_WAIT',
        sndNxt: t.snd.nxt,
        rcvNxt: t.rcv.nxt,
        left: lasting(recentOf(t), stack),
        since: 0,
        ...clockOf(t),
        ...young(recentOf(t), stack),
      }

/** linux: tcp_time_wait (tw_ts_recent) */
const recentOf = ({ options, inherited }: Tcb): TimeWait['recent'] => options?.recent ?? inherited

/** It begins: for so long connect() may not have its ports. linux: tcp_twsk_unique */
const young = (recent: TimeWait['recent'], { sysctls, durations }: Stack): Pick<TimeWait, 'young'> => {
  const { reuseDelay = durations.initialRto } = durations
  return recent !== undefined && sysctls.tcp_tw_reuse === 1 && reuseDelay > 0 ? { young: reuseDelay } : {}
}

const clockOf = (t: Tcb): Pick<TimeWait, 'recent'> => {
  const recent = recentOf(t)
  return recent === undefined ? {} : { recent }
}

/** TIME_WAIT itself, or 3.5 timeouts where the peer's clock stands in for it. linux: tcp_time_wait (to 4.11) */
const lasting = (recent: TimeWait['recent'], { dialect, durations, sysctls }: Stack): number =>
  sysctls.tcp_tw_recycle === 1 && dialect.recycledSyn !== 'not judged' && recent !== undefined
    ? Math.min(durations.timeWait, Math.ceil(3.5 * durations.initialRto))
    : durations.timeWait

/** No mini-socket lasts less than this. linux: tcp_time_wait */
const leastOf = ({ durations: { rto = 0 } }: Stack): number => 3.5 * rto

/** How long FIN_WAIT2 lasts without a process: TCP_LINGER2 or tcp_fin_timeout, and no less than 3.5 timeouts. linux: tcp_fin_time */
const finTime = (stack: Stack): number => Math.max(stack.linger2 || stack.durations.finTimeout, leastOf(stack))

/**
 * FIN_WAIT2 without a process: a mini-socket for its time; where that is longer than TIME_WAIT, a full socket for as long as it is
 * longer, and then a mini-socket for as long again. linux: tcp_rcv_state_process, __tcp_close
 */
export const finWait2WithoutProcess = (t: Tcb, stack: Stack): Reaction<Socket> => {
  const longer = finTime(stack) - stack.durations.timeWait
  return longer > 0 && stack.durations.timeWait > 0
    ? react({ ...withoutKeepalive(t), state: 'FIN_WAIT2', finWait: longer })
    : miniFinWait2(t, finTime(stack), stack)
}

/** One timer serves both. linux: tcp_reset_keepalive_timer (sk_timer) */
const withoutKeepalive = ({ keepalive: _, ...t }: Tcb): Tcb => t

/** The full socket's time is over. linux: tcp_keepalive_timer */
export const finWaitOver = (t: Tcb, stack: Stack): Reaction<Socket> => {
  const longer = finTime(stack) - stack.durations.timeWait
  return longer > 0 ? miniFinWait2(t, Math.max(longer, leastOf(stack)), stack) : abortWithReset(t, 'FIN_WAIT2 over')
}

const miniFinWait2 = (t: Tcb, left: number, stack: Stack): Reaction<Socket> =>
  stack.timeWaitFull
    ? noRoom
    : react(
        {
          state: 'TIME_WAIT',
          substate: 'FIN_WAIT2',
          sndNxt: t.snd.nxt,
          rcvNxt: t.rcv.nxt,
          left,
          since: 0,
          ...clockOf(t),
        },
        [],
        [left <= (stack.durations.shortTimeWait ?? 0) ? 'TWKilled' : 'TW'],
      )

/** The window test of mini-sockets and requests, with a liberal right edge. linux: tcp_in_window */
export const inMiniWindow = (s: Segment, rcvNxt: TimeWait['rcvNxt'], window: number): boolean => {
  const end = segmentEnd(s)
  const edge = add(rcvNxt, window)
  return s.seq === rcvNxt || (before(rcvNxt, end) && before(s.seq, edge)) || (s.seq === edge && s.seq === end)
}

const acknowledgement = (w: TimeWait, stack: Stack): Segment => ({
  ...pureAck(w.sndNxt, w.rcvNxt),
  ...(stack.finalAckSafe ? { safe: true as const } : {}),
})

/** An ACK, unless one went out just now. One that answers text or a FIN is no part of an ACK loop: no limit. linux: tcp_timewait_check_oow_rate_limit */
const answerUnlessQuiet = (w: TimeWait, s: Segment, stack: Stack, skipped: Counter): Reaction<Socket> => {
  if (segmentLength(s) > 0 && !hasSyn(s)) return react(w, [acknowledgement(w, stack)])
  if (w.quiet !== undefined) return react(w, [], [skipped])
  const quiet = stack.dialect.ackRatelimit === 'none' ? 0 : stack.durations.invalidRatelimit
  return react(quiet > 0 ? { ...w, quiet } : w, [acknowledgement(w, stack)])
}

const restart = (w: TimeWait, stack: Stack): TimeWait => ({ ...w, left: lasting(w.recent, stack), since: 0 })

/** Timestamps are read as in a SYN: only while tcp_timestamps is on, whatever the connection had. linux: tcp_parse_options */
const read = (s: Segment, stack: Stack): Segment =>
  s.options === undefined ? s : { ...s, options: understood(s, stack) }

export const receiveInTimeWait = (w: TimeWait, received: Segment, stack: Stack): Reaction<Socket> => {
  const s = read(received, stack)
  const r = w.substate === 'FIN_WAIT2' ? receiveInFinWait2(w, s, stack) : receiveInSubstateTimeWait(w, s, stack)
  return w.recent === undefined ? r : stamped(r, { mss: 0, recent: w.recent }, stack)
}

/** Substate FIN_WAIT2: a bare FIN is what it waits for; anything more was meant for a process that is gone. */
const receiveInFinWait2 = (w: TimeWait, s: Segment, stack: Stack): Reaction<Socket> => {
  if (isFromThePast(w.recent, s) || !inMiniWindow(s, w.rcvNxt, stack.window))
    return answerUnlessQuiet(w, s, stack, 'TCPACKSkippedFinWait2')
  if (hasRst(s)) return react(closed('reset'))
  if (hasSyn(s) && notAfter(w.rcvNxt, s.seq)) return react(closed('reset'), [resetFor(s)], ['OutRsts'])
  if (!hasAck(s) || segmentLength(s) === 0 || notAfter(segmentEnd(s), w.rcvNxt)) return react(w)
  if (!(hasFin(s) && segmentEnd(s) === add(w.rcvNxt, 1))) return react(closed('reset'), [resetFor(s)], ['OutRsts'])
  const next: TimeWait = {
    ...restart(w, stack),
    substate: 'TIME_WAIT',
    rcvNxt: segmentEnd(s),
    ...young(w.recent, stack),
  }
  return react(stack.durations.timeWait === 0 ? closed('TIME_WAIT over') : next, [acknowledgement(next, stack)])
}

/**
 * A SYN that TIME_WAIT lets through to the listener: newer than all of the old connection, by number or by clock. A FIN with it is not
 * looked at here, and where the listener drops the two, TIME_WAIT is lost all the same. RFC 1122 §4.2.2.13, RFC 6191
 */
export const opensAnew = (w: TimeWait, received: Segment, stack: Stack): boolean => {
  const s = read(received, stack)
  return (
    stack.dialect.synInTimeWait === 'opens anew' &&
    w.substate === 'TIME_WAIT' &&
    (s.flags === 'S' || s.flags === 'SF') &&
    !isFromThePast(w.recent, s) &&
    (before(w.rcvNxt, s.seq) || isNewer(w.recent, s))
  )
}

/** The first number of the connection that follows a TIME_WAIT: beyond the largest window of the old one. linux: tcp_timewait_state_process, tcp_twsk_unique */
export const issAfter = (w: TimeWait): Seq => add(w.sndNxt, 65_537)

/**
 * connect() may take the ports of a TIME_WAIT: its clock tells old segments from new ones, and it is old enough. `bound`: the process
 * has chosen the port, and neither tcp_tw_reuse nor the age counts. `wasBound`: so had the process before, and connect() chooses no
 * port that bind() has given. tcp_tw_reuse 2 means loopback. linux: tcp_twsk_unique, __inet_hash_connect (fastreuse)
 */
export const mayReuse = (w: TimeWait, { sysctls }: Stack, bound: boolean, wasBound = bound): boolean =>
  w.recent !== undefined &&
  (bound || (!wasBound && sysctls.tcp_tw_reuse === 1 && w.substate === 'TIME_WAIT' && w.young === undefined))

/** Substate TIME_WAIT: restart for what may show that the peer has not seen our last ACK; end only for an exact RST. */
const receiveInSubstateTimeWait = (w: TimeWait, s: Segment, stack: Stack): Reaction<Socket> => {
  if (isFromThePast(w.recent, s)) {
    const { pawsInTimeWait: counted } = stack.dialect
    if (hasRst(s)) return react(w, [], [counted])
    const answered = answerUnlessQuiet(restart(w, stack), s, stack, 'TCPACKSkippedTimeWait')
    return { ...answered, count: [counted, ...answered.count] }
  }
  if (hasRst(s)) return resetInTimeWait(w, s, stack)
  if (hasFin(s) && !hasAck(s) && stack.dialect.finWithoutAckInTimeWait === 'drop') return react(w)
  if (s.seq === w.rcvNxt && segmentLength(s) === 0)
    return react(
      { ...restart(w, stack), ...(stack.dialect.reuseAge === 'since its last timestamp' && young(w.recent, stack)) },
      stack.dialect.timeWaitBareAck === 'acknowledge' ? [acknowledgement(w, stack)] : [],
    )
  return answerUnlessQuiet(hasAck(s) ? restart(w, stack) : w, s, stack, 'TCPACKSkippedTimeWait')
}

/** RFC 1337's assassination, unless tcp_rfc1337 forbids it. */
const resetInTimeWait = (w: TimeWait, s: Segment, stack: Stack): Reaction<Socket> => {
  const { timeWaitReset } = stack.dialect
  if (timeWaitReset === 'none') return react(w)
  const kills = timeWaitReset === 'exact' ? s.seq === w.rcvNxt : inMiniWindow(s, w.rcvNxt, stack.window)
  if (!kills) return react(w)
  if (stack.sysctls.tcp_rfc1337 === 0) return react(closed('reset'))
  return react(stack.dialect.rfc1337 === 'restarts TIME_WAIT' ? restart(w, stack) : w)
}

/** The ACK that a socket entering TIME_WAIT owes its peer. */
export const lastAck = (t: Tcb, stack: Stack): Segment => ({
  ...pureAck(t.snd.nxt, t.rcv.nxt),
  ...(stack.finalAckSafe ? { safe: true as const } : {}),
})
