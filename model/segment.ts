/** Segments: what two ends say to each other. RFC 9293 §3.1. */
import { add, distance, type Seq } from './sequence.ts'

/** Control bits in tcpdump's letters; `.` is ACK. PSH, URG and ECN decide nothing here and are left out. */
export type Flags = '' | 'S' | 'F' | 'R' | '.' | 'S.' | 'F.' | 'R.' | 'SF' | 'SF.'

export interface Timestamp {
  readonly val: number
  /** The peer's latest; a SYN has heard none. */
  readonly echo?: number
}

export interface Options {
  readonly mss?: number
  readonly windowScale?: number
  readonly sack?: true
  readonly timestamp?: Timestamp
  /** Whether its SACK blocks tell of text that came twice (RFC 2883); absent where that is not known (`Stack.knowsDuplicates`). */
  readonly duplicate?: boolean
}

export interface Segment {
  readonly flags: Flags
  readonly seq: Seq
  /** Acknowledgment number; absent without the ACK bit. */
  readonly ack?: Seq
  /** Bytes of text. SYN and FIN count in `segmentEnd`, not here. */
  readonly len: number
  /** TCP options, where the stacks look at them (`Stack.offers`). */
  readonly options?: Options
  /** History: the incarnation whose end sent it. Only in scenarios that ask about old incarnations; no rule reads it. */
  readonly of?: number
  /** The wire of the scenario may neither lose it nor let it die (the last ACK of a connection, where that is assumed). */
  readonly safe?: true
}

export const hasSyn = (s: Segment): boolean => s.flags.includes('S')
export const hasFin = (s: Segment): boolean => s.flags.includes('F')
export const hasRst = (s: Segment): boolean => s.flags.includes('R')
export const hasAck = (s: Segment): boolean => s.ack !== undefined

/** SEG.LEN of RFC 9293: text plus one for SYN and one for FIN. */
export const segmentLength = (s: Segment): number => s.len + (hasSyn(s) ? 1 : 0) + (hasFin(s) ? 1 : 0)

/** The sequence number just after the segment. */
export const segmentEnd = (s: Segment): Seq => add(s.seq, segmentLength(s))

/** Where the text ends and a FIN would stand. */
export const textEnd = (s: Segment): Seq => add(s.seq, s.len + (hasSyn(s) ? 1 : 0))

export const syn = (iss: Seq): Segment => ({ flags: 'S', seq: iss, len: 0 })
export const synAck = (iss: Seq, ack: Seq): Segment => ({ flags: 'S.', seq: iss, ack, len: 0 })
export const pureAck = (seq: Seq, ack: Seq): Segment => ({ flags: '.', seq, ack, len: 0 })
export const text = (seq: Seq, ack: Seq, len: number, fin = false): Segment => ({
  flags: fin ? 'F.' : '.',
  seq,
  ack,
  len,
})

/**
 * The stateless reset that answers an unwanted segment: `<SEQ=SEG.ACK><CTL=RST>` if it carried an ACK, otherwise
 * `<SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>`. RFC 9293 §3.10.7.1 · linux: tcp_v4_send_reset. Never answers a RST.
 */
export const resetFor = (s: Segment): Segment =>
  s.ack === undefined ? { flags: 'R.', seq: 0 as Seq, ack: segmentEnd(s), len: 0 } : { flags: 'R', seq: s.ack, len: 0 }

/** The reset of an abort. RFC 9293 §3.10.5 · linux: tcp_send_active_reset sends RST|ACK. */
export const activeReset = (sndNxt: Seq, rcvNxt: Seq): Segment => ({ flags: 'R.', seq: sndNxt, ack: rcvNxt, len: 0 })

/** tcpdump's notation, with numbers relative to the two initial sequence numbers if these are given. */
export const notation = (s: Segment, base?: { seq: Seq; ack: Seq }): string => {
  const from = base && !hasSyn(s) ? distance(base.seq, s.seq) : s.seq
  const to = base ? from + s.len : add(s.seq, s.len)
  const numbers = s.len > 0 ? ` seq ${from}:${to}` : hasSyn(s) || hasFin(s) || hasRst(s) ? ` seq ${from}` : ''
  const ack = s.ack === undefined ? '' : ` ack ${base ? distance(base.ack, s.ack) : s.ack}`
  return `[${s.flags}]${numbers}${ack}${s.len > 0 ? ` length ${s.len}` : ''}`
}
