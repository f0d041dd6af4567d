/** Text and FIN that may have been sent before the tap shows them. */
import { describe, expect, it } from 'vitest'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replayConnection } from '../replay.ts'

const KERNEL = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const GHOST = 7

/** States that the client may have been in right before its only text, where that comes so many seconds after its last ACK. */
const beforeText = (seconds: number) => {
  const { packets, ...connection } = openCapture(corpusFile('05-ghost/capture.pcap')).connections[GHOST]!
  const at = packets.findIndex((p) => p.length > 0)
  const by = packets[at - 1]!.time! + seconds - packets[at]!.time!
  const moved = packets.map((p, i) => (i < at ? p : { ...p, time: p.time! + by }))
  const { timeline, verdict } = replayConnection({ ...connection, packets: moved }, KERNEL).connection
  expect(verdict).toBe('conforms')
  return timeline()[at - 1]!.possible.client
}

describe('text and FIN may have been lost before the tap', () => {
  it('where what the tap sees may be the repetition', () => {
    expect(beforeText(0.3)).toEqual(['ESTABLISHED', 'FIN_WAIT1'])
  })
  it('but not where it comes sooner than any retransmission', () => {
    expect(beforeText(0.1)).toEqual(['ESTABLISHED'])
  })
})
