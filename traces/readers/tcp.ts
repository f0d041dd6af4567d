/** The TCP header, from bytes. RFC 9293 §3.1. */
import { type Seq, seq } from '../../model/sequence.ts'
import type { Flag, SackBlock, TcpOptions } from '../capture.ts'

export interface TcpHeader {
  readonly sourcePort: number
  readonly destinationPort: number
  readonly sequence: Seq
  /** With the ACK bit. */
  readonly acknowledgment: Seq | undefined
  readonly flags: string
  readonly window: number
  /** Bytes, options included. */
  readonly headerLength: number
  readonly options: TcpOptions
  readonly truncated: boolean
}

const LETTERS: readonly [Flag, number][] = [
  ['S', 0x02],
  ['F', 0x01],
  ['R', 0x04],
  ['P', 0x08],
  ['.', 0x10],
  ['U', 0x20],
  ['E', 0x40],
  ['W', 0x80],
]

/** One string per combination, so that a million packets share 256 of them. */
const FLAGS = Array.from({ length: 256 }, (_, bits) =>
  LETTERS.map(([letter, bit]) => (bits & bit ? letter : '')).join(''),
)

const NOP_NOP_TIMESTAMP = 0x0101080a
/** Of a segment without any. */
export const NO_OPTIONS: TcpOptions = Object.freeze({})
/** Up to and including the window: less than this says too little to be called a packet. */
const NEEDED = 16

/**
 * Reads the header at `start`; `end` is where the captured bytes end.
 * Says why not when too little was captured or when the data offset cannot be.
 */
export const readTcp = (data: DataView, start: number, end: number): TcpHeader | 'cut' | 'malformed' => {
  if (end - start < NEEDED) return 'cut'
  const bits = data.getUint8(start + 13)
  const headerLength = (data.getUint8(start + 12) >> 4) * 4
  if (headerLength < 20) return 'malformed'
  const headerEnd = start + headerLength
  return {
    sourcePort: data.getUint16(start),
    destinationPort: data.getUint16(start + 2),
    sequence: data.getUint32(start + 4) as Seq,
    acknowledgment: bits & 0x10 ? (data.getUint32(start + 8) as Seq) : undefined,
    flags: FLAGS[bits] ?? '',
    window: data.getUint16(start + 14),
    headerLength,
    options: headerLength === 20 ? NO_OPTIONS : readOptions(data, start + 20, Math.min(headerEnd, end)),
    truncated: end < headerEnd,
  }
}

/** Unknown kinds are passed over; an impossible length ends the reading, as in the kernel (linux: tcp_parse_options). */
const readOptions = (data: DataView, start: number, end: number): TcpOptions => {
  // What nearly all segments have that have any: two NOPs and a timestamp. RFC 7323, appendix A
  if (end - start === 12 && data.getUint32(start) === NOP_NOP_TIMESTAMP)
    return { timestamp: { value: data.getUint32(start + 4), echo: data.getUint32(start + 8) } }
  const options: { -readonly [K in keyof TcpOptions]: TcpOptions[K] } = {}
  let at = start
  while (at < end) {
    const kind = data.getUint8(at)
    if (kind === 0) break
    if (kind === 1) {
      at += 1
      continue
    }
    if (at + 1 >= end) break
    const length = data.getUint8(at + 1)
    if (length < 2 || at + length > end) break
    if (kind === 2 && length === 4) options.mss = data.getUint16(at + 2)
    else if (kind === 3 && length === 3) options.windowScale = data.getUint8(at + 2)
    else if (kind === 4 && length === 2) options.sackPermitted = true
    else if (kind === 5 && length >= 10 && (length - 2) % 8 === 0) options.sack = readSack(data, at + 2, at + length)
    else if (kind === 8 && length === 10)
      options.timestamp = { value: data.getUint32(at + 2), echo: data.getUint32(at + 6) }
    at += length
  }
  return options
}

const readSack = (data: DataView, start: number, end: number): SackBlock[] => {
  const blocks: SackBlock[] = []
  for (let at = start; at + 8 <= end; at += 8) blocks.push([seq(data.getUint32(at)), seq(data.getUint32(at + 4))])
  return blocks
}
