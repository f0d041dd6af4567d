/** A trace as pcapng: each tap an interface, each packet with a comment that says which step it was. draft-ietf-opsawg-pcapng */
import { type End, hasFin, hasRst, hasSyn, type Segment } from '../../model/index.ts'
import { type TappedPacket, tapped } from './taps.ts'
import type { Trace } from './trace.ts'

const SECTION = 0x0a0d0d0a
const INTERFACE = 1
const ENHANCED_PACKET = 6
/** LINKTYPE_RAW: an IP packet and nothing before it. */
const RAW = 101
const COMMENT = 1
const IF_NAME = 2
const IF_TSRESOL = 9
/** Timestamps count from here, so that captures made alike are alike: 2026-01-01 00:00 UTC. */
const EPOCH = 1_767_225_600

export const pcapng = (trace: Trace, taps: readonly End[] = ['client', 'server']): Uint8Array<ArrayBuffer> => {
  const packets = tapped(trace, taps)
  return joined([
    block(SECTION, joined([u32(0x1a2b3c4d), u16(1), u16(0), u32(0xffffffff), u32(0xffffffff)])),
    ...taps.map((tap) =>
      block(
        INTERFACE,
        joined([
          u16(RAW),
          u16(0),
          u32(0),
          option(IF_NAME, utf8(tap)),
          option(IF_TSRESOL, Uint8Array.of(6)),
          option(0, new Uint8Array()),
        ]),
      ),
    ),
    ...packets.map((packet, i) => enhanced(packet, taps.indexOf(packet.tap), i)),
  ])
}

const enhanced = (packet: TappedPacket, tap: number, id: number): Uint8Array => {
  const bytes = ipv4(packet, id)
  const micros = EPOCH * 1e6 + Math.round(packet.time * 1e6)
  return block(
    ENHANCED_PACKET,
    joined([
      u32(tap),
      u32(Math.floor(micros / 2 ** 32)),
      u32(micros % 2 ** 32),
      u32(bytes.length),
      u32(bytes.length),
      padded(bytes),
      option(COMMENT, utf8(packet.comment)),
      option(0, new Uint8Array()),
    ]),
  )
}

/** RFC 5737: addresses for documentation, as the listings of the model have them. */
const CLIENT = [192, 0, 2, 1] as const
const SERVER = [192, 0, 2, 2] as const
const SERVER_PORT = 502
const WINDOW = 64_240

/** RFC 791 §3.1. Each end counts its own packets. */
const ipv4 = ({ connection, from, segment }: TappedPacket, id: number): Uint8Array => {
  const isClient = from === 'client'
  const [source, destination] = isClient ? [CLIENT, SERVER] : [SERVER, CLIENT]
  const port = 40_000 + connection
  const tcp = tcpOf(segment, isClient ? [port, SERVER_PORT] : [SERVER_PORT, port], source, destination)
  const head = Uint8Array.of(
    0x45,
    0,
    ...be16(20 + tcp.length),
    ...be16(id & 0xffff),
    0x40,
    0,
    64,
    6,
    0,
    0,
    ...source,
    ...destination,
  )
  head.set(be16(checksum(head)), 10)
  return joined([head, tcp])
}

/** RFC 9293 §3.1 */
const tcpOf = (
  s: Segment,
  [from, to]: readonly [number, number],
  source: readonly number[],
  destination: readonly number[],
) => {
  const flags =
    (hasFin(s) ? 1 : 0) |
    (hasSyn(s) ? 2 : 0) |
    (hasRst(s) ? 4 : 0) |
    (s.len > 0 ? 8 : 0) |
    (s.ack === undefined ? 0 : 16)
  const text = new Uint8Array(s.len).fill(0x78)
  const window = hasRst(s) ? 0 : WINDOW
  const head = [
    ...be16(from),
    ...be16(to),
    ...be32(s.seq),
    ...be32(s.ack ?? 0),
    0x50,
    flags,
    ...be16(window),
    0,
    0,
    0,
    0,
  ]
  const tcp = joined([Uint8Array.from(head), text])
  const pseudo = joined([Uint8Array.of(...source, ...destination, 0, 6, ...be16(tcp.length)), tcp])
  tcp.set(be16(checksum(pseudo)), 16)
  return tcp
}

/** RFC 1071 */
const checksum = (bytes: Uint8Array): number => {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i]! << 8) | (bytes[i + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

const be16 = (n: number): [number, number] => [(n >>> 8) & 255, n & 255]
const be32 = (n: number): [number, number, number, number] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
const u16 = (n: number): Uint8Array => Uint8Array.of(n & 255, n >>> 8)
const u32 = (n: number): Uint8Array => Uint8Array.of(n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const padded = (bytes: Uint8Array): Uint8Array => joined([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)])
const option = (code: number, value: Uint8Array): Uint8Array => joined([u16(code), u16(value.length), padded(value)])

const block = (type: number, body: Uint8Array): Uint8Array => {
  const length = u32(body.length + 12)
  return joined([u32(type), length, body, length])
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
