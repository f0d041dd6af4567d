/** A large capture of many short connections, alike but for their numbers: what a busy server's interface shows. */
import { closeSync, openSync, writeSync } from 'node:fs'

const SYN = 0x02
const ACK = 0x10
const FIN = 0x01
const PSH = 0x08

/** Ethernet, IPv4, TCP with timestamps; payloads are cut off by the snaplen, as `tcpdump -s 96` does it. */
const HEADERS = 14 + 20 + 32
const RECORD = 16 + HEADERS

interface Said {
  /** Milliseconds after the connection began. */
  readonly at: number
  readonly from: 'client' | 'server'
  readonly flags: number
  /** Relative to the initial sequence numbers. */
  readonly seq: number
  readonly ack: number
  readonly length?: number
}

const client = (at: number, flags: number, seq: number, ack: number, length = 0): Said => ({
  at,
  from: 'client',
  flags,
  seq,
  ack,
  length,
})
const server = (at: number, flags: number, seq: number, ack: number, length = 0): Said => ({
  ...client(at, flags, seq, ack, length),
  from: 'server',
})

const handshake = [client(0, SYN, 0, 0), server(0.2, SYN | ACK, 0, 1), client(0.4, ACK, 1, 1)]

/** A request, an answer of so many segments, and the client closes. */
const exchange = (segments: number): Said[] => {
  const answer = Array.from({ length: segments }, (_, i) => [
    server(2 + i, ACK | PSH, 1 + i * 1000, 101, 1000),
    client(2.3 + i, ACK, 101, 1 + (i + 1) * 1000),
  ])
  const end = 1 + segments * 1000
  const at = 3 + segments
  return [
    ...handshake,
    client(1, ACK | PSH, 1, 1, 100),
    server(1.2, ACK, 1, 101),
    ...answer.flat(),
    client(at, FIN | ACK, 101, end),
    server(at + 0.2, FIN | ACK, end, 102),
    client(at + 0.4, ACK, 102, end + 1),
  ]
}

/** The accept queue is full: the server repeats its SYN+ACK, the client its request. */
const ghost: Said[] = [
  ...handshake,
  client(1, ACK | PSH, 1, 1, 100),
  client(201, ACK | PSH, 1, 1, 100),
  client(601, ACK | PSH, 1, 1, 100),
  server(1000.2, SYN | ACK, 0, 1),
  client(1000.4, ACK, 101, 1),
  client(1401, ACK | PSH, 1, 1, 100),
  server(3000.2, SYN | ACK, 0, 1),
  client(3000.4, ACK, 101, 1),
  client(3001, ACK | PSH, 1, 1, 100),
]

/** The SYN is lost beyond the tap, and sent again. */
const slowStart = (): Said[] => [client(0, SYN, 0, 0), ...exchange(3).map((s) => ({ ...s, at: s.at + 1000 }))]

const stories = [exchange(1), exchange(2), exchange(4), exchange(8), exchange(2), exchange(3), slowStart(), ghost]

/** Connections that run at the same time. */
const AT_ONCE = 64

/**
 * Writes a pcap of at least so many packets.
 * @returns packets and connections
 */
export const generate = (path: string, packets: number): { packets: number; connections: number } => {
  const file = openSync(path, 'w')
  let written = 0
  let connections = 0
  try {
    writeSync(file, fileHeader())
    while (written < packets) {
      const batch: { time: number; bytes: Uint8Array }[] = []
      const begin = connections * 30
      for (let i = 0; i < AT_ONCE; i++, connections++) {
        const story = stories[connections % stories.length]!
        for (const said of story) batch.push({ time: begin + i * 7 + said.at, bytes: frame(said, connections) })
      }
      batch.sort((a, b) => a.time - b.time)
      const out = new Uint8Array(batch.length * RECORD)
      for (const [i, { time, bytes }] of batch.entries()) record(out, i * RECORD, time, bytes)
      writeSync(file, out)
      written += batch.length
    }
  } finally {
    closeSync(file)
  }
  return { packets: written, connections }
}

const fileHeader = (): Uint8Array => {
  const view = new DataView(new ArrayBuffer(24))
  view.setUint32(0, 0xa1b2c3d4, true)
  view.setUint16(4, 2, true)
  view.setUint16(6, 4, true)
  view.setUint32(16, HEADERS, true)
  view.setUint32(20, 1, true)
  return new Uint8Array(view.buffer)
}

const record = (out: Uint8Array, at: number, milliseconds: number, bytes: Uint8Array): void => {
  const view = new DataView(out.buffer, at)
  const micros = Math.round(milliseconds * 1000)
  view.setUint32(0, 1_700_000_000 + Math.floor(micros / 1e6), true)
  view.setUint32(4, micros % 1e6, true)
  view.setUint32(8, HEADERS, true)
  view.setUint32(12, HEADERS + bytes[bytes.length - 1]! * 4, true)
  out.set(bytes.subarray(0, HEADERS), at + 16)
}

/** Different for every connection, and the same in every run. */
const isn = (connection: number, salt: number): number => Math.imul(connection + 1, 2_654_435_761) + salt

const frame = ({ from, flags, seq, ack, length = 0, at }: Said, connection: number): Uint8Array => {
  const bytes = new Uint8Array(HEADERS + 1)
  const view = new DataView(bytes.buffer)
  const isClient = from === 'client'
  const [mine, peer] = isClient ? [isn(connection, 1), isn(connection, 77)] : [isn(connection, 77), isn(connection, 1)]
  const address = 0x0a00_0000 + 256 + (connection >> 14)
  const port = 20_000 + (connection & 0x3fff)
  view.setUint16(12, 0x0800)
  view.setUint8(14, 0x45)
  view.setUint16(16, 20 + 32 + length)
  view.setUint8(22, 64)
  view.setUint8(23, 6)
  view.setUint32(26, isClient ? address : 0x0a00_0001)
  view.setUint32(30, isClient ? 0x0a00_0001 : address)
  view.setUint16(34, isClient ? port : 502)
  view.setUint16(36, isClient ? 502 : port)
  view.setUint32(38, mine + seq)
  if (flags & ACK) view.setUint32(42, peer + ack)
  view.setUint8(46, 0x80)
  view.setUint8(47, flags)
  view.setUint16(48, 502)
  bytes.set([1, 1, 8, 10], 54)
  view.setUint32(58, Math.floor(at) + 1)
  view.setUint32(62, flags === SYN ? 0 : Math.floor(at) + 1)
  bytes[HEADERS] = length / 4 > 255 ? 250 : length / 4
  return bytes
}
