/**
 * A request: the mini-socket that stands for a half-open connection, shown as SYN_RECV. linux: tcp_check_req, reqsk_timer_handler
 *
 * It has sent a SYN+ACK and waits for a valid ACK. It has no receive queue: whatever text comes is taken by the child or lost.
 */
import type { Stack } from '../config.ts'
import { type Reaction, react } from '../reaction.ts'
import { hasAck, hasRst, hasSyn, pureAck, resetFor, type Segment, synAck } from '../segment.ts'
import { add, type Seq } from '../sequence.ts'
import { backOff, startTimer } from '../socket/output.ts'
import type { Timer } from '../socket/socket.ts'
import { inMiniWindow } from '../socket/timeWait.ts'
import type { Question } from './listener.ts'

export interface Request {
  readonly kind: 'request'
  readonly irs: Seq
  readonly iss: Seq
  /** irs + 1, and nothing may ever change it: a request accepts no text. */
  readonly rcvNxt: Seq
  readonly timer: Timer
  /** A valid third ACK came and could not be honoured: the accept queue was full. linux: inet_rsk(req)->acked */
  readonly acked: boolean
  /** History: see Segment.of. */
  readonly of?: number
}

/** linux: tcp_conn_request, inet_csk_reqsk_queue_hash_add */
export const newRequest = (s: Segment, iss: Seq, stack: Stack): Request => ({
  kind: 'request',
  irs: s.seq,
  iss,
  rcvNxt: add(s.seq, 1),
  timer: startTimer(stack),
  acked: false,
  ...(s.of === undefined ? {} : { of: s.of }),
})

/** What a segment is to a request, in the order in which tcp_check_req asks. */
export type Meaning =
  | 'duplicate SYN'
  | 'wrong ACK'
  | 'out of window'
  | 'exact RST'
  | 'RST in window'
  | 'SYN in window'
  | 'no ACK'
  | 'third ACK'

export const meaning = (r: Request, s: Segment, stack: Stack): Meaning => {
  if (hasSyn(s) && !hasAck(s) && s.seq === r.irs) return 'duplicate SYN'
  const judgesAck = !hasRst(s) || stack.dialect.resetOfRequest === 'in window'
  if (judgesAck && s.ack !== undefined && s.ack !== add(r.iss, 1)) return 'wrong ACK' // asked before the sequence number
  if (!inMiniWindow(s, r.rcvNxt, stack.window)) return 'out of window'
  if (hasRst(s)) return s.seq === r.rcvNxt ? 'exact RST' : 'RST in window'
  if (hasSyn(s) && s.seq !== r.irs) return 'SYN in window'
  return hasAck(s) ? 'third ACK' : 'no ACK'
}

/** Whether the RST ends the request. RFC 5961 §3, which Linux follows here since 2026. */
const kills = (m: Meaning, stack: Stack): boolean =>
  m === 'exact RST' || (m === 'RST in window' && stack.dialect.resetOfRequest === 'in window')

/** What the request has to ask its listener before it can react. */
export const questionOf = (r: Request, m: Meaning, stack: Stack): Question => {
  const young = r.timer.n === 0
  if (m === 'third ACK') return { ask: 'promote', young }
  return kills(m, stack) || m === 'SYN in window' ? { ask: 'release', young } : { ask: 'nothing' }
}

/** Everything but the third ACK; `undefined`: the request is gone. */
export const reactTo = (r: Request, s: Segment, m: Meaning, stack: Stack): Reaction<Request | undefined> => {
  const ackOfSyn = pureAck(add(r.iss, 1), r.rcvNxt)
  switch (m) {
    case 'duplicate SYN': // answered again, and the timer starts over at its present length
      return react(
        { ...r, timer: { n: r.timer.n, left: stack.durations.initialRto * 2 ** r.timer.n } },
        [synAckOf(r)],
        ['RetransSegs', 'TCPSynRetrans'],
      )
    case 'wrong ACK': // handed to the listener, which resets the sender; the request stays
      return hasRst(s) ? react(r) : react(r, [resetFor(s)], ['OutRsts'])
    case 'out of window':
      return hasRst(s) ? react(r) : react(r, [ackOfSyn])
    case 'exact RST':
    case 'RST in window':
      return kills(m, stack)
        ? react(undefined, [], ['AttemptFails', 'EmbryonicRsts'])
        : react(r, [ackOfSyn], ['TCPChallengeACK'])
    case 'SYN in window':
      return react(undefined, [resetFor(s)], ['AttemptFails', 'EmbryonicRsts', 'OutRsts'])
    default:
      return react(r)
  }
}

export const synAckOf = (r: Request): Segment => synAck(r.iss, r.rcvNxt)

/**
 * The accept queue was full. The ACK is dropped with all that came with it, and the SYN+ACK goes on being repeated; or,
 * with tcp_abort_on_overflow, the sender is reset and the request deleted. linux: tcp_check_req (listen_overflow)
 */
export const overflow = (r: Request, s: Segment, stack: Stack): Reaction<Request | undefined> =>
  abortsOnOverflow(stack)
    ? react(undefined, [resetFor(s)], ['ListenOverflows', 'ListenDrops', 'EmbryonicRsts', 'OutRsts'])
    : react({ ...r, acked: true }, [], ['ListenOverflows', 'ListenDrops'])

export const abortsOnOverflow = (stack: Stack): boolean => stack.sysctls.tcp_abort_on_overflow === 1

export const expires = (r: Request, stack: Stack): boolean => r.timer.n >= stack.sysctls.tcp_synack_retries

/** The timer fires: the SYN+ACK again, or after tcp_synack_retries the end, without a word to the client. linux: reqsk_timer_handler */
export const fireRequest = (r: Request, stack: Stack): Reaction<Request | undefined> =>
  expires(r, stack)
    ? react(undefined, [], ['TCPTimeouts'])
    : react({ ...r, timer: backOff(stack, r.timer) }, [synAckOf(r)], ['TCPTimeouts', 'RetransSegs', 'TCPSynRetrans'])
