/**
 * Ways to spoil a capture, one packet at a time, and what each must lead to. The class is told from the packets alone, by
 * rules that do not look at the model.
 */
import type { Seq } from '../../model/index.ts'
import type { Connection, Packet } from '../capture.ts'

export type MutantClass = 'must reject' | 'must accept' | 'either' | 'left open'

export interface Mutant {
  /** What was done, in words: `acknowledges what was never sent`. */
  readonly mutation: string
  readonly class: MutantClass
  /** The number of the packet that was spoiled, or before which one was invented or left out. */
  readonly packet: number
  readonly packets: readonly Packet[]
}

/** One operator: what it makes of the packet at this index; nothing where it does not apply. */
export type Mutator = (connection: Connection, packets: readonly Packet[], at: number) => Mutant | undefined

const SPACE = 2 ** 32

export const plus = (sequence: number, by: number): Seq => ((((sequence + by) % SPACE) + SPACE) % SPACE) as Seq

/** Bytes from one number on to another, in the shorter direction: negative when `to` is before. */
export const distance = (from: number, to: number): number => {
  const ahead = plus(to, -from)
  return ahead < SPACE / 2 ? ahead : ahead - SPACE
}

/** Numbers that the packet takes up: SYN, FIN and text. */
export const space = (p: Packet): number => p.length + (/[SF]/.test(p.flags) ? 1 : 0)

/** The number after the packet's last one. */
export const endOf = (p: Packet): Seq => plus(p.sequence!, space(p))

export const isFrom = (p: Packet, other: Packet): boolean =>
  p.source.address === other.source.address && p.source.port === other.source.port

export const acknowledges = (p: Packet, number: number): boolean =>
  p.acknowledgment !== undefined && distance(number, p.acknowledgment) >= 0

/** Packets of the same end after (or before) this one. */
export const laterOf = (packets: readonly Packet[], at: number): Packet[] =>
  packets.slice(at + 1).filter((p) => isFrom(p, packets[at]!))
export const earlierOf = (packets: readonly Packet[], at: number): Packet[] =>
  packets.slice(0, at).filter((p) => isFrom(p, packets[at]!))
export const othersOf = (packets: readonly Packet[], at: number): Packet[] =>
  packets.filter((p) => !isFrom(p, packets[at]!))

/** The last number that the end of this packet has sent in the whole capture. */
export const highest = (packets: readonly Packet[]): Seq | undefined =>
  packets
    .filter((p) => p.sequence !== undefined && !p.flags.includes('R'))
    .map(endOf)
    .reduce<Seq | undefined>((most, end) => (most === undefined || distance(most, end) > 0 ? end : most), undefined)

export const replaced = (packets: readonly Packet[], at: number, change: Partial<Packet>): Packet[] =>
  packets.map((p, i) => (i === at ? { ...p, ...change } : p))

/** Puts a packet of the same end before this one, at the same moment. */
export const insertedBefore = (packets: readonly Packet[], at: number, packet: Packet): Packet[] => [
  ...packets.slice(0, at),
  packet,
  ...packets.slice(at),
]
