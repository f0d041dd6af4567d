/** Captures of one direction: recordings without the packets of one end. */
import { describe, expect, it } from 'vitest'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replay } from '../../replayCapture.ts'
import type { Side } from '../packets/observation.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const

const only = (file: string, side: Side, first = 0) => {
  const capture = openCapture(corpusFile(file))
  const [connection] = capture.connections
  const packets = connection!.packets.slice(first).filter((p) => p.source.port === connection![side].port)
  return {
    one: replay({ ...capture, packets, connections: [{ ...connection!, packets }] }, { kernels }).connections[0]!,
    both: replay(capture, { kernels }).connections[0]!,
  }
}
const statesOf = (
  timeline: ReturnType<ReturnType<typeof only>['one']['timeline']>,
  side: Side,
  packets: readonly number[],
) => timeline.filter(({ packet }) => packets.includes(packet)).map((b) => b[side].join(' or '))

describe('one direction', () => {
  it.each([
    ['01-normal/capture.pcap', 'client'],
    ['01-normal/capture.pcap', 'server'],
    ['diagnosis/zero-window.pcap', 'client'],
    ['diagnosis/zero-window.pcap', 'server'],
    ['transfer/keepalive-client.pcap', 'client'],
    ['transfer/keepalive-client.pcap', 'server'],
    ['transfer/echo-loss-server.pcap', 'client'],
    ['transfer/echo-loss-server.pcap', 'server'],
    ['05-ghost/capture.pcap', 'client'],
  ] as const)('%s, only the %s: inconclusive, and its states are those of the whole capture', (file, side) => {
    const { one, both } = only(file, side)
    const other = side === 'client' ? 'server' : 'client'
    expect(one.verdict).toBe('inconclusive')
    expect(one.reason).toMatch(
      new RegExp(
        `^the capture shows nothing that the ${other} sent, though packet \\d+ acknowledges it: one direction`,
      ),
    )
    const packets = one.timeline().map(({ packet }) => packet)
    expect(packets).toHaveLength(one.packets)
    expect(statesOf(one.timeline(), side, packets)).toEqual(statesOf(both.timeline(), side, packets))
    expect(new Set(one.timeline().flatMap((b) => b[other]))).toEqual(new Set(['unknown']))
  })
  it('that begins in the middle, too', () => {
    const { one } = only('transfer/echo-loss-server.pcap', 'client', 8)
    expect(one.verdict).toBe('inconclusive')
    expect(one.reason).toContain('one direction is missing')
    expect(one.timeline()[0]!.client).toEqual(['ESTABLISHED'])
    expect(one.timeline().at(-1)!.client).toEqual(['TIME_WAIT'])
  })
  it('is told as far as what came can be inferred', () => {
    const { one } = only('diagnosis/half-open-reboot.pcap', 'server')
    expect(one.timeline().length).toBeLessThan(one.packets)
    expect(one.divergence).toBeUndefined()
  })
})

it('recorded with a filter for what the client sends', () => {
  const [one] = replay(openCapture(corpusFile('partial/one-way.pcap')), { kernels }).connections
  expect(one).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('one direction is missing') })
  expect(one!.timeline()).toHaveLength(one!.packets)
  expect(one!.timeline().map((b) => b.client.join())).toEqual(expect.arrayContaining(['ESTABLISHED', 'TIME_WAIT']))
})
