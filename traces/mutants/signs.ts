/** What packets prove of each other: repetition, and a sign of life. */
import type { Packet } from '../capture.ts'
import { acknowledges, distance, earlierOf, endOf, isFrom, space } from './mutation.ts'

/** All that `p` sends, `q` sends as well. */
export const covers = (q: Packet, p: Packet): boolean =>
  q.sequence !== undefined &&
  space(q) > 0 &&
  q.flags.includes('S') === p.flags.includes('S') &&
  distance(q.sequence, p.sequence!) >= 0 &&
  distance(endOf(p), endOf(q)) >= 0

/** The end has sent younger timestamps before: the packet was long under way. */
export const isOld = (packets: readonly Packet[], at: number): boolean => {
  const clock = packets[at]!.options?.timestamp?.value
  const before = earlierOf(packets, at).map((q) => q.options?.timestamp?.value)
  return clock !== undefined && before.some((t) => t !== undefined && distance(clock, t) > 0)
}

/** Whether the end of `p` sends text with this number from `at` on, or an ACK with it of what was only sent from there on. */
export const isAliveAt = (packets: readonly Packet[], at: number, p: Packet, sequence?: number): boolean => {
  const fresh = packets.slice(at).filter((q, i, all) => !isFrom(q, p) && isFresh(packets.slice(0, at), all, i))
  return packets.slice(at).some((q, i) => {
    if (!isFrom(q, p) || /[SRF]/.test(q.flags) || (sequence !== undefined && q.sequence !== sequence)) return false
    if (isOld(packets, at + i)) return false
    return q.length > 0 || fresh.some((r) => packets.indexOf(r) < at + i && acknowledges(q, endOf(r)))
  })
}

/** It takes up numbers that no packet before does. */
const isFresh = (before: readonly Packet[], all: readonly Packet[], i: number): boolean => {
  const q = all[i]!
  return (
    q.sequence !== undefined &&
    space(q) > 0 &&
    ![...before, ...all.slice(0, i)].some((r) => isFrom(r, q) && covers(r, q))
  )
}
