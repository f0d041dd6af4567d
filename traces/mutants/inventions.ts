/** Operators that invent a packet, or send one too soon. Each says beside itself why its mutants have their class. */
import type { Seq } from '../../model/index.ts'
import type { Packet } from '../capture.ts'
import { earlierOf, highest, insertedBefore, isFrom, type Mutator, plus, replaced, space } from './mutation.ts'
import { isAliveAt } from './signs.ts'

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

/** A RST leaves its sender no connection: a sign of life later on contradicts it. */
export const inventReset: Mutator = (_, packets, at) => {
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
export const inventFin: Mutator = (_, packets, at) => {
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
export const inventSynAck: Mutator = (_, packets, at) => {
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

/**
 * A timer that backs off is not early, and nothing else makes an end repeat what it sent, but for the half second after which
 * it tries again what its own host had no room for. linux: TCP_RESOURCE_PROBE_INTERVAL
 */
export const hasten: Mutator = (_, packets, at) => {
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
  const packets_ = replaced(packets, at, { time: b + Math.min((b - a) / 5, 0.4) })
  return { mutation: 'hasten a retransmission', class: 'must reject', packet: p.number, packets: packets_ }
}
