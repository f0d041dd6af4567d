/** Segments that are longer than the wire carries, because devices cut and join them: recorded with offloads on. */
import { describe, expect, it } from 'vitest'
import type { Capture } from '../../capture.ts'
import { otherTap } from '../../evidence/index.ts'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replay } from '../../replayCapture.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
const capture = (name: string) => openCapture(corpusFile(`partial/${name}.pcap`))
const longest = (name: string) => Math.max(...capture(name).packets.map(({ length }) => length))

describe('segments longer than the wire carries', () => {
  it.each([
    ['offload-client', 60_000],
    ['offload-server', 60_000],
    ['cut-on-the-way-client', 7_000],
    ['cut-on-the-way-server', 1_000],
  ])('%s conforms', (name, length) => {
    expect(longest(name)).toBeGreaterThan(length)
    const [talk] = replay(capture(name), { kernels }).connections
    expect(talk).toMatchObject({ verdict: 'conforms' })
    expect(talk!.timeline().map(({ packet }) => packet)).toEqual(capture(name).packets.map(({ number }) => number))
  })
  it('one that is cut is acknowledged in pieces, and what was never sent is not', () => {
    const { packets, connections, ...others } = capture('cut-on-the-way-client')
    const at = packets.findIndex((p, i) => i > 4 && p.source.port === 80)
    const far = packets.map((p, i) => (i === at ? { ...p, acknowledgment: (p.acknowledgment! + 50_000) as never } : p))
    const altered = { ...others, packets: far, connections: [{ ...connections[0]!, packets: far }] }
    const [talk] = replay(altered, { kernels }).connections
    expect(talk!.verdict).toBe('diverges')
    expect(talk!.divergence!.packet).toBeGreaterThanOrEqual(far[at]!.number)
  })
})

describe('the same text, cut otherwise at the other tap', () => {
  const withOther = (one: Capture, two: Capture) =>
    replay(one, { kernels, evidence: { other: otherTap(two) } }).connections[0]!
  const [client, server] = [capture('cut-on-the-way-client'), capture('cut-on-the-way-server')]
  it.each([
    ['client', client, server],
    ['server', server, client],
  ])('the capture at the %s, with the other: every packet passed both', (_, one, two) => {
    expect(withOther(one, two)).toMatchObject({
      verdict: 'conforms',
      other: { onlyHere: [], onlyThere: [], packetsOfBoth: one.packets.length },
    })
  })
  it('a piece that is missing there: not all of it passed', () => {
    const lost = server.packets.findIndex((p, i) => i > 10 && p.length > 0)
    const packets = server.packets.filter((_, i) => i !== lost)
    const { other } = withOther(client, { ...server, packets, connections: [{ ...server.connections[0]!, packets }] })
    const whole = client.packets.find(({ sequence, length }) => {
      const from = server.packets[lost]!.sequence! - sequence!
      return length > 0 && from >= 0 && from < length
    })
    expect(other).toMatchObject({ onlyHere: [whole!.number] })
  })
})
