/** Captures that lack packets: recordings without one, which say that they dropped it, or do not. */
import { describe, expect, it } from 'vitest'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replay } from '../../replayCapture.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const

/** Without the packet of that number. */
const lacking = (file: string, number: number, dropped?: number) => {
  const capture = openCapture(corpusFile(file))
  const [connection] = capture.connections
  const packets = connection!.packets.filter((p) => p.number !== number)
  const spoilt = { ...capture, packets, connections: [{ ...connection!, packets }] }
  return replay(dropped === undefined ? spoilt : { ...spoilt, dropped }, { kernels }).connections[0]!
}

describe('a capture that says it dropped packets is inconclusive where only these make it diverge', () => {
  it.each([
    ['01-normal/capture.pcap', 2, /^the capture itself dropped 1 packet: packet 3 answers a SYN\+ACK that the capture/],
    ['diagnosis/simultaneous-close.pcap', 3, /packet 4 goes on after a third ACK that the capture does not show/],
    ['diagnosis/zero-window.pcap', 9, /is a probe after an ACK that the capture does not show/],
  ])('%s, without packet %i', (file, number, words) => {
    expect(lacking(file, number).verdict).toBe('diverges')
    const { verdict, reason, timeline, packets, divergence } = lacking(file, number, 1)
    expect(verdict).toBe('inconclusive')
    expect(reason).toMatch(words)
    expect(divergence).toBeDefined()
    expect(timeline().map(({ packet }) => packet)).not.toContain(number)
    expect(timeline()).toHaveLength(packets)
  })
})

describe('a capture that does not say so diverges, and tells what a missed packet would change', () => {
  it('by the reason', () => {
    const { divergence } = lacking('01-normal/capture.pcap', 2)
    expect(divergence!.reason).toMatch(/\. Or the capture missed something: packet 3 answers a SYN\+ACK/)
  })
  it('also where it dropped fewer packets than are missing', () => {
    const capture = openCapture(corpusFile('01-normal/capture.pcap'))
    const [connection] = capture.connections
    const packets = connection!.packets.filter((p) => p.number !== 2 && p.number !== 3)
    const of = (dropped: number) => replay({ ...capture, dropped, packets, connections: [{ ...connection!, packets }] })
    expect(of(1).verdict).toBe('diverges')
    expect(of(2).verdict).toBe('inconclusive')
  })
})

it('what diverges for another reason diverges, whatever the capture dropped', () => {
  const capture = openCapture(corpusFile('01-normal/capture.pcap'))
  const [connection] = capture.connections
  const packets = connection!.packets.map((p, i) =>
    i === 1 ? { ...p, acknowledgment: ((p.acknowledgment! + 9) % 2 ** 32) as never } : p,
  )
  expect(replay({ ...capture, dropped: 5, packets, connections: [{ ...connection!, packets }] }).verdict).toBe(
    'diverges',
  )
})
