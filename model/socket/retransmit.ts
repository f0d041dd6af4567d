/** The retransmission timer of a synchronized connection. RFC 6298 · linux: tcp_retransmit_timer, tcp_write_timeout */
import { produce } from 'immer'
import type { Stack } from '../config.ts'
import { grant, stamped } from '../options.ts'
import { type Reaction, react } from '../reaction.ts'
import { synAck } from '../segment.ts'
import { backOff, firstUnacknowledged } from './output.ts'
import { abortWithReset, die } from './reset.ts'
import type { Socket, Tcb, Timer } from './socket.ts'
import { synRetries } from './synSent.ts'

/**
 * How often it may fire before the connection is given up. The kernel bounds the time, with the sysctl as the number of
 * retransmissions that would fit; so does the model where it knows TCP_RTO_MIN, and counts them otherwise. An orphan has tcp_orphan_retries, where 0 means 8.
 */
export const retryLimit = (t: Tcb, stack: Stack): number => {
  if (t.state === 'SYN_RECV') return synRetries(stack)
  return t.orphan ? stack.sysctls.tcp_orphan_retries || 8 : stack.sysctls.tcp_retries2
}

/** By number, or by the time that the number stands for. linux: retransmits_timed_out, tcp_model_timeout */
const triedEnough = (t: Tcb, n: number, stack: Stack): boolean => {
  const limit = retryLimit(t, stack)
  const { rtoMin, initialRto } = stack.durations
  const synIsOut = t.state === 'SYN_RECV' || t.synOut
  if (stack.userTimeout !== undefined)
    return (synIsOut && n >= limit) || (t.retransmitting ?? Number.NEGATIVE_INFINITY) >= stack.userTimeout
  if (rtoMin === undefined || synIsOut) return n >= limit
  if (t.retransmitting === undefined) return false
  const longest = RTO_MAX * initialRto
  const doubling = Math.min(limit, Math.floor(Math.log2(longest / rtoMin)))
  return t.retransmitting >= (2 ** (doubling + 1) - 1) * rtoMin + (limit - doubling) * longest
}

/** Time is what counts: by the kernel's rule, or by TCP_USER_TIMEOUT, which takes the place of the sysctls. */
const countsTime = ({ durations, userTimeout }: Stack): boolean =>
  durations.rtoMin !== undefined || userTimeout !== undefined

/** The next timeout: doubled, and no later than TCP_USER_TIMEOUT ends. linux: tcp_clamp_rto_to_user_timeout */
const nextTimer = (t: Tcb, timer: Timer, stack: Stack): Timer => {
  const next = backOff(stack, timer)
  if (stack.userTimeout === undefined) return next
  return { ...next, left: Math.min(next.left, Math.max(1, stack.userTimeout - (t.retransmitting ?? 0))) }
}

/** TCP_RTO_MAX, in initial timeouts of one second. */
const RTO_MAX = 120

/** Looked at before the number of retransmissions is. linux: tcp_write_timeout, tcp_out_of_resources */
const tooManyOrphans = (t: Tcb): Reaction<Socket> => {
  const aborted = abortWithReset(t, 'aborted', 'TCPAbortOnMemory')
  return { ...aborted, count: ['TCPTimeouts', ...aborted.count] }
}

/** Sends the first unacknowledged segment again, or gives up: in silence, with ETIMEDOUT to a process that still listens. */
export const retransmit = (t: Tcb, stack: Stack): Reaction<Socket> => {
  if (t.rtx === undefined) return react(t)
  if (t.orphan && stack.orphansFull) return tooManyOrphans(t)
  if (triedEnough(t, t.rtx.n, stack)) {
    const dead = die(t, 'timed out')
    return { ...dead, count: ['TCPTimeouts', 'TCPAbortOnTimeout', ...dead.count] }
  }
  const timer = t.rtx
  const synIsOut = t.state === 'SYN_RECV' || t.synOut
  const to = produce(t, (d) => {
    d.rtx = nextTimer(t, timer, stack)
    d.afterTimeout = true
    if ((!synIsOut && countsTime(stack)) || stack.userTimeout !== undefined) d.retransmitting ??= 0
    delete d.ackPending
  })
  return synIsOut
    ? react(
        to,
        [{ ...synAck(t.snd.una, t.rcv.nxt), ...grant(t.options, stack) }],
        ['TCPTimeouts', 'TCPSynRetrans', 'RetransSegs'],
      )
    : stamped(react(to, [firstUnacknowledged(t, stack)], ['TCPTimeouts', 'RetransSegs']), t.options, stack)
}
