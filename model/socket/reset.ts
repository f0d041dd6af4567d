/** Resets and challenge ACKs. RFC 9293 §3.5.2, §3.10.7.4 · RFC 5961. */
import { produce } from 'immer'
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import { andThen, type Reaction, react } from '../reaction.ts'
import { activeReset, hasRst, hasSyn, resetFor, type Segment, segmentLength } from '../segment.ts'
import { add } from '../sequence.ts'
import { acknowledgeNow } from './output.ts'
import { type Closed, closed, type Ending, type Socket, type Tcb } from './socket.ts'

/** No socket: everything but a RST is answered with one. RFC 9293 §3.10.7.1 */
export const refuse = <T>(to: T, s: Segment): Reaction<T> =>
  hasRst(s) ? react(to) : react(to, [resetFor(s)], ['OutRsts'])

/** What leaving a state for CLOSED at once counts. linux: tcp_set_state, tcp_done */
export const countLoss = (state: Socket['state']): Counter[] =>
  state === 'ESTABLISHED' || state === 'CLOSE_WAIT'
    ? ['EstabResets']
    : state === 'SYN_SENT' || state === 'SYN_RECV'
      ? ['AttemptFails']
      : []

/** The connection ends at once and in silence: a RST was received, or hope was lost. linux: tcp_reset, tcp_write_err */
export const die = (t: Socket, because: Ending): Reaction<Closed> => react(closed(because), [], countLoss(t.state))

/** A RST ends a synchronized connection; the error that its process gets depends on the state. linux: tcp_reset */
export const dieOfReset = (t: Tcb, { dialect }: Stack): Reaction<Closed> => {
  const r = die(t, 'reset')
  const error =
    t.state === 'SYN_RECV' && dialect.resetOfCrossed === 'ECONNREFUSED'
      ? 'ECONNREFUSED'
      : t.state === 'CLOSE_WAIT' && dialect.resetInCloseWait === 'ECONNRESET'
        ? 'ECONNRESET'
        : undefined
  return error === undefined ? r : { ...r, to: { ...r.to, error } }
}

/** The process is gone and cannot read what comes: the connection is reset. RFC 1122 §4.2.2.13 */
export const dataAfterClose = (t: Tcb, s: Segment): Reaction<Closed> =>
  andThen(react(t, [resetFor(s)], ['TCPAbortOnData', 'OutRsts']), (same) => die(same, 'reset'))

/** The connection is aborted with a RST of our own. RFC 9293 §3.10.5 · linux: tcp_send_active_reset */
export const abortWithReset = (t: Tcb, because: Ending, counter?: Counter): Reaction<Closed> =>
  react(
    closed(because),
    [activeReset(t.snd.nxt, t.rcv.nxt)],
    [...(counter ? [counter] : []), 'OutRsts', ...countLoss(t.state).filter((c) => c !== 'AttemptFails')], // not by tcp_done
  )

/** Which RST ends a synchronized connection: the exact one, and after a FIN perhaps the one below. RFC 5961 §3 */
export const isExactReset = (t: Tcb, s: Segment, stack: Stack): boolean =>
  s.seq === t.rcv.nxt ||
  (stack.dialect.resetAfterFin === 'exact or one below' &&
    (t.state === 'CLOSE_WAIT' || t.state === 'LAST_ACK' || t.state === 'CLOSING') &&
    s.seq === add(t.rcv.nxt, -1))

/** Drops the segment and answers with the current ACK, unless one went out just now. RFC 5961 §7 · linux: __tcp_oow_rate_limited */
const answerWithAck = (t: Tcb, stack: Stack, counts: readonly Counter[], skipped: Counter): Reaction<Tcb> => {
  const limit = stack.dialect.ackRatelimit === 'none' ? 0 : stack.durations.invalidRatelimit
  if (t.quiet !== undefined) return react(t, [], [skipped])
  const to =
    limit > 0
      ? produce(t, (d) => {
          d.quiet = limit
        })
      : t
  return { ...acknowledgeNow(to), count: counts }
}

/** An ACK for a segment out of window. One that brings text or a FIN is no part of an ACK loop: no limit. linux: tcp_oow_rate_limited */
export const answerOutOfWindow = (
  t: Tcb,
  s: Segment,
  stack: Stack,
  skipped: Counter = 'TCPACKSkippedSeq',
): Reaction<Tcb> => (segmentLength(s) > 0 && !hasSyn(s) ? acknowledgeNow(t) : answerWithAck(t, stack, [], skipped))

/** RFC 5961's challenge ACK. linux: tcp_send_challenge_ack */
export const challenge = (t: Tcb, stack: Stack): Reaction<Tcb> =>
  answerWithAck(t, stack, ['TCPChallengeACK'], 'TCPACKSkippedChallenge')
