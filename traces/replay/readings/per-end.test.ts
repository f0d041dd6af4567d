import { describe, expect, it } from 'vitest'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { type Observation, observationsOf } from '../packets/observation.ts'
import { perEnd } from './per-end.ts'

const observed = observationsOf(openCapture(corpusFile('01-normal/capture.pcap')).connections[0]!)

it('nothing old, nothing split: both ends are held against the packets as they are', () => {
  const found = perEnd(observed)
  expect([found.forClient, found.forServer]).toEqual([observed, observed])
  expect([found.clocked, found.assumes]).toEqual([false, []])
})

describe('a segment whose timestamp is seconds behind', () => {
  const at = observed.findLastIndex(({ from, len }) => from === 'client' && len > 0)
  const old = observed.map((o, i): Observation => (i === at ? { ...o, clock: o.clock! - 10_000 } : o))
  const found = perEnd(old)
  it('is an old duplicate: its end has not sent it now', () => {
    expect(found.assumes).toMatchObject([{ id: 'old-duplicate', packets: [old[at]!.packet], ceiling: 'conforms' }])
    expect(found.forClient.flatMap(({ forged, packet }) => (forged ? [packet] : []))).toEqual([old[at]!.packet])
  })
  it('makes timestamps matter to both ends', () => {
    expect(found.clocked).toBe(true)
    expect(found.forServer[at]!.segment.options?.timestamp?.val).toBe(old[at]!.clock)
  })
})

it('a SYN+ACK in two packets: one for the server, as captured for the client', () => {
  const [syn, synAck, ...others] = observed as [Observation, Observation, ...Observation[]]
  const half = (flags: '.' | 'S'): Observation => {
    const { ack, ...bare } = { ...synAck, flags, segment: { ...synAck.segment, flags } }
    return flags === 'S' ? bare : { ...bare, ack: ack! }
  }
  const found = perEnd([syn, half('.'), half('S'), ...others])
  expect(found.assumes).toMatchObject([{ id: 'split-syn-ack' }])
  expect(found.forClient.slice(1, 3).map(({ flags }) => flags)).toEqual(['.', 'S'])
  expect(found.forServer.slice(1, 3)).toMatchObject([{ forged: true }, { flags: 'S.', ack: synAck.ack }])
})
