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

/** The first retransmission that comes too early for any timer, by its index, and its divergence; undefined if there is none. */
export const tooEarly = (
  observations: readonly Observation[],
): { readonly at: number; readonly divergence: Divergence } | undefined => {
  const copyBefore = copies(observations)
  if (copyBefore === undefined) return undefined
  const between = intervalsOf(observations)
  for (const [at, last] of copyBefore) {
    const first = copyBefore.get(last)
    if (first === undefined) continue
    const o = observations[at]!
    const before = between(first, last)
    const tapped = between(last, at)
    if (before === undefined || tapped === undefined || before > LONGEST) continue
    const now = asSent(observations[last]!, o, tapped)
    if (now >= (o.flags === 'S' ? SYN : before * SHARE - SLACK) || isLocal(o, now)) continue
    const intervals = `${Math.round(now)} ms after the last, which came ${Math.round(before)} ms after the one before`
    const reason = `the ${o.from} repeats ${notation(o.segment)} ${intervals}, and heard nothing between: a timer backs off`
    return { at, divergence: { packet: o.packet, reason, allowed: [] } }
  }
  return undefined
}

/** What the way to the tap may add to the one packet and not to the other, ms. */
const JITTER = 250

/** A clock of milliseconds in the packets themselves says when they were sent: the tap saw them later, not equally late. RFC 7323 §5.4 */
const asSent = (last: Observation, { clock }: Observation, tapped: number): number => {
  const sent = clock === undefined || last.clock === undefined ? tapped : (clock - last.clock) >>> 0
  return Math.abs(sent - tapped) <= JITTER ? Math.max(sent, tapped) : tapped
}

/** The interval of that timer in milliseconds, with the delay that timers have. */
const LOCAL = { from: 490, to: 560 }

const isLocal = ({ flags }: Observation, ms: number): boolean => flags !== 'S.' && ms >= LOCAL.from && ms <= LOCAL.to

/**
 * By place: the copy of that segment that was sent last, if nothing of the other end passed since: only a timer repeats it then.
 * Undefined: no segment is repeated so.
 */
const copies = (observations: readonly Observation[]): Map<number, number> | undefined => {
  let found: Map<number, number> | undefined
  const latest = new Map<string, number>()
  for (let at = 0; at < observations.length; at++) {
    const { from, flags, seq, len, forged, inferred } = observations[at]!
    if (at > 0 && observations[at - 1]!.from !== from && latest.size > 0) latest.clear()
    if (forged || inferred || (len === 0 && !/[SF]/.test(flags))) continue
    if (latest.size === 0 && observations[at + 1]?.from !== from) continue
    const segment = `${flags} ${seq} ${len}`
    const last = latest.get(segment)
    latest.set(segment, at)
    if (last === undefined) continue
    found ??= new Map()
    found.set(at, last)
  }
  return found
}

/** Milliseconds between two places; undefined where times are missing, or the clock of the capture was set back meanwhile. */
const intervalsOf = (observations: readonly Observation[]) => {
  const setBack = new Uint32Array(observations.length)
  for (let i = 1; i < setBack.length; i++)
    setBack[i] = setBack[i - 1]! + (observations[i]!.time! < observations[i - 1]!.time! ? 1 : 0)
  return (from: number, to: number): number | undefined => {
    const [a, b] = [observations[from]!.time, observations[to]!.time]
    return setBack[from] !== setBack[to] || a === undefined || b === undefined ? undefined : (b - a) * 1000
  }
}
