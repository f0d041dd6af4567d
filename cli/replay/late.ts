/** Packets of a replayed connection that are late, by the packets beside which they leave and come: both ends bear one mark. */
import { type Connection, type LatePacket, latePackets, markOf } from '../../traces/index.ts'
import type { PacketArrow } from './packets.ts'

export interface Marked {
  readonly mark: string
  readonly late: LatePacket
  readonly arrow: PacketArrow
}

export interface LateRows {
  of(packet: number): Marked | undefined
  /** What leaves, or comes, just before that packet. */
  before(packet: number): readonly Marked[]
  /** Marks of the copies of that packet that come later. */
  copied(packet: number): string
}

/** @param arrows those that are drawn: of others, nothing is marked */
export const lateRows = (connection: Connection, arrows: Iterable<PacketArrow>): LateRows => {
  const drawn = new Map([...arrows].map((arrow) => [arrow.number, arrow]))
  const marked = (latePackets(connection) ?? [])
    .filter(({ packet }) => drawn.has(packet))
    .map((late, i): Marked => ({ mark: markOf(i + 1), late, arrow: drawn.get(late.packet)! }))
  const byPacket = new Map(marked.map((one) => [one.late.packet, one]))
  return {
    of: (packet) => byPacket.get(packet),
    before: (packet) => marked.filter(({ late }) => late.leavesBefore === packet || late.comesBefore === packet),
    copied: (packet) =>
      marked
        .filter(({ late }) => late.copyOf === packet)
        .map(({ mark }) => `${mark} `)
        .join(''),
  }
}

/** What is drawn at the packet itself: it leaves there, and comes later; or it comes there, and has left before. */
export const openAt = ({ comesBefore }: LatePacket): 'to' | 'from' => (comesBefore === undefined ? 'from' : 'to')
