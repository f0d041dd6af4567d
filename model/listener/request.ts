/**
 * A request: the mini-socket that stands for a half-open connection, shown as SYN_RECV. linux: tcp_check_req, reqsk_timer_handler
 *
 * It has sent a SYN+ACK and waits for a valid ACK. It has no receive queue: whatever text comes is taken by the child or lost.
 */
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import { type Agreed, agreed, grant, isFromThePast, stamped, understood } from '../options.ts'
import { andThen, type Reaction, react } from '../reaction.ts'
import {
  hasAck,
  hasRst,
  hasSyn,
  pureAck,
  resetFor,
  type Segment,
  segmentEnd,
  segmentLength,
  synAck,
} from '../segment.ts'
import { add, type Seq } from '../sequence.ts'
import { backOff, startTimer } from '../socket/output.ts'
import type { Timer } from '../socket/socket.ts'
import { inMiniWindow } from '../socket/timeWait.ts'
import { countsChallenges } from './challenges.ts'
import { bringsCookie, type Cookie, mayBringCookie } from './cookie.ts'
import type { Question } from './types.ts'

export interface Request {
  readonly kind: 'request'
  readonly irs: Seq
  readonly iss: Seq
  /** irs + 1, and nothing may ever change it: a request accepts no text. */
  readonly rcvNxt: Seq
  readonly timer: Timer
  /** A valid third ACK came and could not be honoured: the accept queue was full. linux: inet_rsk(req)->acked */
  readonly acked: boolean
  /** Time until the next answer to a duplicate SYN or a segment out of window is allowed. linux: last_oow_ack_time */
  readonly quiet?: number
  /** What its SYN+ACK grants. */
  readonly options?: Agreed
  /** Its listener was closed: whoever listens by now is another. linux: rsk_listener is no longer in LISTEN */
  readonly abandoned?: true
  /** The third ACK for which a CPU has found room, and which another CPU may still overtake. */
  readonly promoting?: Segment
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
  ...agreed(s, stack),
  ...(s.of === undefined ? {} : { of: s.of }),
})

/** What a segment is to a request, in the order in which tcp_check_req asks. */
export type Meaning =
  | 'duplicate SYN'
  | 'wrong ACK'
  | 'old timestamp'
  | 'out of window'
  | 'exact RST'
  | 'RST in window'
  | 'SYN in window'
  | 'no ACK'
  | 'deferred ACK'
  | 'third ACK'

export const meaning = (r: Request, s: Segment, stack: Stack): Meaning => {
  const old = isFromThePast(r.options?.recent, { ...s, options: understood(s, stack) })
  const { synAgain, requestJudges } = stack.dialect
  if (synAgain === 'SYN+ACK' && hasSyn(s) && !hasAck(s) && s.seq === r.irs && !old) return 'duplicate SYN'
  if (requestJudges === 'sequence number first' && !old && !inMiniWindow(s, r.rcvNxt, stack.window))
    return 'out of window'
  const judgesAck = !hasRst(s) || stack.dialect.resetOfRequest === 'in window'
  if (judgesAck && s.ack !== undefined && s.ack !== add(r.iss, 1)) return 'wrong ACK' // asked before the sequence number
  if (old) return 'old timestamp'
  if (!inMiniWindow(s, r.rcvNxt, stack.window)) return 'out of window'
  if (hasRst(s)) return s.seq === r.rcvNxt ? 'exact RST' : 'RST in window'
  if (hasSyn(s) && s.seq !== r.irs) return 'SYN in window'
  if (!hasAck(s)) return 'no ACK'
  return isDeferred(r, s, stack) ? 'deferred ACK' : 'third ACK'
}

/** TCP_DEFER_ACCEPT: a client without text waits, until so many SYN+ACKs would have been sent. linux: tcp_check_req */
const isDeferred = (r: Request, s: Segment, stack: Stack): boolean =>
  r.timer.n < (stack.listener?.deferAccept ?? 0) && segmentEnd(s) === r.rcvNxt

/** Seconds of TCP_DEFER_ACCEPT as a number of timeouts: the least that last as long, when each is twice the one before. linux: secs_to_retrans */
export const deferredRetries = (seconds: number): number => {
  let n = 0
  while (2 ** n - 1 < seconds) n += 1
  return n
}

/** Whether the RST ends the request. RFC 5961 §3, which Linux follows here since 2026. */
const kills = (m: Meaning, stack: Stack): boolean =>
  m === 'exact RST' || (m === 'RST in window' && stack.dialect.resetOfRequest === 'in window')

/** What the request has to ask its listener before it can react. */
export const questionOf = (r: Request, s: Segment, m: Meaning, stack: Stack, cookie?: Cookie): Question => {
  const young = r.timer.n === 0
  if (m === 'third ACK') return { ask: 'promote', young }
  if (kills(m, stack) || m === 'SYN in window') return { ask: 'release', young }
  if (m === 'RST in window' && r.quiet === undefined && countsChallenges(stack)) return { ask: 'challenge', young }
  if (m !== 'wrong ACK' || !mayBringCookie(s, stack)) return { ask: 'nothing', young }
  const isOfCookie = stack.dialect.cookieBesideRequest === 'swallowed' && bringsCookie(cookie, s)
  return isOfCookie ? { ask: 'redeem', valid: true, young, taken: true } : { ask: 'redeem', valid: false, young }
}

