/** A large capture of many short connections, alike but for their numbers: what a busy server's interface shows. */
import { ACK, type End, FIN, type Path, PcapWriter, PSH, SYN, type WirePacket } from './wire.ts'

interface Said {
  /** Milliseconds after the connection began. */
  readonly at: number
  readonly from: End
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
 *
 */
export const writeConnections = (file: string, packets: number): void => {
  const out = new PcapWriter(file)
  let connections = 0
  while (out.packets < packets) {
    const batch: [WirePacket, Path][] = []
    const begin = connections * 30
    for (let i = 0; i < AT_ONCE; i++, connections++) {
      const path = pathOf(connections)
      for (const said of stories[connections % stories.length]!)
        batch.push([packetOf(said, connections, begin + i * 7), path])
    }
    batch.sort(([a], [b]) => a.at - b.at)
    for (const [packet, path] of batch) out.write(path, packet)
  }
  out.close()
}

const SERVER = { address: 0x0a00_0001, port: 502 }

const pathOf = (connection: number): Path => ({
  client: { address: 0x0a00_0100 + (connection >> 14), port: 20_000 + (connection & 0x3fff) },
  server: SERVER,
})

/** Different for every connection, and the same in every run. */
const isn = (connection: number, salt: number): number => Math.imul(connection + 1, 2_654_435_761) + salt

const packetOf = ({ at, from, flags, seq, ack, length = 0 }: Said, connection: number, begin: number): WirePacket => {
  const [client, server] = [isn(connection, 1), isn(connection, 77)]
  const [mine, peer] = from === 'client' ? [client, server] : [server, client]
  const tick = Math.floor(at) + 1
  return {
    at: begin + at,
    from,
    flags,
    seq: mine + seq,
    ...(flags & ACK && { ack: peer + ack }),
    length,
    clock: [tick, flags === SYN ? 0 : tick],
  }
}
