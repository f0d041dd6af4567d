/** The times of a capture, in milliseconds from its first packet; where it has none, an order that no timer disturbs. */
import type { Observation, Side } from '../replay/packets/observation.ts'
import { waysOf } from '../replay/packets/tap.ts'

/** Between two packets without times, and on the way: too short for any timer. */
const STEP = 1
const SHORT = 0.01

export interface Clock {
  readonly told: boolean
  /** From one end to the other. */
  readonly way: number
  /** When the packet of that index passed the tap. */
  passes(index: number): number
  /** How long from the tap to an end. */
  to(side: Side): number
  /** Seconds from the first packet, if the capture has times. */
  seconds(at: number): number | undefined
}

export const clockOf = (o: readonly Observation[]): Clock => {
  const start = o[0]?.time
  if (start === undefined || o.some(({ time }) => time === undefined))
    return { told: false, way: SHORT, passes: (i) => i * STEP, to: () => SHORT / 2, seconds: () => undefined }
  const ways = waysOf(o)
  const [toServer, toClient] = [(ways?.toServer ?? 0) * 500, (ways?.toClient ?? 0) * 500]
  return {
    told: true,
    way: Math.max(SHORT, toServer + toClient),
    passes: (i) => (o[Math.min(i, o.length - 1)]!.time! - start) * 1000,
    to: (side) => Math.max(0, side === 'server' ? toServer : toClient),
    seconds: (at) => Math.round(at) / 1000,
  }
}
