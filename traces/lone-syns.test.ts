import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACK, type Path, PcapWriter, RST, SYN, type WirePacket } from './bench/wire.ts'
import type { Capture } from './capture.ts'
import { openCapture } from './index.ts'
import { LoneSyn } from './lone-syns.ts'
import { replay } from './replayCapture.ts'

type Connection = readonly [client: number, port: number, ...packets: readonly Partial<WirePacket>[]]

const server = { address: 0x0a00_0001, port: 80 }
const iss = 1000
const syn = (at: number, clock?: number, more: Partial<WirePacket> = {}): Partial<WirePacket> => ({
  at,
  from: 'client',
  flags: SYN,
  seq: iss,
  syn: { mss: 1460, windowScale: 7 },
  ...(clock !== undefined && { clock: [clock, 0] }),
  ...more,
})
const answer = (at: number, more: Partial<WirePacket> = {}): Partial<WirePacket> => ({
  at,
  from: 'server',
  flags: SYN | ACK,
  seq: 7000,
  ack: iss + 1,
  syn: { mss: 1460, windowScale: 7 },
  ...more,
})
const third = (at: number): Partial<WirePacket> => ({ at, from: 'client', flags: ACK, seq: iss + 1, ack: 7001 })
/** Its application has accepted the connection: the accept queue is not full. */
const used = (at: number): Partial<WirePacket> => ({
  at,
  from: 'server',
  flags: ACK,
  seq: 7001,
  ack: iss + 1,
  length: 9,
})

/** SYNs of one address with an older clock than one that is answered; and others: repeated, refused, with text, to another port. */
const mixed: readonly Connection[] = [
  [1, 80, syn(0, 500)],
  [1, 80, syn(10, 9000), answer(10.1), third(10.2), used(10.3)],
  [1, 80, syn(20, 400)],
  [2, 80, syn(30, 400)],
  [2, 80, syn(31)],
  [3, 80, syn(32, 1), syn(1032, 1000)],
  [4, 80, syn(40), { at: 40.1, from: 'server', flags: RST | ACK, seq: 0, ack: iss + 1 }],
  [5, 80, syn(50, 3, { length: 7 })],
  [6, 81, syn(60, 5)],
  [7, 80, syn(70, 6, { flags: SYN | RST })],
  [8, 80, syn(80, 6)],
]
/** At the server's own interface: answers come at once, third ACKs late. */
const atServer: readonly Connection[] = [
  ...Array.from(
    { length: 4 },
    (_, i): Connection => [i, 80, syn(i * 50, 1), answer(i * 50 + 0.01), third(i * 50 + 20)],
  ),
  ...Array.from({ length: 9 }, (_, i): Connection => [20 + i, 80, syn(300 + i * 900, 1)]),
]

describe('lone SYNs', () => {
  let scratch: string
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'halfopen-'))
  })
  afterAll(() => rmSync(scratch, { recursive: true }))

  const captured = (connections: readonly Connection[]): Capture => {
    const file = join(scratch, 'capture.pcap')
    const out = new PcapWriter(file)
    const all = connections.flatMap(([client, port, ...packets], i) => {
      const path: Path = { client: { address: 0x0a01_0000 + client, port: 30_000 + i }, server: { ...server, port } }
      return packets.map((p) => [{ window: 64_240, ...p } as WirePacket, path] as const)
    })
    for (const [packet, path] of [...all].sort(([a], [b]) => a.at - b.at)) out.write(path, packet)
    out.close()
    return openCapture(file)
  }
  /** What is injected elsewhere keeps every connection from being taken for one of many. */
  const elsewhere = { time: 0, source: 1, destination: 2, flags: 'S', seq: 0, len: 0 } as never

  it.each([
    ['among others', mixed, 6],
    ['at the server', atServer, 9],
    ['at the server, few', atServer.slice(0, 6), 2],
  ])('%s: the same is told of them as where each is replayed', (_, connections, lone) => {
    const capture = captured(connections)
    const [shared, each] = [replay(capture), replay(capture, { forged: [elsewhere] })]
    expect(shared.connections.filter((c) => c instanceof LoneSyn)).toHaveLength(lone)
    expect(each.connections.filter((c) => c instanceof LoneSyn)).toHaveLength(0)
    const told = ({ connections: all, listeners, hosts, verdict }: typeof shared) =>
      JSON.parse(JSON.stringify({ all, listeners, hosts, verdict })) as object
    expect(told(shared)).toEqual(told(each))
    const ids = each.connections.map(({ diagnoses }) => diagnoses.map(({ id }) => id))
    expect(shared.connections.map(({ diagnosed }) => diagnosed)).toEqual(ids)
    expect(each.connections.map(({ diagnosed }) => diagnosed)).toEqual(ids)
    expect(ids.flat()).toContain('SYN-unanswered')
  })

  it('a SYN whose address was answered with a newer timestamp is told apart', () => {
    const { connections } = replay(captured(mixed))
    expect(connections[2]!.diagnosed).toEqual(['tw-recycle-drop'])
    expect(connections[3]!.diagnosed).toEqual(['SYN-unanswered'])
  })

  it('each has the names, the packet and the timeline that are its own', () => {
    const lone = replay(captured(atServer)).connections[6]!
    expect([lone.client, lone.server, lone.packets]).toEqual(['10.1.0.22:30006', '10.0.0.1:80', 1])
    expect(lone.timeline().map(({ packet }) => packet)).toEqual([15])
    expect(lone.diagnoses[0]!.packets).toEqual([15])
  })
})
