import { describe, expect, it } from 'vitest'
import type { Connection, Packet } from '../../capture.ts'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replay } from '../../replayCapture.ts'
import { replayConnection } from '../replay.ts'
import { suspectsOf } from './suspected-forged.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const connection = openCapture(corpusFile('01-normal/capture.pcap')).connections[0]!

/** A RST of the server's, put in after its first packet that carries text, with other fields of IP. */
const withReset = (ip: Partial<Packet>): Connection => {
  const text = connection.packets.findIndex((p) => p.source.port === 502 && p.length > 0)
  const model = connection.packets[text]!
  const { acknowledgment: _, ...rest } = model
  const reset: Packet = {
    ...rest,
    flags: 'R',
    length: 0,
    sequence: connection.packets[text + 1]!.acknowledgment!,
    ...ip,
  }
  const packets = [...connection.packets.slice(0, text + 2), { ...reset, time: connection.packets[text + 1]!.time! }]
  return {
    ...connection,
    packets: [...packets, ...connection.packets.slice(text + 2)].map((p, i) => ({ ...p, number: i + 1 })),
  }
}
const replayed = (c: Connection) => replayConnection(c, kernels).connection

describe('a packet that its end can hardly have sent, and without which the rest conforms', () => {
  it('by its time to live: inconclusive, with the packet and what speaks against it', () => {
    const found = replayed(withReset({ hops: 51 }))
    expect(found).toMatchObject({ verdict: 'inconclusive', suspected: [expect.any(Number)] })
    expect(found.reason).toMatch(
      /^packet (\d+) is suspected to be forged: its time to live is 51, that of \d+ others of the server 64; without it the capture conforms$/,
    )
    expect(found.divergence!.packet).toBeGreaterThanOrEqual(found.suspected![0]!)
  })
  it('by its IP identification', () => {
    const { identification = 0 } = connection.packets.findLast((p) => p.source.port === 502)!
    const found = replayed(withReset({ identification: (identification + 30_000) % 65_536 || 1 }))
    expect(found).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('IP identification') })
  })
  it('by going on after a RST as if it had never sent it', () => {
    const found = replayed(withReset({}))
    expect(found).toMatchObject({ verdict: 'inconclusive', suspected: [expect.any(Number)] })
    expect(found.reason).toMatch(
      /^packet (\d+) is .*: the server goes on with packet \d+ as if it had never sent this RST/,
    )
  })
  it('without such a trait it diverges, however well the rest conforms', () => {
    const c = withReset({})
    const at = c.packets.findIndex(({ flags }) => flags === 'R')
    const packets = c.packets.map((p, i) => (i === at ? { ...p, flags: '.', acknowledgment: 5 as never } : p))
    expect(replayed({ ...c, packets }).verdict).toBe('diverges')
  })
  it('a trait alone is nothing: what conforms with the packet conforms', () => {
    const packets = connection.packets.map((p, i) => (i === 4 ? { ...p, hops: 51 } : p))
    expect(suspectsOf({ ...connection, packets })).toHaveLength(1)
    expect(replayed({ ...connection, packets })).toMatchObject({ verdict: 'conforms' })
  })
  it('a trait beside another fault is nothing: what diverges without the packet diverges', () => {
    const c = withReset({ hops: 51 })
    const packets = c.packets.map((p, i) =>
      i === 1 ? { ...p, acknowledgment: ((p.acknowledgment! + 9) % 2 ** 32) as never } : p,
    )
    expect(replayed({ ...c, packets }).verdict).toBe('diverges')
  })
})

describe('a RST that somebody on the way sends in the name of an end', () => {
  const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
  it.each([
    ['injected-reset', 12, 13],
    ['ignored-reset', 10, 13],
  ])('%s: packet %i is suspected, for packet %i', (name, reset, next) => {
    const [found] = replay(openCapture(corpusFile(`partial/${name}.pcap`)), { kernels }).connections
    expect(found).toMatchObject({ verdict: 'inconclusive', suspected: [reset] })
    expect(found!.reason).toContain(`the server goes on with packet ${next} as if it had never sent this RST`)
  })
  it.each(['middlebox-reset-client', 'middlebox-reset-server'])(
    '%s: that ends everything, as its own would',
    (name) => {
      const report = replay(openCapture(corpusFile(`partial/${name}.pcap`)), { kernels })
      expect(report.verdict).toBe('conforms')
      expect(report.connections[0]!.supposes).toEqual([
        expect.stringMatching(
          /^packet 13 is the (client|server)'s own RST, though its time to live is 64, that of \d+ others/,
        ),
      ])
      const odd = suspectsOf(openCapture(corpusFile(`partial/${name}.pcap`)).connections[0]!)
      expect(odd.map(({ trait }) => trait)).toEqual([
        expect.stringMatching(/^its time to live is 64, that of \d+ others/),
      ])
    },
  )
})

describe('no packet of a kernel is odd', () => {
  it.each([
    '01-normal',
    '05-ghost',
    '05c-ghost-exhausted',
    '06-abort-on-overflow',
    '07-accept-queue-limit',
    '21-defer-accept',
  ])('%s', (folder) => {
    for (const tap of ['capture', 'capture-client'])
      for (const c of openCapture(corpusFile(`${folder}/${tap}.pcap`)).connections) expect(suspectsOf(c)).toEqual([])
  })
  it('numbers that go round, and a new row that is kept to', () => {
    const numbered = (ids: readonly number[]): Connection => ({
      ...connection,
      packets: ids.map((identification, i) => ({
        ...connection.packets[0]!,
        flags: '.',
        number: i + 1,
        identification,
      })),
    })
    expect(suspectsOf(numbered([65_534, 65_535, 1, 2]))).toEqual([])
    expect(suspectsOf(numbered([5, 6, 7, 30_000, 30_001]))).toEqual([])
    expect(suspectsOf(numbered([5, 6, 7, 0]))).toEqual([])
    expect(suspectsOf(numbered([5, 6, 7, 30_000, 8])).map(({ packet }) => packet)).toEqual([4])
  })
})
