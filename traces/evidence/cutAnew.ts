/**
 * Text that passed both taps in other segments: offloads cut what is longer than the wire carries on its way out and join what
 * belongs together on its way in. All pieces have the timestamp of the whole. linux: tcp_gso_segment, tcp_gro_receive
 */
import { add, before, distance, type Seq } from '../../model/index.ts'
import { type Connection, fromClient, type Packet } from '../capture.ts'

/** The packets of a connection and the places of their text: what passed one of the taps in segments of its own. */
export interface Passed {
  readonly connection: Connection
  readonly packets: readonly Packet[]
}

/** By each packet here whose text passed there in other segments: the last of these. */
export const cutAnew = (here: Passed, there: Passed): Map<Packet, Packet> => {
  const groups = new Map<string, Packet[]>()
  for (const p of there.packets) if (isText(p)) groups.set(group(there, p), [...(groups.get(group(there, p)) ?? []), p])
  for (const packets of groups.values()) packets.sort((a, b) => distance(b.sequence!, a.sequence!))
  const found = new Map<Packet, Packet>()
  for (const p of here.packets) {
    const last = isText(p) ? lastCovering(p, groups.get(group(here, p)) ?? []) : undefined
    if (last !== undefined) found.set(p, last)
  }
  return found
}

const isText = (p: Packet): boolean => p.length > 0 && p.sequence !== undefined

const group = ({ connection }: Passed, p: Packet): string =>
  `${fromClient(connection, p) ? 'c' : 's'} ${p.options?.timestamp?.value ?? '?'}`

/** The segment that brings the last of this text, if all of it is there. @param others in the order of their numbers */
const lastCovering = (p: Packet, others: readonly Packet[]): Packet | undefined => {
  let covered = p.sequence!
  for (const q of others) {
    if (before(covered, q.sequence!)) return undefined
    if (before(covered, endOf(q))) covered = endOf(q)
    if (!before(covered, endOf(p))) return q
  }
  return undefined
}

const endOf = (p: Packet): Seq => add(p.sequence!, p.length)
