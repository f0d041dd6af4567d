/**
 * A packet that nothing explains, set aside: it arrives, and its end does not have to account for it. The verdict stays; but
 * what both ends are afterwards can still be told.
 */
import { assuming, type Reading } from './reading.ts'

export const setAside = (r: Reading, packet: number): Reading => {
  const packets = r.packets.map((o) => (o.packet === packet && !o.inferred ? { ...o, forged: true as const } : o))
  const words = `packet ${packet} is set aside`
  return assuming(r, { packets }, { id: 'aside', packets: [packet], ceiling: 'diverges', words })
}
