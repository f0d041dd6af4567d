/**
 * The clock of the capture, where it was set meanwhile (NTP, a machine that slept): back, as no packet comes before the one
 * ahead of it; or forward, where the timestamps of the ends tell that less time has passed. RFC 7323 §4
 */
import type { Observation, Side } from '../packets/observation.ts'
import { type Assumption, assuming, type Reading } from './reading.ts'

interface ClockStep {
  /** The first packet after it. */
  readonly packet: number
  /** Seconds; negative: it was set back. */
  readonly by: number
}

/** Seconds that packets may lie out of order in a file, and that a clock has to lead to be told from a silence. */
const BACK = 0.5
const FORWARD = 10
/** What a clock of timestamps may be off: seconds, and a share of what has passed. */
const SLACK = 2
const SHARE = 0.1

/** The packets at the times that they would have had. */
export const atSteadyClock = (r: Reading): Reading => {
  const { steady, steps } = withoutSteps(r.packets)
  if (steps.length === 0) return r
  const clockAhead = steps.reduce((sum, { by }) => sum + by, 0)
  return assuming(r, { packets: steady, clockAhead }, ...steps.map(assumptionOf))
}

const assumptionOf = ({ packet, by }: ClockStep): Assumption => ({
  id: 'clock-step',
  packets: [packet],
  ceiling: 'conforms',
  words: `the clock of the capture ${by < 0 ? 'is set back' : 'jumps'} by ${Math.abs(by).toFixed(1)} s before packet ${packet}`,
})

/** And each step that was taken out. */
const withoutSteps = (
  observations: readonly Observation[],
): { readonly steady: readonly Observation[]; readonly steps: readonly ClockStep[] } => {
  if (!observations.some((_, i) => i > 0 && isOdd(gapBefore(observations, i))))
    return { steady: observations, steps: [] }
  const rates = { client: rateOf(observations, 'client'), server: rateOf(observations, 'server') }
  const steps: ClockStep[] = []
  const ticked: Partial<Record<Side, Observation>> = {}
  let shift = 0
  const steady = observations.map((o, i) => {
    // A SYN begins anew, and with it the clock of its sender: after a reboot it has another. RFC 7323 §5.4
    if (o.flags === 'S' && o.seq !== ticked[o.from]?.seq) delete ticked[o.from]
    const by = stepBefore(observations, i, ticked[o.from], rates[o.from])
    if (by !== undefined) {
      steps.push({ packet: o.packet, by })
      shift += by
    }
    if (o.clock !== undefined && !o.forged) ticked[o.from] = o
    return shift === 0 || o.time === undefined ? o : { ...o, time: o.time - shift }
  })
  return { steady, steps }
}

/** Seconds since the packet before; undefined where the capture has no times. */
const gapBefore = (observations: readonly Observation[], i: number): number | undefined => {
  const [last, o] = [observations[i - 1]!.time, observations[i]!.time]
  return last === undefined || o === undefined ? undefined : o - last
}

const isOdd = (gap: number | undefined): boolean => gap !== undefined && (gap < -BACK || gap > FORWARD)

const stepBefore = (
  observations: readonly Observation[],
  i: number,
  ticked: Observation | undefined,
  rate: number | undefined,
): number | undefined => {
  const gap = i === 0 ? undefined : gapBefore(observations, i)
  if (gap === undefined || !isOdd(gap)) return undefined
  const passed = passedSince(ticked, observations[i]!, observations[i - 1]!, gap < 0 ? (rate ?? USUAL_RATE) : rate)
  if (gap < 0) return gap - Math.max(0, passed ?? 0)
  return passed !== undefined && gap - passed > Math.max(SLACK, gap * SHARE) ? gap - Math.max(0, passed) : undefined
}

/** Seconds since the packet before, by the sender's timestamps. @param ticked what it sent last with one */
const passedSince = (
  ticked: Observation | undefined,
  o: Observation,
  last: Observation,
  rate: number | undefined,
): number | undefined =>
  o.clock === undefined || o.forged || ticked === undefined || rate === undefined
    ? undefined
    : ((o.clock - ticked.clock!) | 0) / rate - (last.time! - ticked.time!)

/** Ticks in a second: the middle of what the end's own packets show of it. */
const rateOf = (observations: readonly Observation[], side: Side): number | undefined => {
  const own = observations.filter((o) => o.from === side && o.clock !== undefined && o.time !== undefined && !o.forged)
  const rates = own.slice(1).flatMap((o, i) => {
    const seconds = o.time! - own[i]!.time!
    const ticks = (o.clock! - own[i]!.clock!) | 0
    return seconds > LEAST && seconds <= FORWARD && ticks > 0 ? [ticks / seconds] : []
  })
  return rates.sort((a, b) => a - b)[rates.length >> 1]
}

/** Ticks in a second, where too little is seen of a clock and some time must have passed. linux: tcp_clock_ms */
const USUAL_RATE = 1000
/** Seconds in which a clock of ten milliseconds moves by more than its grain. */
const LEAST = 0.05
