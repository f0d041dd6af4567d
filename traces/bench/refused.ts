/** Many clients of one port at which nothing listens, or which a filter keeps silent; and SYNs that are sent once. */
import { ACK, type Path, PcapWriter, RST, SYN, type WirePacket } from './wire.ts'

/** Milliseconds after the first SYN. linux: TCP_TIMEOUT_INIT, doubled each time */
const RETRANSMISSIONS = [0, 1000, 3000, 7000]
/** Milliseconds from client to client. */
const EVERY = 1
const SERVER = { address: 0x0a00_0001, port: 502 }

const pathOf = (client: number): Path => ({
  client: { address: 0x0a01_0000 + (client >> 12), port: 30_000 + (client & 0xfff) },
  server: SERVER,
})

const synOf = (client: number, at: number): WirePacket => ({
  at,
  from: 'client',
  flags: SYN,
  seq: issOf(client),
  window: 64_240,
  syn: { mss: 1460, windowScale: 7 },
  clock: [1_000_000 + Math.floor(at), 0],
  identification: (client * 7) & 0xffff,
})

const issOf = (client: number): number => Math.imul(client + 1, 2_654_435_761) >>> 0

/** Every other client is answered by a RST, the rest not at all. */
export const writeRefused = (file: string, clients: number): void => {
  const out = new PcapWriter(file)
  const packets: [WirePacket, Path][] = []
  for (let client = 0; client < clients; client++) {
    const [at, path] = [client * EVERY, pathOf(client)]
    if (client % 2 === 1) for (const after of RETRANSMISSIONS) packets.push([synOf(client, at + after), path])
    else
      packets.push(
        [synOf(client, at), path],
        [{ at: at + 0.04, from: 'server', flags: RST | ACK, seq: 0, ack: issOf(client) + 1, window: 0 }, path],
      )
  }
  packets.sort(([a], [b]) => a.at - b.at)
  for (const [packet, path] of packets) out.write(path, packet)
  out.close()
}

/** One SYN each, as a scan or a flood sends them. */
export const writeLoneSyns = (file: string, clients: number): void => {
  const out = new PcapWriter(file)
  for (let client = 0; client < clients; client++) out.write(pathOf(client), synOf(client, client / 100))
  out.close()
}
