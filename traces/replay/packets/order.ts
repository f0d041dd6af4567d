/** An end's own packets in the order in which it sent them, and what later ones show. */
import { add, before, notAfter, type Seq, segmentEnd } from '../../../model/index.ts'
import type { SackBlock } from '../../capture.ts'
import type { Observation } from './observation.ts'

export interface OwnOrder {
  /** The order is that of sending: clocks tell it, or numbers that only grow. RSTs keep no order with others. */
  readonly trusted: boolean
  /** The packet that the end sends next from that step on, after so many others; no RST. */
  after(step: number, others: number): Observation | undefined
  /** The step of that packet; `Infinity` if there is none. */
  stepOf(step: number, others: number): number
  /** Whether it sends that packet before any RST. */
  isBeforeResets(step: number, others: number): boolean
  /** Whether that packet reports text of that length from `first` on in a SACK block. RFC 2018 §4 */
  tellsOf(first: Seq, len: number, step: number, others: number): boolean
  /** How many of its packets after that one, no RSTs, it sends before one that reports this text in a SACK block; undefined: none does. */
  untilHeld(first: Seq, len: number, step: number, others: number): number | undefined
  /** From that packet on, as long as none acknowledges more, a bare ACK repeats what the packet before it acknowledged. */
  repeatsAck(step: number, others: number): boolean
  /** Whether that packet is a SYN or SYN+ACK that the end has sent before. */
  repeatsSyn(step: number, others: number): boolean
  /** The least number from which it still sends text or FIN in this incarnation: what is before may be acknowledged by then. */
  leastSent(step: number, others: number): Seq | undefined
}

/** Packets within which a selective acknowledgment of text is looked for. */
const MOST_UNTIL_HELD = 512

/**
 * @param own by step: the end's packet, or undefined where the other end sends
 * @param numbersOrder numbers that only grow are trusted, where clocks are missing
 */
export const ownOrder = (own: readonly (Observation | undefined)[], numbersOrder: boolean): OwnOrder => {
  const packets: Observation[] = []
  const at: number[] = []
  const passed = new Int32Array(own.length + 1)
  own.forEach((o, i) => {
    if (o !== undefined && !o.flags.includes('R')) {
      packets.push(o)
      at.push(i)
    }
    passed[i + 1] = packets.length
  })
  const least = leastFrom(packets)
  const resets = nextReset(own)
  const again = repeatedSyns(packets)
  const repeats = repeatedAcks(packets)
  const stepOf = (step: number, others: number): number => at[passed[step]! + others] ?? Number.POSITIVE_INFINITY
  return {
    trusted: packets.every((o) => o.clock !== undefined) || (numbersOrder && onlyGrow(packets)),
    stepOf,
    after: (step, others) => packets[passed[step]! + others],
    isBeforeResets: (step, others) => stepOf(step, others) < resets[step]!,
    tellsOf: (first, len, step, others) => {
      const sack = packets[passed[step]! + others]?.sack
      return sack?.some((block) => covers(block, first, add(first, len))) ?? false
    },
    untilHeld: (first, len, step, others) => {
      const from = passed[step]! + others
      const end = add(first, len)
      for (let i = from; i < packets.length && i < from + MOST_UNTIL_HELD; i++) {
        const { ack, sack = [] } = packets[i]!
        if (ack !== undefined && notAfter(end, ack)) return undefined
        if (sack.some((block) => covers(block, first, end))) return i - from
      }
      return undefined
    },
    repeatsAck: (step, others) => repeats[passed[step]! + others] === 1,
    repeatsSyn: (step, others) => again.has(passed[step]! + others),
    leastSent: (step, others) => least[passed[step]! + others],
  }
}

/**
 * Whether an end can have sent its packets in one order only, RSTs apart: what it acknowledges never falls (RFC 9293 §3.4), and
 * where it acknowledges the same, equal packets are alike, and a bare ACK comes before the text or FIN that begins at its number.
 */
