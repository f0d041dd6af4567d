import { describe, expect, it } from 'vitest'
import { explain, explainsUpTo } from './explain.ts'
import type { AboutConnection, ReplayOptions } from './options.ts'
import { Budget } from './search/budget.ts'
import { HANDSHAKE, observed } from './testing/observed.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const explained = (lines: readonly string[], options: ReplayOptions = {}, evidence: AboutConnection = {}) =>
  explain({ packets: observed(...lines), assumes: [], evidence }, kernels, options, new Budget(options.bounds))

const text = ['> P. 100:10 ack=500 @1', '< . 500 ack=110 @1.1'] as const

describe('a reading that the model explains', () => {
  const found = explained([...HANDSHAKE, ...text])
  it('has no failure, and is explained up to its end', () => {
    expect(found.failure).toBeUndefined()
    expect(explainsUpTo(found)).toBe(Number.POSITIVE_INFINITY)
  })
  it('though it agrees with no evidence: all but that', () => {
    const known = [{ after: [3, 5], states: ['CLOSE_WAIT'], words: 'line 1 says CLOSE-WAIT' }] as const
    const contradicting = explained([...HANDSHAKE, ...text], {}, { client: { known } })
    expect(contradicting.failure).toBeUndefined()
    expect(contradicting.contradicted).toEqual([
      expect.stringMatching(/^line 1 says CLOSE-WAIT, but the packets leave the client .*ESTABLISHED.* by then$/),
    ])
    expect(explainsUpTo(contradicting)).toBeLessThan(explainsUpTo(found))
    expect(explainsUpTo(contradicting)).toBeGreaterThan(5)
  })
  it('assumes, too, what only one end has to account for', () => {
    const { reading, failure } = explained([
      '> S 99',
      '< . 499 ack=100',
      '< S 499',
      '> S. 99 ack=500',
      '< . 500 ack=100',
    ])
    expect(failure).toBeUndefined()
    expect(reading.assumes.map(({ id }) => id)).toEqual(['split-syn-ack'])
  })
})

describe('a reading that the model does not explain', () => {
  it('fails at its first packet that nothing explains, of either end', () => {
    const [atClient, atServer] = ['> . 100 ack=900', '< . 500 ack=800']
    expect(explained([...HANDSHAKE, ...text, atClient]).failure).toMatchObject({ packet: 6, cut: false })
    expect(explained([...HANDSHAKE, ...text, atServer, atClient]).failure).toMatchObject({ packet: 6 })
    expect(explainsUpTo(explained([...HANDSHAKE, atClient, ...text, atServer]))).toBe(4)
  })
  it('makes the divergence once, when it is looked at', () => {
    const { failure } = explained([...HANDSHAKE, '> F. 100 ack=700'])
    expect(failure!.divergence()).toBe(failure!.divergence())
    expect(failure!.divergence()).toMatchObject({
      packet: 4,
      reason: expect.stringContaining('what it can acknowledge is 500'),
    })
  })
  it('an interval too short for any timer: told before what fails later', () => {
    const copies = [0, 1, 1.1].map((s) => `> P. 100:10 ack=500 @${5 + s}`)
    const { failure } = explained([...HANDSHAKE, ...copies, '< . 500 ack=999 @7'])
    expect(failure).toMatchObject({ packet: 6, cut: false })
    expect(failure!.divergence().reason).toContain('a timer backs off')
  })
})

describe('a bound of the search', () => {
  const unsent = [...HANDSHAKE, ...text, '< . 500 ack=5000 @2']
  it('that dropped hypotheses: one of them may explain the packet', () => {
    expect(explained([...HANDSHAKE, '> F. 100 ack=500'], { bounds: { hypotheses: 1 } }).failure).toMatchObject({
      cut: true,
    })
  })
  it('does not excuse an ACK of what was never sent: no stack sends one', () => {
    const { failure } = explained(unsent, { bounds: { hypotheses: 1 } })
    expect(failure).toMatchObject({ packet: 6, cut: false })
    expect(failure!.divergence().reason).toContain('but the client sends nothing beyond 110 in all of the capture')
  })
  it('does, in a capture that says it dropped packets: what is acknowledged may be among them', () => {
    expect(explained(unsent, { bounds: { hypotheses: 1 }, dropped: 1 }).failure).toMatchObject({ cut: true })
  })
})
