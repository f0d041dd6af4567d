import { describe, expect, it } from 'vitest'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { observationsOf } from './observation.ts'
import { withTailLossProbe } from './tail-loss-probe.ts'

const probesOf = (name: string, side: 'client' | 'server') =>
  openCapture(corpusFile(name)).connections.map((c) =>
    withTailLossProbe(c, observationsOf(c), side).flatMap(({ analysis, packet }) =>
      analysis?.tailLossProbe ? [packet] : [],
    ),
  )

describe('a repetition that can only be a probe for the tail', () => {
  it('is the first of an end, and no SYN+ACK', () => {
    const ghosts = openCapture(corpusFile('05c-ghost-exhausted/capture-client.pcap'))
    const probes = probesOf('05c-ghost-exhausted/capture-client.pcap', 'client')
    expect(probes.every((found) => found.length <= 1)).toBe(true)
    expect(probes.flat()).toHaveLength(3)
    for (const packet of probes.flat()) {
      const p = ghosts.packets[packet - 1]!
      const sent = ghosts.packets
        .slice(0, packet - 1)
        .filter((q) => q.source.port === p.source.port && !/[SR]/.test(q.flags))
      const copies = sent.filter((q) => q.sequence === p.sequence && (q.length > 0 || q.flags.includes('F')))
      expect(copies).toHaveLength(1)
    }
    expect(probesOf('05c-ghost-exhausted/capture.pcap', 'server').flat()).toEqual([])
  })
  it('is none where the SYNs did not settle on selective acknowledgments', () => {
    expect(probesOf('transfer/bulk-no-sack-server.pcap', 'server').flat()).toEqual([])
    expect(probesOf('transfer/bulk-no-sack-client.pcap', 'client').flat()).toEqual([])
  })
})
