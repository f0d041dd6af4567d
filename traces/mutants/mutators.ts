/** The operators: drop, duplicate, reorder, alter, invent, shift. Each says beside itself why its mutants have their class. */
import type { Seq } from '../../model/index.ts'
import type { Packet } from '../capture.ts'
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

/** Beyond any window: RFC 7323 §2.3 allows 2^30 bytes. */
const FAR = 2 ** 30 + 12_345

/**
 * The capture lacks a packet. What the other end acknowledges although nobody sent it is proof that it was sent, unless the
 * capture may have begun after it. The end of the capture may always be missing, and so may what the same end repeats or says
 * again before anybody could answer.
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
  const kind: MutantClass =
    acknowledged && !before && !after && at > 0
      ? 'must reject'
      : before && after && space(p) > 0
        ? 'must accept'
        : 'either'
  return { mutation: 'drop', class: kind, packet: p.number, packets: without }
}

const covers = (q: Packet, p: Packet): boolean =>
  q.sequence !== undefined &&
  space(q) > 0 &&
  q.flags.includes('S') === p.flags.includes('S') &&
  distance(q.sequence, p.sequence!) >= 0 &&
  distance(endOf(p), endOf(q)) >= 0

/** Whether a wire duplicates is not the capture's to say. */
const duplicate: Mutator = (_, packets, at) => {
  const p = packets[at]!
  return { mutation: 'duplicate', class: 'either', packet: p.number, packets: insertedBefore(packets, at, p) }
}

/** An answer before its question: no wire is that fast. Packets that cross without answering each other may swap. */
const swap: Mutator = (_, packets, at) => {
  const [p, next] = [packets[at]!, packets[at + 1]]
  if (next === undefined) return undefined
  const swapped = packets.with(at, { ...next, ...timeOf(p) }).with(at + 1, { ...p, ...timeOf(next) })
  const answers =
    !isFrom(p, next) &&
    space(p) > 0 &&
    next.acknowledgment === endOf(p) &&
    !earlierOf(packets, at).some((q) => covers(q, p))
  const mutation = answers ? 'answer before its question' : 'swap neighbours'
  return { mutation, class: answers ? 'must reject' : 'either', packet: p.number, packets: swapped }
}

const timeOf = ({ time }: Packet) => (time === undefined ? {} : { time })

/** Numbers out of all windows contradict everything else that the same end sent; a SYN's may begin another attempt. */
const alterSequence: Mutator = (_, packets, at) => {
  const p = packets[at]!
  if (p.sequence === undefined || p.flags.includes('R')) return undefined
  const others = [...earlierOf(packets, at), ...laterOf(packets, at)].filter((q) => !q.flags.includes('R'))
  if (others.length === 0) return undefined
  const packets_ = replaced(packets, at, { sequence: plus(p.sequence, FAR) })
  const kind = p.flags === 'S' ? 'either' : 'must reject'
  return { mutation: 'alter the sequence number', class: kind, packet: p.number, packets: packets_ }
}

/** What nobody sent cannot be acknowledged. */
const alterAcknowledgment: Mutator = (_, packets, at) => {
  const p = packets[at]!
  const sent = highest(othersOf(packets, at))
  if (p.acknowledgment === undefined || sent === undefined) return undefined
  const packets_ = replaced(packets, at, { acknowledgment: plus(sent, 1) })
  return { mutation: 'acknowledge what was never sent', class: 'must reject', packet: p.number, packets: packets_ }
}

