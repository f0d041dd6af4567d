/** Whether a socket answers what it cannot take is a matter of time and of its host: an answer that has just been given holds back the next. */
import type { Stack } from '../config.ts'
import { limitsChallenges } from '../listener/challenges.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { receive } from './receive.ts'
import { isTcb, isTimeWait, type Socket, type Tcb, type TimeWait } from './socket.ts'

const canBeQuiet = (socket: Socket): socket is Tcb | TimeWait => isTcb(socket) || isTimeWait(socket)

/**
 * A segment arrives less than tcp_invalid_ratelimit after the socket has answered another that it could not take: the same, without
 * the answer, which is counted as skipped. Undefined where it answers all the same, or has nothing to answer.
 * linux: tcp_oow_rate_limited, tcp_send_challenge_ack (TCPACKSkippedSeq, -PAWS, -Challenge, -FinWait2, -TimeWait)
 * For a caller that knows no durations: it remembers nothing of the answer.
 */
export const receiveTooSoon = (socket: Socket, s: Segment, stack: Stack): Reaction<Socket> | undefined => {
  if (!canBeQuiet(socket)) return undefined
  const { to, send, count } = receive({ ...socket, quiet: 1 }, s, stack)
  if (send.length > 0 || !canBeQuiet(to) || !count.some((c) => c.startsWith('TCPACKSkipped'))) return undefined
  if (stack.dialect.ackRatelimit === 'none') return undefined
  const { quiet: _, ...same } = to
  return { to: same, send, count }
}

/**
 * The host has sent tcp_challenge_ack_limit challenge ACKs in this second: the segment is dropped all the same, and nothing counts
 * the challenge. Undefined where there is no such limit, or no challenge. linux: tcp_send_challenge_ack
 */
export const receiveUnchallenged = (socket: Socket, s: Segment, stack: Stack): Reaction<Socket> | undefined => {
  if (!isTcb(socket) || !limitsChallenges(stack.dialect, stack.sysctls)) return undefined
  const r = receive(socket, s, stack)
  return r.count.includes('TCPChallengeACK') ? withoutChallenge(r) : undefined
}

/** The same reaction where the host has no challenge ACK left for this second. linux: tcp_send_challenge_ack */
export const withoutChallenge = <T>(r: Reaction<T>): Reaction<T> => ({
  ...r,
  send: [],
  count: r.count.filter((c) => c !== 'TCPChallengeACK'),
})
