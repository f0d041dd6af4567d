/** What the capture lacks though both ends testify to it: recordings without some of their text, and a capture cut otherwise. */
import { describe, expect, it } from 'vitest'
import type { Capture, Packet } from '../../capture.ts'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replay } from '../../replayCapture.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const

const changed = (file: string, change: (packets: readonly Packet[]) => readonly Packet[]) => {
  const capture: Capture = openCapture(corpusFile(file))
  const [connection] = capture.connections
  const packets = change(connection!.packets)
  return replay({ ...capture, packets, connections: [{ ...connection!, packets }] }, { kernels }).connections[0]!
}
const without =
  (...numbers: readonly number[]) =>
  (packets: readonly Packet[]) =>
    packets.filter((p) => !numbers.includes(p.number))

describe('text that is acknowledged and gone on after: conforms, and said once with the bytes', () => {
  it.each([
    [
      '01-normal/capture.pcap',
      [4],
      /^not captured, but both ends testify to it: \d+ bytes of the client before packet 5 /,
    ],
    ['01-normal/capture.pcap', [8], /(1 byte|a FIN) of the client before packet 9 /],
    ['diagnosis/time-wait-assassination.pcap', [4], /bytes? of the (client|server) before packet 5 /],
    ['transfer/echo-loss-client.pcap', [12], /300 bytes of the server before packet 11 /],
    ['transfer/echo-loss-client.pcap', [5], /300 bytes of the server before packet 6 /],
    ['transfer/echo-loss-client.pcap', [4, 5, 16], /of the client before .*; .* of the server before /],
    ['transfer/both-ways-server.pcap', [11, 24, 131], /1448 bytes of the server before packet 12 /],
  ])('%s, without %j', (file, numbers, words) => {
    const { verdict, supposes, timeline, packets } = changed(file, without(...numbers))
    expect(verdict).toBe('conforms')
    expect(supposes!.join('\n')).toMatch(words)
    expect(supposes!.filter((s) => s.includes('not captured'))).toHaveLength(1)
    expect(timeline()).toHaveLength(packets)
    for (const number of numbers) expect(timeline().map(({ packet }) => packet)).not.toContain(number)
  })
  it('text that was shown once and lost is not shown again: acknowledgments tell', () => {
    const [told] = replay(openCapture(corpusFile('slow/117-packets.pcap'))).connections
    expect(told!.verdict).toBe('conforms')
    expect(told!.supposes!.join('\n')).toMatch(
      /1448 bytes of the client before packet 41 \(packet 41 acknowledges them, and the client goes on after that with packet 42\)/,
    )
  })
  it('more than three gaps are counted, with all their bytes', () => {
    const { verdict, supposes } = changed('transfer/echo-loss-client.pcap', without(9, 10, 12, 17, 22, 34, 37, 41, 43))
    expect(verdict).toBe('conforms')
    expect(supposes!.join('\n')).toMatch(/; and \d+ more such gaps?, \d+ bytes in all$/m)
  })
  it('dumpcap says that it dropped packets: the rest conforms', () => {
    const [talk] = replay(openCapture(corpusFile('partial/dropped.pcapng.gz')), { kernels }).connections
    expect(talk!.verdict).toBe('conforms')
    expect(talk!.supposes!.join('\n')).toMatch(
      /not captured, but both ends testify to it: 100 bytes of the client before packet 56 .*; 700 bytes of the server before packet 56 /,
    )
  })
})

describe('is no excuse', () => {
  it('for a number that its sender never comes to', () => {
    const { verdict } = changed('01-normal/capture.pcap', (packets) =>
      packets.map((p, i) => (i === 4 ? { ...p, acknowledgment: (p.acknowledgment! + 90_000) as never } : p)),
    )
    expect(verdict).toBe('diverges')
  })
  it('for text that is shown just after its ACK', () => {
    const { verdict } = changed('01-normal/capture.pcap', (packets) => {
      const [text, ack] = [packets[3]!, packets[4]!]
      return packets.with(3, { ...ack, time: text.time! }).with(4, { ...text, time: ack.time! })
    })
    expect(verdict).toBe('diverges')
  })
  it('for what else the capture shows wrongly', () => {
    const { verdict, supposes, divergence } = changed('transfer/echo-loss-client.pcap', (packets) =>
      without(5)(packets).map((p) =>
        p.number === 17 ? { ...p, sequence: ((p.sequence! + 2 ** 30 + 12_345) % 2 ** 32) as never } : p,
      ),
    )
    expect(verdict).toBe('diverges')
    expect(divergence!.packet).toBe(17)
    expect(supposes!.join('\n')).toMatch(/300 bytes of the server before packet 6/)
  })
})
