import { describe, expect, it } from 'vitest'
import type { AboutConnection, ReplayOptions } from '../options.ts'
import { connectionOf, HANDSHAKE, observed } from '../testing/observed.ts'
import { otherEvidence, seenAtFarTap } from './evidence.ts'
import type { Reading } from './reading.ts'

const packets = observed(...HANDSHAKE)
const reading = (evidence: AboutConnection): Reading => seenAtFarTap({ packets, assumes: [], evidence })
const failure = { packet: 2, divergence: () => ({ packet: 2, reason: 'it cannot', allowed: [] }), cut: false }
const without = (evidence: AboutConnection, options: ReplayOptions = {}) => [
  ...otherEvidence(reading(evidence), { connection: connectionOf(...HANDSHAKE), observed: packets, options }, failure),
]

describe('what another tap has seen', () => {
  it('is told with each packet that it speaks of', () => {
    const { packets: told } = reading({
      beyond: new Map([
        [1, true],
        [2, false],
      ]),
    })
    expect(told.map(({ seenAtFarTap }) => seenAtFarTap)).toEqual([true, false, undefined])
  })
  it('no other tap: the packets as they are', () => expect(reading({}).packets).toBe(packets))
})

describe('without one piece of evidence', () => {
  it('each reading lacks one, and says that the capture contradicts it', () => {
    const beyond = new Map([[1, true]])
    const found = without({ beyond, server: { neverFull: true, sysctls: { tcp_syncookies: 0 } } })
    expect(found.map(({ assumes }) => assumes[0]!.words.split(',')[0])).toEqual([
      'no segment met a full accept queue (ListenOverflows did not move)',
      'the settings say tcp_syncookies = 0',
      'the settings say tcp_syncookies = 0',
      'the other capture shows which packets were lost on the way',
    ])
    expect(found[0]!.assumes).toEqual([
      {
        id: 'evidence',
        packets: [2],
        ceiling: 'diverges',
        words:
          'no segment met a full accept queue (ListenOverflows did not move), but packet 2 is explained by nothing else: it cannot',
      },
    ])
    expect(found.map(({ evidence }) => [evidence.server?.neverFull, evidence.server?.sysctls?.tcp_syncookies])).toEqual(
      [
        [undefined, 0],
        [true, 1],
        [true, 2],
        [true, 0],
      ],
    )
    expect(found.map(({ evidence }) => evidence.beyond)).toEqual([beyond, beyond, beyond, undefined])
  })
  it('without the other tap its packets tell nothing of it', () => {
    expect(without({ beyond: new Map([[1, false]]) })[0]!.packets).toEqual(packets)
  })
  it('a number of retransmissions gives way to the most that it may be', () => {
    const [most, ...more] = without({ client: { sysctls: { tcp_syn_retries: 2 } } })
    expect(more).toEqual([])
    expect(most!.evidence.client!.sysctls!.tcp_syn_retries).toBeGreaterThanOrEqual(127)
  })
  it('a setting that was asked for stands', () => {
    expect(without({ server: { sysctls: { tcp_syncookies: 0 } } }, { sysctls: { tcp_syncookies: 0 } })).toEqual([])
  })
})