export const haveOneOrder = (packets: readonly Observation[]): boolean =>
  packets.every((o, i) => {
    const last = packets[i - 1]
    if (last === undefined || o.ack === undefined) return last === undefined
    if (last.ack === undefined || before(last.ack, o.ack)) return true
    if (last.ack !== o.ack || last.seq !== o.seq) return false
    const isBare = last.flags === '.' && last.len === 0
    return isBare || (last.flags === o.flags && last.len === o.len)
  })

const covers = ([left, right]: SackBlock, seq: Seq, end: Seq): boolean => notAfter(left, seq) && notAfter(end, right)

/** RFC 1122 §4.2.3.6: a keepalive probe may carry an octet that was acknowledged. */
const isProbe = (o: Observation): boolean => o.analysis?.keepAlive === true

const leastFrom = (packets: readonly Observation[]): (Seq | undefined)[] => {
  const least: (Seq | undefined)[] = new Array(packets.length)
  let from: Seq | undefined
  for (let i = packets.length - 1; i >= 0; i--) {
    const { seq, flags, len } = packets[i]!
    if (flags.includes('S')) from = undefined
    else if (seq !== undefined && (len > 0 || flags.includes('F')) && !isProbe(packets[i]!))
      from = from === undefined || before(seq, from) ? seq : from
    least[i] = from
  }
  return least
}

/** By packet: 1 where a bare ACK repeats what the packet before it acknowledged, from here on until more is acknowledged. */
const repeatedAcks = (packets: readonly Observation[]): Uint8Array => {
  const repeats = new Uint8Array(packets.length)
  for (let i = packets.length - 1; i >= 0; i--) {
    const { flags, len, ack } = packets[i]!
    const isRepetition = flags === '.' && len === 0 && packets[i - 1]?.ack === ack
    const goesOn = packets[i + 1]?.ack === ack && repeats[i + 1] === 1
    repeats[i] = isRepetition || goesOn ? 1 : 0
  }
  return repeats
}

const repeatedSyns = (packets: readonly Observation[]): Set<number> => {
  const seen = new Set<string>()
  const again = new Set<number>()
  packets.forEach(({ flags, seq, ack }, i) => {
    if (!flags.includes('S')) return
    const says = `${flags} ${seq} ${ack}`
    if (seen.has(says)) again.add(i)
    seen.add(says)
  })
  return again
}

const NEVER = 0x7fff_ffff

/** Of each step, and of the end: the first step from it on at which the end resets; `NEVER` if it does not. */
const nextReset = (own: readonly (Observation | undefined)[]): Int32Array => {
  const resets = new Int32Array(own.length + 1)
  let next = NEVER
  resets[own.length] = next
  for (let i = own.length - 1; i >= 0; i--) {
    if (own[i]?.flags.includes('R')) next = i
    resets[i] = next
  }
  return resets
}

/** Acknowledgments, and the numbers of what has no text, from one SYN to the next; tcpdump tells no number of a pure ACK. */
const onlyGrow = (packets: readonly Observation[]): boolean => {
  let ack: Seq | undefined
  let end: Seq | undefined
  return packets.every((o) => {
    if (o.ack === undefined && o.flags !== 'S') return false
    if (o.flags.includes('S')) [ack, end] = [o.ack, undefined]
    const grows = (ack === undefined || o.ack === undefined || notAfter(ack, o.ack)) && !isBehind(o, end)
    ack = o.ack
    if (o.seq === undefined) return grows
    const until = segmentEnd({ ...o.segment, seq: o.seq })
    end = end === undefined || before(end, until) ? until : end
    return grows
  })
}

/** A pure ACK from before what was sent; one below is a keepalive probe. */
const isBehind = (o: Observation, end: Seq | undefined): boolean =>
  end !== undefined && o.flags === '.' && o.len === 0 && o.seq !== undefined && before(add(o.seq, 1), end)