/**
 * A FIN takes a number: who goes on with that very number did not send it, unless a mere ACK was overtaken by the FIN. An
 * ACK of what the other end sent only afterwards was not.
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

/** A SYN has the initial number, and only that. */
const alterToSyn: Mutator = (_, packets, at) => {
  const p = packets[at]!
  const first = earlierOf(packets, at)[0]
  if (p.flags !== '.' || first === undefined || !first.flags.includes('S') || p.sequence === first.sequence)
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

/** Text that was longer than what follows says, although nothing of it is repeated. */
const alterLength: Mutator = (_, packets, at) => {
  const p = packets[at]!
  if (p.length === 0 || p.sequence === undefined) return undefined
  const repeated = [...earlierOf(packets, at), ...laterOf(packets, at)].some((q) => covers(q, p))
  const next = laterOf(packets, at).find((q) => !q.flags.includes('R'))
  const contradicts = !repeated && next !== undefined && next.sequence === endOf(p) && space(next) > 0
  const packets_ = replaced(packets, at, { length: p.length + 40 })
  return {
    mutation: 'lengthen the text',
    class: contradicts ? 'must reject' : 'either',
    packet: p.number,
    packets: packets_,
  }
}

/** Where an end is before this packet of it: the last numbers it sent and acknowledged, if its handshake is behind it. */
const standing = (packets: readonly Packet[], at: number) => {
  const p = packets[at]!
  const before = earlierOf(packets, at)
  const last = before.at(-1)
  const sequence = highest(before)
  const acknowledgment = last?.acknowledgment
  return last === undefined || sequence === undefined || acknowledgment === undefined || /[SR]/.test(p.flags)
    ? undefined
    : ({ ...p, length: 0, sequence, acknowledgment, options: {} } as Packet & { readonly sequence: Seq })
}

/** Whether the end of `p` sends text with this number from `at` on, or an ACK with it of what was only sent from there on. */
const isAliveAt = (packets: readonly Packet[], at: number, p: Packet, sequence?: number): boolean => {
  const fresh = packets.slice(at).filter((q, i, all) => !isFrom(q, p) && isFresh(packets.slice(0, at), all, i))
  return packets.slice(at).some((q, i) => {
    if (!isFrom(q, p) || /[SRF]/.test(q.flags) || (sequence !== undefined && q.sequence !== sequence)) return false
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

/** Who resets a connection has none left: a sign of life later on contradicts it. */
const inventReset: Mutator = (_, packets, at) => {
  const invented = standing(packets, at)
  if (invented === undefined) return undefined
  const p = packets[at]!
  return {
    mutation: 'invent a RST',
    class: isAliveAt(packets, at, p) ? 'must reject' : 'either',
    packet: p.number,
    packets: insertedBefore(packets, at, { ...invented, flags: 'R.' }),
  }
}

/** As for an ACK that is altered to a FIN. */
const inventFin: Mutator = (_, packets, at) => {
  const invented = standing(packets, at)
  if (invented === undefined) return undefined
  const p = packets[at]!
  const goesOn = isAliveAt(packets, at, p, invented.sequence)
  return {
    mutation: 'invent a FIN',
    class: goesOn ? 'must reject' : 'either',
    packet: p.number,
    packets: insertedBefore(packets, at, { ...invented, flags: 'F.' }),
  }
}

/** One connection has one initial sequence number. */
const inventSynAck: Mutator = (_, packets, at) => {
  const invented = standing(packets, at)
  if (invented === undefined) return undefined
  const { number } = packets[at]!
  const packet = { ...invented, flags: 'S.', sequence: plus(invented.sequence, 77_777) }
  return {
    mutation: 'invent a SYN+ACK',
    class: 'must reject',
    packet: number,
    packets: insertedBefore(packets, at, packet),
  }
}

/** A timer that backs off is not early, and there is nothing else that makes an end repeat what it sent. */
const hasten: Mutator = (_, packets, at) => {
  const p = packets[at]!
  if (space(p) === 0 || p.time === undefined) return undefined
  const copies: number[] = []
  for (let i = at - 1; i >= 0 && isFrom(packets[i]!, p); i--) {
    const q = packets[i]!
    if (q.flags === p.flags && q.sequence === p.sequence && q.length === p.length) copies.push(i)
  }
  const [last, first] = copies
  if (last === undefined || first === undefined || last !== at - 1) return undefined
  const [a, b] = [packets[first]!.time!, packets[last]!.time!]
  if (b - a < 0.15) return undefined
  const packets_ = replaced(packets, at, { time: b + Math.min((b - a) / 5, 0.5) })
  return { mutation: 'hasten a retransmission', class: 'must reject', packet: p.number, packets: packets_ }
}

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
