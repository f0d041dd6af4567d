/** Handshakes that repeat themselves: what their repetitions rule out, and what they must not. */
import { describe, expect, it } from 'vitest'
import type { Packet } from '../capture.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { replayConnection } from './replay.ts'
import type { Replayed } from './replayed.ts'

const KERNEL = ['linux-6.18'] as const

/** One connection of the corpus under one kernel, its packets put in another order, each when one was captured. */
const replayed = (
  file: string,
  stream: number,
  change: (packets: readonly Packet[]) => readonly Packet[],
): Replayed => {
  const { packets, ...connection } = openCapture(corpusFile(file)).connections[stream]!
  const times = packets.map(({ time }) => time!)
  const changed = change(packets).map((p, i) => ({ ...p, number: i + 1, time: times[Math.min(i, times.length - 1)]! }))
  return replayConnection({ ...connection, packets: changed }, { client: KERNEL, server: KERNEL })
}

const copied = (from: number, to: number) => (packets: readonly Packet[]) => packets.toSpliced(to, 0, packets[from]!)

describe('a SYN+ACK once more', () => {
  const server = (to: number) => replayed('06-abort-on-overflow/capture.pcap', 8, copied(1, to)).connection
  it('before and after the third ACK, which may still be on its way: nothing odd', () => {
    expect([2, 3].map((to) => server(to).verdict)).toEqual(['conforms', 'conforms'])
  })
  it('after the RST that forgets the request: that is odd, and not the RST', () => {
    expect(server(4)).toMatchObject({ verdict: 'diverges', divergence: { packet: 5 } })
    expect(server(4).divergence?.reason).toMatch(/^nothing explains \[S\.\]/)
  })
})

it('a SYN once more after the third ACK: another attempt, by chance with its number', () => {
  const { connection } = replayed('07-accept-queue-limit/capture.pcap', 44, copied(0, 3))
  expect(connection.verdict).toBe('conforms')
  expect(connection.invents.join()).toContain('the client opens anew, by chance with the same number')
})

describe('a server that repeats its SYN+ACK', () => {
  const { server, client } = replayed('05-ghost/capture.pcap', 5, (packets) => packets)
  const hypotheses = (end: typeof server | typeof client): number[] => end!.searched.layers.map((layer) => layer.length)
  it('is a request until the one before the last: what comes is dropped at once, and nothing has to be chosen', () => {
    const names = server!.searched.layers
      .slice(5, 12)
      .flatMap((layer) => layer.map(({ h }) => h.end.server.object.kind))
    expect(new Set(names)).toEqual(new Set(['request']))
  })
  it('so few hypotheses are enough, at either end', () => {
    expect(Math.max(...hypotheses(server))).toBeLessThan(100)
    expect(Math.max(...hypotheses(client))).toBeLessThan(30)
  })
})
