/** The operators: drop, duplicate, reorder, alter, invent, shift. Each says beside itself why its mutants have their class. */
import type { Connection, Packet } from '../capture.ts'
import { hasten, inventFin, inventReset, inventSynAck } from './inventions.ts'
import {
  acknowledges,
  distance,
  earlierOf,
  endOf,
  highest,
  insertedBefore,
  isFrom,
  laterOf,
  type MutantClass,
  type Mutator,
  othersOf,
  plus,
  replaced,
  space,
} from './mutation.ts'
import { covers, isAliveAt, isOld } from './signs.ts'

/** Beyond any window: RFC 7323 §2.3 allows 2^30 bytes. */
const FAR = 2 ** 30 + 12_345

/**
 * The capture lacks a packet. What the other end acknowledges although it is missing is proof that it was sent, unless
 * the capture may have begun after it, or be of one direction: nothing else of the end is seen. Where its sender goes
 * on after it, too, both ends testify to it: only the capture lacks it. The end of the capture may always be missing,
 * and so may what the same end repeats or says again before it could be answered.
 */
const drop: Mutator = (_, packets, at) => {
  const p = packets[at]!
  if (packets.length === 1) return undefined
  const without = packets.filter((_packet, i) => i !== at)
  if (at === packets.length - 1)
    return { mutation: 'drop the last packet', class: 'must accept', packet: p.number, packets: without }
  const before = earlierOf(packets, at).some((q) => covers(q, p))
  const after = laterOf(packets, at).some((q) => covers(q, p))
  const acknowledged = space(p) > 0 && othersOf(packets, at).some((q) => acknowledges(q, endOf(p)))
  const goesOn = laterOf(packets, at).some(
    (q) => !/[SR]/.test(q.flags) && distance(endOf(p), q.sequence ?? p.sequence!) >= 0,
  )
  if (acknowledged && goesOn && !before && !after && !p.flags.includes('S') && at > 0)
    return { mutation: 'drop what both ends testify to', class: 'must accept', packet: p.number, packets: without }
  const kind: MutantClass =
    acknowledged && !before && !after && at > 0 && without.some((q) => isFrom(q, p))
      ? 'must reject'
      : before && after && space(p) > 0
        ? 'must accept'
        : 'either'
  return { mutation: 'drop', class: kind, packet: p.number, packets: without }
}

/** Whether a wire duplicates is not the capture's to say. */
const duplicate: Mutator = (_, packets, at) => {
  const p = packets[at]!
  return { mutation: 'duplicate', class: 'either', packet: p.number, packets: insertedBefore(packets, at, p) }
}

/**
 * An answer before its question: no wire is that fast. Packets that cross without answering each other may swap; and so may a
 * SYN and its SYN+ACK at a tap that queues directions apart, where nothing else was sent before.
 */
const swap: Mutator = (_, packets, at) => {
  const [p, next] = [packets[at]!, packets[at + 1]]
  if (next === undefined) return undefined
  const swapped = packets.with(at, { ...next, ...timeOf(p) }).with(at + 1, { ...p, ...timeOf(next) })
  const answers =
    !isFrom(p, next) &&
    space(p) > 0 &&
    next.acknowledgment === endOf(p) &&
    p.flags !== 'S' &&
    !earlierOf(packets, at).some((q) => covers(q, p))
  const mutation = answers ? 'answer before its question' : 'swap neighbours'
  return { mutation, class: answers ? 'must reject' : 'either', packet: p.number, packets: swapped }
}

const timeOf = ({ time }: Packet) => (time === undefined ? {} : { time })

/**
 * Numbers out of all windows contradict everything else that the same end sent; a SYN's may begin another attempt, and what
 * has an older timestamp than the end's packets before it may be of another connection. RFC 7323 §5
 */
const alterSequence: Mutator = (_, packets, at) => {
  const p = packets[at]!
  if (p.sequence === undefined || p.flags.includes('R')) return undefined
  const others = [...earlierOf(packets, at), ...laterOf(packets, at)].filter((q) => !q.flags.includes('R'))
  if (others.length === 0) return undefined
  const packets_ = replaced(packets, at, { sequence: plus(p.sequence, FAR) })
  const kind = p.flags === 'S' || isOld(packets, at) ? 'either' : 'must reject'
  return { mutation: 'alter the sequence number', class: kind, packet: p.number, packets: packets_ }
}

/** Nothing unsent can be acknowledged. */
const alterAcknowledgment: Mutator = (_, packets, at) => {
  const p = packets[at]!
  const sent = highest(othersOf(packets, at))
  if (p.acknowledgment === undefined || sent === undefined) return undefined
  const packets_ = replaced(packets, at, { acknowledgment: plus(sent, 1) })
  return { mutation: 'acknowledge what was never sent', class: 'must reject', packet: p.number, packets: packets_ }
}

/**
 * A FIN takes a number: an end going on with that number did not send it, unless a mere ACK was overtaken by the FIN.
 * An ACK of what the other end sent only afterwards was not.
 */
const alterToFin: Mutator = (_, packets, at) => {
  const p = packets[at]!
  if (p.flags !== '.' || p.length > 0 || p.sequence === undefined) return undefined
  const goesOn = isAliveAt(packets, at + 1, p, p.sequence)
  const packets_ = replaced(packets, at, { flags: 'F.' })
  return {
    mutation: 'alter an ACK to a FIN',
    class: goesOn ? 'must reject' : 'either',
    packet: p.number,
    packets: packets_,
  }
}

/** A SYN has the initial number, and only that; tcpdump prints none of a pure ACK. */
const alterToSyn: Mutator = (_, packets, at) => {
  const p = packets[at]!
  const first = earlierOf(packets, at)[0]
  if (
    p.flags !== '.' ||
    p.sequence === undefined ||
    first === undefined ||
    !first.flags.includes('S') ||
    p.sequence === first.sequence
  )
    return undefined
  const goesOn = laterOf(packets, at).some((q) => !/[SR]/.test(q.flags))
  const packets_ = replaced(packets, at, { flags: 'S.' })
  return {
    mutation: 'alter an ACK to a SYN+ACK',
    class: goesOn ? 'must reject' : 'either',
    packet: p.number,
    packets: packets_,
  }
}

/**
 * Text that was longer than what follows says, although nothing of it is repeated. Where offloads have joined segments, their
 * ends are not those of what was sent.
 */
const alterLength: Mutator = (connection, packets, at) => {
  const p = packets[at]!
  if (p.length === 0 || p.sequence === undefined) return undefined
  const repeated = [...earlierOf(packets, at), ...laterOf(packets, at)].some((q) => covers(q, p))
  const next = laterOf(packets, at).find((q) => !q.flags.includes('R'))
  const follows = next !== undefined && next.sequence === endOf(p) && space(next) > 0
  const contradicts = follows && !repeated && Math.max(p.length, next.length) <= mssOf(connection)
  const packets_ = replaced(packets, at, { length: p.length + 40 })
  return {
    mutation: 'lengthen the text',
    class: contradicts ? 'must reject' : 'either',
    packet: p.number,
    packets: packets_,
  }
}

/** What the SYNs let a segment carry, or Ethernet. RFC 9293 §3.7.1 */
const mssOf = ({ packets }: Connection): number =>
  Math.min(1460, ...packets.flatMap(({ options }) => options?.mss ?? []))

export const mutators: readonly Mutator[] = [
  drop,
  duplicate,
  swap,
  alterSequence,
  alterAcknowledgment,
  alterToFin,
  alterToSyn,
  alterLength,
  inventReset,
  inventFin,
  inventSynAck,
  hasten,
]
