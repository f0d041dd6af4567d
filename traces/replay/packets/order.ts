/** An end's own packets in the order in which it sent them, and what they tell ahead of time. */
import { add, before, notAfter, type Segment, type Seq } from '../../../model/index.ts'
import type { SackBlock } from '../../capture.ts'
import type { Observation } from './observation.ts'

export interface OwnOrder {
  /** The order is that of sending: clocks tell it, or numbers that only grow. RSTs keep no order with others. */
  readonly trusted: boolean
  /** The packet that the end sends next from that step on, after so many others; no RST. */
  after(step: number, others: number): Observation | undefined
  /** Whether it sends that packet before any RST. */
  isBeforeResets(step: number, others: number): boolean
  /** Whether that packet says (SACK) that it holds this text. RFC 2018 §4 */
  tellsOf(s: Segment, step: number, others: number): boolean
  /** How many of its packets after that one, no RSTs, it sends before one that tells that it holds this text (SACK); undefined: none tells. */
  untilHeld(s: Segment, step: number, others: number): number | undefined
  /** Whether that packet is a SYN or SYN+ACK that the end has sent before. */
  repeatsSyn(step: number, others: number): boolean
  /** The least number from which it still sends text or FIN in this incarnation: what is before may be acknowledged by then. */
  leastSent(step: number, others: number): Seq | undefined
}

/**
 * @param own by step: the end's packet, or undefined where the other end sends
 * @param numbersOrder numbers that only grow are trusted, where clocks are missing
 */
export const ownOrder = (own: readonly (Observation | undefined)[], numbersOrder: boolean): OwnOrder => {
  const packets: Observation[] = []
  const at: number[] = []
  const passed = [0]
  own.forEach((o, i) => {
    if (o !== undefined && !o.flags.includes('R')) {
      packets.push(o)
      at.push(i)
    }
    passed.push(packets.length)
  })
  const least = leastFrom(packets)
  const resets = nextReset(own)
  const again = repeatedSyns(packets)
  return {
    trusted: packets.every((o) => o.clock !== undefined) || (numbersOrder && onlyGrow(packets)),
    after: (step, others) => packets[passed[step]! + others],
    isBeforeResets: (step, others) => (at[passed[step]! + others] ?? Number.POSITIVE_INFINITY) < resets[step]!,
    tellsOf: (s, step, others) => {
      const sack = packets[passed[step]! + others]?.sack
      return sack?.some((block) => covers(block, s.seq, add(s.seq, s.len))) ?? false
    },
    untilHeld: (s, step, others) => {
      const from = passed[step]! + others
      const end = add(s.seq, s.len)
      for (let i = from; i < packets.length; i++) {
        const { ack, sack = [] } = packets[i]!
        if (ack !== undefined && notAfter(end, ack)) return undefined
        if (sack.some((block) => covers(block, s.seq, end))) return i - from
      }
      return undefined
    },
    repeatsSyn: (step, others) => again.has(passed[step]! + others),
    leastSent: (step, others) => least[passed[step]! + others],
  }
}

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

const nextReset = (own: readonly (Observation | undefined)[]): number[] => {
  let next = Number.POSITIVE_INFINITY
  const resets = [next]
  for (let i = own.length - 1; i >= 0; i--) {
    if (own[i]?.flags.includes('R')) next = i
    resets.unshift(next)
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
    const until = add(o.seq, o.len + (/[SF]/.test(o.flags) ? 1 : 0))
    end = end === undefined || before(end, until) ? until : end
    return grows
  })
}

/** A pure ACK from before what was sent; one below is a keepalive probe. */
const isBehind = (o: Observation, end: Seq | undefined): boolean =>
  end !== undefined && o.flags === '.' && o.len === 0 && o.seq !== undefined && before(add(o.seq, 1), end)
