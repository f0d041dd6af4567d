/**
 * Segments from long ago, told by their clock. Whoever sent them, the end did not send them now; and what they do where
 * they arrive hangs on the clocks that the ends remember (PAWS), which a replay leaves aside otherwise. RFC 7323 §5
 */
import type { Offer } from '../../../model/index.ts'
import type { Observation, Side } from '../packets/observation.ts'

/** Seconds that a segment is behind the last one of its end, at least. */
const LONG_AGO = 2
/** Ticks in a second, where too little is seen of a clock. linux: tcp_clock_ms */
const USUAL_RATE = 1000

/** What both ends offer where clocks matter: nothing that bounds a segment or a window. */
export const clockedOffer: Offer = { mss: 2 ** 21, windowScale: 14, clock: 0 }

/** Packets that are old, by number, with how many seconds their clock is behind; a SYN begins with it, and may do so. */
export const oldDuplicates = (observations: readonly Observation[]): Map<number, number> => {
  const found = new Map<number, number>()
  for (const side of ['client', 'server'] as const) {
    const own = observations.filter((o) => o.from === side && o.clock !== undefined && !o.inferred)
    const rate = rateOf(own)
    let latest: number | undefined
    for (const o of own) {
      latest ??= o.clock!
      const behind = ((latest - o.clock!) | 0) / rate
      if (behind > LONG_AGO && behind < CIRCLE / 4 / rate) found.set(o.packet, behind)
      if (behind <= LONG_AGO || o.flags.includes('S')) latest = o.clock!
    }
  }
  return found
}

/**
 * After both FINs a segment is overtaken by one of its own end, and its clock tells: whoever waits in TIME_WAIT by then refuses
 * it. linux: tcp_timewait_state_process (paws_reject)
 */
export const isLateAfterFins = (observations: readonly Observation[]): boolean => {
  const closed = new Set<Side>()
  const latest: Partial<Record<Side, number>> = {}
  return observations.some(({ from, flags, clock }) => {
    if (flags.includes('S')) closed.clear()
    if (flags.includes('F')) closed.add(from)
    if (clock === undefined) return false
    const behind = closed.size === 2 && latest[from] !== undefined && latest[from] - clock
    latest[from] = clock
    return behind !== false && behind > 1 && behind < CIRCLE / 4
  })
}

const CIRCLE = 2 ** 32

const rateOf = (own: readonly Observation[]): number => {
  const [first, last] = [own[0], own.at(-1)]
  const seconds = (last?.time ?? 0) - (first?.time ?? 0)
  const ticks = first === undefined ? 0 : (last!.clock! - first.clock!) | 0
  return seconds > 0.1 && ticks > 0 ? Math.max(10, ticks / seconds) : USUAL_RATE
}

/** The segments with their clocks, and none of the old ones for its end to account for. */
export const withClocks = (observations: readonly Observation[], old: ReadonlyMap<number, number>): Observation[] =>
  observations.map((o) => {
    const { windowScale, mss } = clockedOffer
    const offered = o.flags.includes('S') ? { mss, windowScale, sack: true as const } : {}
    const options = o.clock === undefined ? offered : { ...offered, timestamp: { val: o.clock } }
    return {
      ...o,
      segment: { ...o.segment, options },
      ...(old.has(o.packet) && !o.flags.includes('S') ? { forged: true as const } : {}),
    }
  })
