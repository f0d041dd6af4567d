/** Ordinary data traffic, recorded at both taps: bulk text, delayed ACKs, loss and repetition, a window that closes, keepalive. */
import { describe, expect, it } from 'vitest'
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
