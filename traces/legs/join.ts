/**
 * A SYN that is answered from an address which the client did not call: two connections by their addresses, and one by its
 * numbers. The second is given the SYNs of the first, as they must have come to it. RFC 3022 §4.1
 */
import { type Capture, type Connection, type Endpoint, endpointText, hasFlag, type Packet } from '../capture.ts'

const joined = new WeakMap<Capture, Capture>()

/** The capture itself where there is nothing to join. */
export const withForwardedSyns = (capture: Capture): Capture => {
  const known = joined.get(capture)
  if (known !== undefined) return known
  const connections = join(capture.connections)
  const result = connections === undefined ? capture : { ...capture, connections }
  joined.set(capture, result)
  joined.set(result, result)
  return result
}

const join = (all: readonly Connection[]): Connection[] | undefined => {
  if (all.length < 2) return undefined
  // Few begin with a SYN+ACK, and only their packets are looked at.
  const strays = all.filter(
    (c) => c.clientKnownBy === 'SYN+ACK' && c.packets[0]?.flags === 'S.' && c.packets[0].acknowledgment !== undefined,
  )
  if (strays.length === 0) return undefined
  const unanswered = new Map<string, Connection>()
  for (const c of all) if (isUnanswered(c)) unanswered.set(keyOf(c.client, c.packets[0]!.sequence! + 1), c)
  const made = new Map<number, Connection>()
  for (const far of strays) {
    const near = unanswered.get(keyOf(far.client, far.packets[0]!.acknowledgment!))
    if (near !== undefined) made.set(far.id, forwarded(near, far))
  }
  return made.size === 0 ? undefined : all.map((c) => made.get(c.id) ?? c)
}

/** SYNs of one number, and nothing else. */
const isUnanswered = ({ packets, numbering }: Connection): boolean => {
  const [first] = packets
  return (
    first?.sequence !== undefined &&
    numbering.client === 'absolute' &&
    packets.every((p) => p.flags === first.flags && hasFlag(p, 'S') && p.sequence === first.sequence)
  )
}

const keyOf = (client: Endpoint, next: number): string => `${endpointText(client)} ${next >>> 0}`

const forwarded = (near: Connection, far: Connection): Connection => {
  const syns = near.packets.map((p): Packet => ({ ...p, destination: far.server }))
  return {
    id: far.id,
    client: far.client,
    server: far.server,
    clientKnownBy: near.clientKnownBy,
    numbering: { client: 'absolute', server: far.numbering.server },
    packets: [...syns, ...far.packets].sort((a, b) => a.number - b.number),
    ofOthers: syns.length,
  }
}
