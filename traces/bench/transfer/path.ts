/** The way between two hosts, and the tap on it: a queue at a fixed rate, a delay, and what is lost or overtaken. */
import type { Random } from '../../../checker/simulate/random.ts'
import type { End, WirePacket } from '../wire.ts'
import type { Schedule } from './schedule.ts'

export type TapPlace = 'client' | 'middle' | 'server'

export interface Conditions {
  readonly tap: TapPlace
  /** Of a thousand packets. */
  readonly lost: number
  /** Of a thousand packets: they arrive after one to four of those that were sent later. */
  readonly late: number
}

/** One way, milliseconds. */
const DELAY = 5
/** What a full segment takes on the slowest link: 120 Mbit/s. */
const SERIAL = 0.1
/** What a host takes to answer what has arrived. */
const REACTION = 0.02
/** Routers from end to end. */
const ROUTERS = 2
const HOPS = 64

/** A packet as its sender hands it over. */
export type Handed = Omit<WirePacket, 'at' | 'hops'>

export interface PathUse {
  readonly schedule: Schedule
  readonly random: Random
  readonly conditions: Conditions
  /** The tap shows it. */
  readonly seen: (packet: WirePacket) => void
  readonly arrived: (packet: Handed) => void
}

/** @returns takes a packet at its sender; `safe` ones are neither lost nor late */
export const pathOf = ({ schedule, random, conditions, seen, arrived }: PathUse) => {
  const free: Record<End, number> = { client: 0, server: 0 }
  const draw = (ofThousand: number): boolean => random.below(1000) < ofThousand
  const tapAt = { client: 0, middle: 1, server: 2 }[conditions.tap]
  return (packet: Handed, safe: boolean): void => {
    const begun = schedule.now
    const show = (at: number, routers: number): void =>
      schedule.at(at, () => seen({ ...packet, at: schedule.now, hops: HOPS - routers }))
    const halvesToTap = packet.from === 'client' ? tapAt : 2 - tapAt
    if (halvesToTap === 0) seen({ ...packet, at: begun, hops: HOPS })
    const left = Math.max(begun, free[packet.from]) + (packet.length ? SERIAL : SERIAL / 20)
    free[packet.from] = left
    let at = left
    for (const half of [1, 2]) {
      if (!safe && draw(conditions.lost / 2)) return
      at += DELAY / 2
      if (!safe && draw(conditions.late / 2)) at += SERIAL * (1.5 + random.below(30) / 10)
      if (half === halvesToTap) show(at, (ROUTERS / 2) * half)
    }
    schedule.at(at + REACTION, () => arrived(packet))
  }
}
