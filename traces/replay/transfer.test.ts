/** Ordinary data traffic, recorded at both taps: bulk text, delayed ACKs, loss and repetition, a window that closes, keepalive. */
import { describe, expect, it } from 'vitest'
import { add } from '../../model/index.ts'
import type { Capture, Packet } from '../capture.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { replay } from '../replayCapture.ts'

const names = ['bulk', 'bulk-loss', 'bulk-no-sack', 'both-ways', 'zero-window-opens', 'keepalive', 'echo-loss']
const files = names.flatMap((name) => [`${name}-client`, `${name}-server`])

describe('ordinary traffic conforms', () => {
  it.each(files)('%s', (name) => {
    const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
    const { connections } = replay(openCapture(corpusFile(`transfer/${name}.pcap`)), { kernels })
    expect(connections.map((c) => [c.verdict, c.divergence, c.reason])).toEqual([['conforms', undefined, undefined]])
  })
  it.each(['keepalive-client', 'echo-loss-server'])('%s, if neither end is Linux', (name) => {
    const kernels = { client: 'rfc9293', server: 'rfc9293' } as const
    const { connections } = replay(openCapture(corpusFile(`transfer/${name}.pcap`)), { kernels })
    expect(connections.map((c) => c.verdict)).toEqual(['conforms'])
  })
})

describe('bulk text that is altered diverges where it is', () => {
  const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
  const altered = (
    name: string,
    isMeant: (p: Packet, i: number) => boolean,
    change: (p: Packet) => Partial<Packet>,
  ) => {
    const capture = openCapture(corpusFile(`transfer/${name}.pcap`))
    const [connection] = capture.connections
    const at = connection!.packets.findIndex(isMeant)
    const packets = connection!.packets.map((p, i) => (i === at ? { ...p, ...change(p) } : p))
    const copy: Capture = { ...capture, packets, connections: [{ ...connection!, packets }] }
    const [replayed] = replay(copy, { kernels }).connections
    return { packet: packets[at]!.number, replayed: replayed! }
  }
  const isAck = (p: Packet, i: number): boolean => i > 50 && p.source.port === 80 && p.flags === '.' && !p.options?.sack
  const beyond = (p: Packet): Partial<Packet> => ({ acknowledgment: add(p.acknowledgment!, 90_000) })
  const acks = ['bulk-client', 'bulk-loss-server', 'both-ways-client', 'bulk-no-sack-client', 'bulk-no-sack-server']
  it.each(acks)('%s: an ACK of what was never sent', (name) => {
    const { packet, replayed } = altered(name, isAck, beyond)
    expect(replayed.verdict).toBe('diverges')
    expect(replayed.divergence?.packet).toBe(packet)
  })
  it('bulk-client: the FIN where text is still to come', () => {
    const isText = (p: Packet, i: number): boolean => i > 40 && p.source.port !== 80 && p.length > 0
    const { packet, replayed } = altered('bulk-client', isText, () => ({ flags: 'F.' }))
    expect(replayed.verdict).toBe('diverges')
    expect(replayed.divergence!.packet).toBeGreaterThanOrEqual(packet)
  })
})

it('an ACK that tells another window, and nothing else, is no invention', () => {
  const report = replay(openCapture(corpusFile('transfer/zero-window-opens-server.pcap')))
  expect(report.connections[0]!.invents).toEqual([])
})
