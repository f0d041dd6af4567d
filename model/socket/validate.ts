/**
 * The tests that every segment for a synchronized connection passes before it may change anything: sequence, RST, SYN, ACK.
 * RFC 9293 §3.10.7.4 first to fifth · linux: tcp_validate_incoming, tcp_ack
 */
import type { Stack } from '../config.ts'
import { isFromThePast, windowOf } from '../options.ts'
import { andThen, type Reaction, react } from '../reaction.ts'
import { hasAck, hasRst, hasSyn, resetFor, type Segment, segmentEnd, segmentLength } from '../segment.ts'
import { add, before, later, notAfter, type Seq } from '../sequence.ts'
import { answerOutOfWindow, challenge, dieOfReset, isExactReset } from './reset.ts'
import { lastAcknowledged, type Socket, type Tcb } from './socket.ts'

/**
 * Overlaps the window. RFC 9293 §3.4 table 6 · linux: tcp_sequence, which lets a segment touch either edge from outside, and
 * has the left one at what was acknowledged last
 */
export const isAcceptable = (t: Tcb, s: Segment, stack: Stack): boolean => {
  const edge = add(t.rcv.nxt, windowOf(t.options, stack))
  if (stack.dialect.windowEdges === 'included')
    return notAfter(lastAcknowledged(t), segmentEnd(s)) && notAfter(s.seq, edge)
  return before(s.seq, edge) && (segmentLength(s) === 0 ? notAfter(t.rcv.nxt, s.seq) : before(t.rcv.nxt, segmentEnd(s)))
}

/** The reaction that ends the processing of the segment, or undefined if it passed. */
export const reject = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> | undefined => {
  if (!hasAck(s) && !hasRst(s) && !hasSyn(s)) return react(t) // none of ACK, RST, SYN: dropped
  if (hasSyn(s) && !hasAck(s) && stack.dialect.bareSyn === 'drop') return react(t)
  if (!hasRst(s) && isFromThePast(t.options?.recent, s, PAWS_WINDOW) && !isOvertaken(t, s))
    return fromThePast(t, s, stack)
  if (!isAcceptable(t, s, stack)) return outOfWindow(t, s, stack)
  if (hasRst(s)) return isExactReset(t, s, stack) ? dieOfReset(t, stack) : challenge(t, stack) // RFC 5961 §3
  if (hasSyn(s) && !isCrossedSynAck(t, s, stack)) return synChallenge(t, stack)
  return rejectAck(t, s, stack)
}

/** So far back a timestamp may go. linux: TCP_PAWS_WINDOW */
const PAWS_WINDOW = 1

/** A duplicate ACK may have been overtaken by another: it does no harm. linux: tcp_disordered_ack_check */
const isOvertaken = (t: Tcb, s: Segment): boolean =>
  hasAck(s) && segmentLength(s) === 0 && s.seq === t.rcv.nxt && s.ack === t.snd.una

/** RFC 7323 §5.3 R1: not acceptable, and acknowledged. A SYN is challenged instead, in kernels that look at it first. */
const fromThePast = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> => {
  if (hasSyn(s) && stack.dialect.synFromThePast === 'challenge') return synChallenge(t, stack)
  const isOld = hasAck(s) && segmentLength(s) === 0 && before(s.seq, t.rcv.nxt)
  if (isOld && stack.dialect.ackFromThePast === 'drop') return react(t, [], ['PAWSOldAck'])
  return andThen(react(t, [], ['PAWSEstab']), (same) => answerOutOfWindow(same, s, stack, 'TCPACKSkippedPAWS'))
}

/** The other half of a simultaneous open, taken since Linux 6.11. RFC 9293 §3.5 figure 8 */
const isCrossedSynAck = (t: Tcb, s: Segment, stack: Stack): boolean =>
  t.state === 'SYN_RECV' &&
  s.flags === 'S.' &&
  segmentLength(s) === 1 &&
  segmentEnd(s) === t.rcv.nxt &&
  s.ack === t.snd.nxt &&
  stack.dialect.crossedSynAck === 'accept'

/** First: not acceptable. A RST is dropped (unless it is one below a FIN), a SYN challenged, the rest acknowledged. */
const outOfWindow = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> => {
  if (hasRst(s)) return isExactReset(t, s, stack) ? dieOfReset(t, stack) : react(t)
  if (hasSyn(s)) return synChallenge(t, stack)
  const counts = stack.dialect.beyondWindow === 'counted' && isBeyondWindow(t, s, stack)
  return andThen(react(t, [], counts ? ['BeyondWindow'] : []), (same) => answerOutOfWindow(same, s, stack))
}

const isBeyondWindow = (t: Tcb, s: Segment, stack: Stack): boolean =>
  before(add(t.rcv.nxt, windowOf(t.options, stack)), segmentEnd(s))

/** Fourth: a SYN in a synchronized state, whatever its number. RFC 5961 §4 */
const synChallenge = (t: Tcb, stack: Stack): Reaction<Socket> =>
  andThen(react(t, [], t.state === 'ESTABLISHED' ? ['TCPSYNChallenge', 'InErrs'] : ['TCPSYNChallenge']), (same) =>
    challenge(same, stack),
  )

/** Fifth: the ACK must speak of what was sent. linux: tcp_ack; in SYN_RECV tcp_rcv_state_process */
const rejectAck = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> | undefined => {
  const ack = s.ack
  if (ack === undefined) return react(t)
  if (t.state === 'SYN_RECV') return ack === t.snd.nxt ? undefined : react(t, [resetFor(s)], ['OutRsts'])
  if (before(t.snd.nxt, ack)) return rejectAckOfUnsent(t, stack)
  if (before(ack, oldestAck(t, stack))) return challenge(t, stack) // RFC 5961 §5
  const old = before(ack, t.snd.una)
  if (old && t.state !== 'ESTABLISHED' && stack.dialect.oldAckWhileClosing === 'challenge and drop')
    return challenge(t, stack)
  return undefined
}

/** SND.UNA less the largest window, or less all that has been acknowledged. linux: tcp_ack, max_window and bytes_acked */
const oldestAck = ({ snd: { una, first } }: Tcb, stack: Stack): Seq => {
  const byWindow = add(una, -stack.window)
  return first === undefined || stack.dialect.oldestAck === 'a window old' ? byWindow : later(byWindow, first)
}

const rejectAckOfUnsent = (t: Tcb, stack: Stack): Reaction<Socket> | undefined => {
  if (t.state === 'ESTABLISHED') return stack.dialect.ackOfUnsent === 'drop' ? react(t) : challenge(t, stack)
  return stack.dialect.ackOfUnsentWhileClosing === 'process text' ? undefined : challenge(t, stack)
}
