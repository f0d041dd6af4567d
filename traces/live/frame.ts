/** A frame of Ethernet with TCP over IPv4: what the wire of a live run has to know of it, and the checksums that offloading left out. */
import { type Flags, type Options, type Segment, seq } from '../../model/index.ts'
import type { SackBlock } from '../capture.ts'

const ETHERNET = 14

export interface Framed {
  readonly sourcePort: number
  readonly destinationPort: number
  readonly segment: Segment
  /** Its SACK blocks, where it has any. */
  readonly sack?: readonly SackBlock[]
}

const view = (frame: Uint8Array): DataView => new DataView(frame.buffer, frame.byteOffset, frame.byteLength)

const letters: readonly (readonly [number, string])[] = [
  [2, 'S'],
  [1, 'F'],
  [4, 'R'],
  [16, '.'],
]

/** Undefined for what is not TCP. RFC 9293 §3.1 */
export const framed = (frame: Uint8Array): Framed | undefined => {
  const v = view(frame)
  if (v.getUint16(12) !== 0x0800 || v.getUint8(ETHERNET + 9) !== 6) return undefined
  const tcp = ETHERNET + (v.getUint8(ETHERNET) & 15) * 4
  const bits = v.getUint8(tcp + 13)
  const flags = letters.map(([bit, letter]) => (bits & bit ? letter : '')).join('') as Flags
  const header = (v.getUint8(tcp + 12) >> 4) * 4
  const { options, sack } = optionsIn(frame.subarray(tcp + 20, tcp + header))
  return {
    sourcePort: v.getUint16(tcp),
    destinationPort: v.getUint16(tcp + 2),
    segment: {
      flags,
      seq: seq(v.getUint32(tcp + 4)),
      ...(bits & 16 ? { ack: seq(v.getUint32(tcp + 8)) } : {}),
      len: ETHERNET + v.getUint16(ETHERNET + 2) - tcp - header,
      options,
    },
    ...(sack.length > 0 && { sack }),
  }
}

const optionsIn = (bytes: Uint8Array): { readonly options: Options; readonly sack: readonly SackBlock[] } => {
  const options: { -readonly [K in keyof Options]: Options[K] } = {}
  const sack: SackBlock[] = []
  const v = view(bytes)
  for (let i = 0; i < bytes.length; ) {
    const kind = bytes[i]!
    if (kind === 0) break
    if (kind === 1) {
      i++
      continue
    }
    if (kind === 2) options.mss = v.getUint16(i + 2)
    if (kind === 3) options.windowScale = v.getUint8(i + 2)
    if (kind === 4) options.sack = true
    if (kind === 8) options.timestamp = { val: v.getUint32(i + 2), echo: v.getUint32(i + 6) }
    const next = i + Math.max(2, bytes[i + 1] ?? 2)
    if (kind === 5)
      for (let at = i + 2; at + 8 <= Math.min(next, bytes.length); at += 8)
        sack.push([seq(v.getUint32(at)), seq(v.getUint32(at + 4))])
    i = next
  }
  return { options, sack }
}

/** RFC 1071 */
const checksum = (bytes: Uint8Array, start: number): number => {
  let sum = start
  for (let i = 0; i < bytes.length; i += 2) sum += bytes[i]! * 256 + (bytes[i + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

/** The checksum of TCP, which the sending interface was to fill in. RFC 9293 §3.1 */
export const withChecksum = (frame: Uint8Array): Uint8Array => {
  const v = view(frame)
  const tcp = ETHERNET + (v.getUint8(ETHERNET) & 15) * 4
  const end = ETHERNET + v.getUint16(ETHERNET + 2)
  v.setUint16(tcp + 16, 0)
  let pseudo = 6 + end - tcp
  for (let i = ETHERNET + 12; i < ETHERNET + 20; i += 2) pseudo += v.getUint16(i)
  v.setUint16(tcp + 16, checksum(frame.subarray(tcp, end), pseudo))
  return frame
}

const four = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]

const optionBytes = ({ mss, windowScale, sack, timestamp }: Options, blocks: readonly SackBlock[] = []): number[] => {
  const all = [
    ...(mss === undefined ? [] : [2, 4, mss >> 8, mss & 255]),
    ...(sack ? [4, 2] : []),
    ...(timestamp === undefined ? [] : [8, 10, ...four(timestamp.val), ...four(timestamp.echo ?? 0)]),
    ...(windowScale === undefined ? [] : [3, 3, windowScale]),
    ...(blocks.length === 0 ? [] : [5, 2 + 8 * blocks.length, ...blocks.flatMap((block) => block.flatMap(four))]),
  ]
  return [...all, ...Array.from({ length: (4 - (all.length % 4)) % 4 }, () => 1)]
}

/**
 * A packet of IPv4 that carries the segment; its text is of one letter. `window`: the field as it is sent; `raw`: the bytes of the
 * options, a multiple of four, where they are not those of the segment.
 */
export const packetOf = (
  { sourcePort, destinationPort, segment: s, sack }: Framed,
  from: string,
  to: string,
  window = 64_240,
  raw?: readonly number[],
): Uint8Array => {
  const options = raw ?? optionBytes(s.options ?? {}, sack)
  const size = 40 + options.length + s.len
  const bytes = new Uint8Array(ETHERNET + size).fill(120)
  const v = view(bytes)
  bytes.fill(0, 0, ETHERNET + 40)
  v.setUint16(12, 0x0800)
  v.setUint8(ETHERNET, 0x45)
  v.setUint16(ETHERNET + 2, size)
  v.setUint16(ETHERNET + 6, 0x4000)
  v.setUint8(ETHERNET + 8, 64)
  v.setUint8(ETHERNET + 9, 6)
  bytes.set([...from.split('.'), ...to.split('.')].map(Number), ETHERNET + 12)
  v.setUint16(ETHERNET + 10, checksum(bytes.subarray(ETHERNET, ETHERNET + 20), 0))
  const tcp = ETHERNET + 20
  v.setUint16(tcp, sourcePort)
  v.setUint16(tcp + 2, destinationPort)
  v.setUint32(tcp + 4, s.seq)
  v.setUint32(tcp + 8, s.ack ?? 0)
  v.setUint8(tcp + 12, ((20 + options.length) / 4) << 4)
  v.setUint8(
    tcp + 13,
    letters.reduce((bits, [bit, letter]) => (s.flags.includes(letter) ? bits | bit : bits), 0),
  )
  v.setUint16(tcp + 14, window)
  bytes.set(options, tcp + 20)
  return withChecksum(bytes).subarray(ETHERNET)
}

/** The same in a frame of Ethernet. */
export const frameOf = (framed: Framed, from: string, to: string): Uint8Array => {
  const packet = packetOf(framed, from, to)
  const frame = new Uint8Array(ETHERNET + packet.length)
  view(frame).setUint16(12, 0x0800)
  frame.set(packet, ETHERNET)
  return frame
}
