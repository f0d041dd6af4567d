/**
 * Retransmission timers back off: while nothing arrives, no interval is shorter than the one before, however many copies
 * were lost before the tap. RFC 6298 §5.5; linux: tcp_retransmit_timer, reqsk_timer_handler. SYNs may come at equal
 * intervals (tcp_syn_linear_timeouts), of which any number may be lost; only the least of them is sure. And a sender whose own
 * host had no room for the packet tries again after half a second (TCP_RESOURCE_PROBE_INTERVAL).
 */
import { notation } from '../../model/index.ts'
import type { Divergence } from './divergence.ts'
import type { Observation } from './packets/observation.ts'

/** The least share of the interval before that an interval may last, and milliseconds of slack: delay on the way. */
const SHARE = 0.6
const SLACK = 10
/** No timer waits longer (TCP_RTO_MAX is 120 s): copies are missing, or the clock of the capture was set meanwhile. */
const LONGEST = 130_000
/** Milliseconds before the first repetition of a SYN, less some jitter. RFC 6298 §2.1; linux: TCP_TIMEOUT_INIT */
const SYN = 900

/** Index and words of the first repetition that comes too early for any timer, if there is one. */
export const tooEarly = (
  observations: readonly Observation[],
): { readonly at: number; readonly divergence: Divergence } | undefined => {
  for (const [at, o] of observations.entries()) {
    if (o.forged || o.inferred) continue
    const last = copyBefore(observations, at)
    const first = last === undefined ? undefined : copyBefore(observations, last)
    if (last === undefined || first === undefined) continue
    const before = between(observations, first, last)
    const now = between(observations, last, at)
    if (before === undefined || now === undefined || before > LONGEST) continue
    if (now >= (o.flags === 'S' ? SYN : before * SHARE - SLACK) || isLocal(o, now)) continue
    const intervals = `${Math.round(now)} ms after the last, which came ${Math.round(before)} ms after the one before`
    const reason = `the ${o.from} repeats ${notation(o.segment)} ${intervals}, and heard nothing between: a timer backs off`
    return { at, divergence: { packet: o.packet, reason, allowed: [] } }
  }
  return undefined
}

/** Milliseconds that such a timer takes: it is as late as others. */
const LOCAL = { from: 490, to: 560 }

const isLocal = ({ flags }: Observation, ms: number): boolean => flags !== 'S.' && ms >= LOCAL.from && ms <= LOCAL.to

/** The copy of this segment that was sent last, if nothing of the other end passed since: only a timer repeats it then. */
const copyBefore = (observations: readonly Observation[], at: number): number | undefined => {
  const o = observations[at]!
  if (o.len === 0 && !/[SF]/.test(o.flags)) return undefined
  for (let i = at - 1; i >= 0 && observations[i]!.from === o.from; i--) {
    const { flags, seq, len, forged, inferred } = observations[i]!
    if (forged || inferred) continue
    if (flags === o.flags && seq === o.seq && len === o.len) return i
  }
  return undefined
}

/** Milliseconds; undefined where times are missing, or the clock of the capture was set back meanwhile. */
const between = (observations: readonly Observation[], from: number, to: number): number | undefined => {
  for (let i = from; i < to; i++) if (observations[i + 1]!.time! < observations[i]!.time!) return undefined
  const [a, b] = [observations[from]!.time, observations[to]!.time]
  return a === undefined || b === undefined ? undefined : (b - a) * 1000
}
