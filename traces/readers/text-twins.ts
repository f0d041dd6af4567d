/** One packet in several lines of text: `tcpdump -i any` prints it at each interface that it passes. */
import { endpointText, type Packet } from '../capture.ts'
import { conversationKey } from './connections.ts'
import { areMirrored, MIRROR_DELAY } from './mirrored.ts'

/** Seconds between the same packet at two interfaces, at most. */
const APART = 0.1

/** @returns the indexes of lines that show a packet again */
export const capturedTwice = (
  packets: readonly Packet[],
  placeOf: (index: number) => string | undefined,
): ReadonlySet<number> => {
  const seen = new Map<string, number[]>()
  const twice = new Set<number>()
  const mirrored = new Map<string, number[]>()
  packets.forEach((p, i) => {
    if (p.time === undefined) return
    const key = identityOf(p)
    const earlier = (seen.get(key) ?? []).filter((j) => p.time! - packets[j]!.time! <= APART)
    const places = earlier.map(placeOf)
    const place = placeOf(i)
    if (place !== undefined && places.length > 0 && !places.includes(place)) {
      twice.add(i)
      seen.set(key, [...earlier, i])
      return
    }
    const last = earlier.at(-1)
    if (p.identification && last !== undefined && p.time - packets[last]!.time! <= MIRROR_DELAY) {
      const conversation = conversationKey(p.source, p.destination)
      mirrored.set(conversation, [...(mirrored.get(conversation) ?? []), i])
    }
    seen.set(key, [i])
  })
  for (const [conversation, copies] of mirrored) {
    const all = packets.filter((p) => conversationKey(p.source, p.destination) === conversation)
    if (areMirrored(copies.length, all.length)) for (const i of copies) twice.add(i)
  }
  return twice
}

/** Everything that is the same wherever the packet is seen: not its time to live. */
const identityOf = (p: Packet): string =>
  [
    endpointText(p.source),
    endpointText(p.destination),
    p.flags,
    p.sequence,
    p.acknowledgment,
    p.window,
    p.length,
    p.identification,
    JSON.stringify(p.options),
  ].join()
