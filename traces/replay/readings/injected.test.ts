import { describe, expect, it } from 'vitest'
import { add } from '../../../model/index.ts'
import type { Connection } from '../../capture.ts'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { type Observation, observationsOf } from '../packets/observation.ts'
import { type Injected, markInjected } from './injected.ts'

const [connection] = openCapture(corpusFile('01-normal/capture.pcap')).connections as [Connection]
const observed = observationsOf(connection)
const third = observed[2]!
const like: Injected = {
  time: third.time!,
  source: Number(connection.client.port),
  destination: Number(connection.server.port),
  flags: third.flags,
  seq: third.seq!,
  len: third.len,
}
const marked = (...forged: readonly Injected[]) => markedIn(observed, ...forged)
const markedIn = (observed: readonly Observation[], ...forged: readonly Injected[]) => {
  const captured = { connection, observed, options: { forged } }
  const { packets, assumes } = markInjected({ packets: observed, assumes: [], evidence: {} }, captured)
  return { marked: packets.flatMap((o) => (o.forged ? [o.packet] : [])), assumes: assumes.map(({ id }) => id) }
}

describe('a packet that was injected', () => {
  it('is marked, and the reading says so', () => {
    expect(marked(like)).toEqual({ marked: [third.packet], assumes: ['injected'] })
  })
  it('marks one packet, however many look like it', () => {
    expect(marked(like, like).marked).toHaveLength(1)
  })
  it('is the one that acknowledges the same, if it tells', () => {
    expect(marked({ ...like, ack: third.ack! }).marked).toEqual([third.packet])
    expect(marked({ ...like, ack: add(third.ack!, 1) }).marked).toEqual([])
  })
  it('is the next one that comes after its time, or the last before, where none does', () => {
    const twice = observed.flatMap((o) => (o === third ? [o, { ...o, packet: 99, time: o.time! + 0.2 }] : [o]))
    const at = (time: number) => markedIn(twice, { ...like, time: like.time + time }).marked
    expect([at(0), at(0.1), at(0.3), at(0.8)]).toEqual([[third.packet], [99], [99], []])
  })
  it.each<[string, Partial<Injected>]>([
    ['of another time', { time: like.time + 1 }],
    ['of other ports', { source: 1, destination: 2 }],
    ['of the other direction', { source: like.destination, destination: like.source }],
    ['of another address', { from: '192.0.2.1' }],
    ['with other flags', { flags: 'R' }],
    ['with another length', { len: like.len + 1 }],
  ])('%s: marks nothing', (_, other) => {
    expect(marked({ ...like, ...other })).toEqual({ marked: [], assumes: [] })
  })
})
