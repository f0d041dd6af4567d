/** A setting of a host, as far as packets reveal it. */
import type { Observation } from '../replay/packets/observation.ts'
import type { Tap } from '../replay/packets/tap.ts'

/** The setting is between `least` and `most`: at least as much as the packets show, exactly that where the end gave up. */
export interface Revealed {
  /** As under /proc/sys/net/ipv4. */
  readonly setting: string
  readonly least?: number
  readonly most?: number
  /** Numbers of the packets that show it. */
  readonly packets: readonly number[]
  /** What they show. */
  readonly because: string
  /** What else would look the same. */
  readonly unless?: string
}

/** One connection, as settings are read off it. */
export interface Seen {
  readonly observations: readonly Observation[]
  readonly tap: Tap
  /** When the capture ends, seconds. */
  readonly until: number
}

/** Seconds between one packet and a later one; NaN without times. */
export const between = (a: Observation, b: Observation): number =>
  a.time === undefined || b.time === undefined ? Number.NaN : b.time - a.time

/** Whether a timer of so many seconds took that long: the timer wheel runs late, and the way may hold a packet up. */
export const lasts = (seconds: number, timer: number): boolean =>
  seconds >= timer * 0.9 && seconds <= timer * 1.15 + 0.3

export const ordinal = (n: number): string => {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}