/** Everything but the third ACK; `undefined`: the request is gone. */
export const reactTo = (r: Request, s: Segment, m: Meaning, stack: Stack): Reaction<Request | undefined> => {
  const ackOfSyn = stamped(react(r, [pureAck(add(r.iss, 1), r.rcvNxt)]), r.options, stack).send
  switch (m) {
    case 'duplicate SYN': // answered again, and the timer starts over at its present length
      return limited(r, m, stack, 'TCPACKSkippedSynRecv', (same) =>
        react(
          { ...same, timer: { n: r.timer.n, left: stack.durations.initialRto * 2 ** r.timer.n } },
          [synAckOf(r, stack)],
          ['RetransSegs', 'TCPSynRetrans'],
        ),
      )
    case 'wrong ACK': // handed to the listener, which resets the sender; the request stays
      return hasRst(s) ? react(r) : react(r, [resetFor(s)], ['OutRsts'])
    case 'old timestamp': // PAWS protects the request from an exact RST, too
    case 'out of window': {
      const count: Counter[] = m === 'old timestamp' ? ['PAWSEstab'] : []
      if (hasRst(s)) return react(r, [], count)
      if (segmentLength(s) > 0 && !hasSyn(s)) return react(r, ackOfSyn, count) // text or a FIN: no part of an ACK loop: no limit
      return andThen(react(r, [], count), (same) =>
        limited(same, m, stack, 'TCPACKSkippedSynRecv', (quiet) => react(quiet, ackOfSyn)),
      )
    }
    case 'exact RST':
    case 'RST in window':
      return kills(m, stack)
        ? react(undefined, [], ['AttemptFails', 'EmbryonicRsts'])
        : limited(r, m, stack, 'TCPACKSkippedChallenge', (same) => react(same, ackOfSyn, ['TCPChallengeACK']))
    case 'SYN in window':
      if (stack.dialect.synInRequest === 'return to LISTEN') return react(undefined, [], ['AttemptFails'])
      return react(undefined, [resetFor(s)], ['AttemptFails', 'EmbryonicRsts', 'OutRsts'])
    case 'deferred ACK':
      return react({ ...r, acked: true }, [], ['TCPDeferAcceptDrop'])
    default:
      return react(r)
  }
}

/** One answer in tcp_invalid_ratelimit to whatever is not the third ACK. linux: __tcp_oow_rate_limited */
const limited = (
  r: Request,
  m: Meaning,
  stack: Stack,
  skipped: Counter,
  answer: (r: Request) => Reaction<Request>,
): Reaction<Request> => {
  const { ackRatelimit } = stack.dialect
  if (ackRatelimit === 'none' || (ackRatelimit !== 'all' && (m === 'out of window' || m === 'old timestamp')))
    return answer(r)
  if (r.quiet !== undefined) return react(r, [], [skipped])
  const limit = stack.durations.invalidRatelimit
  return answer(limit > 0 ? { ...r, quiet: limit } : r)
}

export const synAckOf = (r: Request, stack: Stack): Segment => ({
  ...synAck(r.iss, r.rcvNxt),
  ...grant(r.options, stack),
})

/**
 * The accept queue was full. The ACK is dropped with all that came with it, and the SYN+ACK goes on being repeated; or,
 * with tcp_abort_on_overflow, the sender is reset and the request deleted. linux: tcp_check_req (listen_overflow)
 */
export const overflow = (r: Request, s: Segment, stack: Stack): Reaction<Request | undefined> =>
  abortsOnOverflow(stack)
    ? react(undefined, [resetFor(s)], ['ListenOverflows', 'ListenDrops', 'EmbryonicRsts', 'OutRsts'])
    : react({ ...r, acked: true }, [], ['ListenOverflows', 'ListenDrops'])

export const abortsOnOverflow = (stack: Stack): boolean => stack.sysctls.tcp_abort_on_overflow === 1

/** How often the SYN+ACK is repeated: TCP_SYNCNT of the listener or tcp_synack_retries. linux: reqsk_timer_handler */
export const synAckRetries = (stack: Stack): number => stack.listener?.synCount ?? stack.sysctls.tcp_synack_retries

/** Whether the timer that fires now finds that enough has been done. A deferred ACK earns the request its full time. linux: syn_ack_recalc */
export const expires = (r: Request, stack: Stack, retries = synAckRetries(stack)): boolean =>
  r.timer.n >= retries && (!r.acked || r.timer.n >= (stack.listener?.deferAccept ?? 0))

/** Requests are never given up under pressure before so many retransmissions. */
export const LEAST_RETRIES = 2

export const mayBePruned = (r: Request, stack: Stack): boolean =>
  r.timer.n >= LEAST_RETRIES && !(r.acked && r.timer.n < (stack.listener?.deferAccept ?? 0))

/** Under TCP_DEFER_ACCEPT an acknowledged request is silent, but for one SYN+ACK at the end. linux: syn_ack_recalc */
const repeats = (r: Request, stack: Stack): boolean => {
  const defer = stack.listener?.deferAccept ?? 0
  return defer === 0 || !r.acked || r.timer.n >= defer - 1
}

/**
 * The timer fires: the SYN+ACK again, or after enough of them the end, without a word to the client.
 * linux: reqsk_timer_handler. `pruned`: the listener has too many requests to wait any longer for an old one.
 */
export const fireRequest = (r: Request, stack: Stack, pruned = false): Reaction<Request | undefined> => {
  if (pruned || expires(r, stack)) return react(undefined, [], ['TCPTimeouts'])
  const next = { ...r, timer: backOff(stack, r.timer) }
  return repeats(r, stack)
    ? react(next, [synAckOf(r, stack)], ['TCPTimeouts', 'RetransSegs', 'TCPSynRetrans'])
    : react(next, [], ['TCPTimeouts'])
}

/** `time` passes, no more than the timer has left. */
export const requestElapse = ({ quiet, ...r }: Request, time: number): Request => ({
  ...r,
  timer: { ...r.timer, left: r.timer.left - time },
  ...(quiet !== undefined && quiet > time ? { quiet: quiet - time } : {}),
})
