import { describe, expect, it } from 'vitest'
import type { Divergence } from './divergence.ts'
import { replayConnection } from './replay.ts'
import { connectionOf, HANDSHAKE } from './testing/observed.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const divergence = (...lines: string[]): Divergence => {
  const { connection } = replayConnection(connectionOf(...lines), kernels)
  expect(connection.verdict).toBe('diverges')
  return connection.divergence!
}
const text = ['> P. 100:10 ack=500', '< . 500 ack=110'] as const

describe('why nothing explains a packet', () => {
  it('a wrong acknowledgment: what it can be, and what the end was by then', () => {
    expect(divergence(...HANDSHAKE, ...text, '< F. 500 ack=105')).toMatchObject({
      packet: 6,
      reason: expect.stringMatching(
        /^the server sends \[F\.\] seq 500 ack 105, but what it can acknowledge is 110; by then the server is .*ESTABLISHED/,
      ),
    })
  })
  it('a wrong sequence number', () => {
    const { reason } = divergence(...HANDSHAKE, ...text, '> R. 90 ack=500')
    expect(reason).toContain('the client sends [R.] seq 90 ack 500, but its sequence number can only be ')
  })
  it('a segment that an end of that state does not send', () => {
    const { packet, reason } = divergence('> S 99', '< S. 499 ack=100', '> S. 100 ack=500')
    expect(packet).toBe(3)
    expect(reason).toMatch(/^(nothing explains \[S\.\] seq 100 ack 500 from the client|the client sends \[S\.\])/)
  })
  it('in the numbers of the capture, though the search has others', () => {
    const far = ['> S 3000000000', '< S. 77 ack=3000000001', '> . 3000000001 ack=78']
    expect(divergence(...far, '< F. 78 ack=3000000900').reason).toContain('what it can acknowledge is 3000000001')
  })
})

describe('what the model would have allowed', () => {
  const { allowed } = divergence(...HANDSHAKE, ...text, '< F. 500 ack=105')
  it('the forms of a segment without text, with the acknowledgment that is right', () => {
    expect(allowed).toEqual(expect.arrayContaining(['[F.] ack 110', '[.] ack 110', '[R.] ack 110']))
  })
  it('none that the end cannot send, in order and each once', () => {
    expect(allowed.filter((words) => words.startsWith('[S.]'))).toEqual([])
    expect(allowed).toEqual([...new Set(allowed)].sort())
    const early = divergence(...HANDSHAKE, '< S. 499 ack=105').allowed
    expect(early.at(-1)).toBe('[S.] ack 100')
    expect(early).toEqual([...new Set(early)].sort())
  })
})
