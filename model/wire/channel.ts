/**
 * One direction of the path between two ends: segments in flight, oldest first, each with its age.
 *
 * A channel holds `capacity` segments; one that finds it full is dropped, as any router's queue would (this loss costs no
 * budget). It delivers in order; out of order, twice, or not at all only as far as the wire's budget goes.
 */
import type { Segment } from '../segment.ts'

export interface InFlight {
  readonly segment: Segment
  /** Ticks since it was sent. */
  readonly age: number
}

export type Channel = readonly InFlight[]

/** Puts segments at the end; those that find no room are dropped. One marked `safe` displaces another instead. */
export const put = (channel: Channel, segments: readonly Segment[], capacity: number): Channel =>
  segments.reduce<Channel>((held, segment) => putOne(held, { segment, age: 0 }, capacity), channel)

const putOne = (channel: Channel, entry: InFlight, capacity: number): Channel => {
  if (channel.length < capacity) return [...channel, entry]
  const victim = entry.segment.safe ? channel.findLastIndex((f) => !f.segment.safe) : -1
  return victim < 0 ? channel : [...without(channel, victim), entry]
}

/** The channel without its i-th segment. */
export const without = (channel: Channel, i: number): Channel => [...channel.slice(0, i), ...channel.slice(i + 1)]

/** Positions of distinct segments: two equal ones of equal age need not both be tried. */
export const choices = (channel: Channel): number[] =>
  channel.flatMap((f, i) =>
    channel.slice(0, i).some((g) => g.age === f.age && JSON.stringify(g.segment) === JSON.stringify(f.segment))
      ? []
      : [i],
  )

/**
 * A tick passes. A segment lives while its age is below `msl`. One that would reach it must be delivered (or lost) first,
 * which blocks the tick; or, where the wire may let segments die, it vanishes.
 */
export const age = (channel: Channel, msl: number, expiry: 'delivered in time' | 'may die'): Channel | undefined => {
  const older = channel.map((f) => ({ ...f, age: f.age + 1 }))
  const dying = older.filter((f) => f.age >= msl)
  if (dying.length === 0) return older
  if (expiry === 'delivered in time' || dying.some((f) => f.segment.safe)) return undefined
  return older.filter((f) => f.age < msl)
}
