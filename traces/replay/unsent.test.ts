import { describe, expect, it } from 'vitest'
import { add } from '../../model/index.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { type Observation, observationsOf } from './packets/observation.ts'
import { replayConnection } from './replay.ts'
import { acknowledgesUnsent, answersNoSyn } from './unsent.ts'

const observed = (name: string): Observation[] => observationsOf(openCapture(corpusFile(name)).connections[0]!)
const bulk = observed('transfer/bulk-no-sack-client.pcap')
const at = bulk.findIndex((o, i) => i > 50 && o.from === 'server' && o.flags === '.')
const altered = bulk.map((o, i) => (i === at ? { ...o, ack: add(o.ack!, 2 ** 24) } : o))

describe('an ACK of what was never sent', () => {
  it('is told with its packet', () => {
    expect(acknowledgesUnsent(bulk)).toBeUndefined()
    expect(acknowledgesUnsent(altered)).toMatchObject({
      packet: bulk[at]!.packet,
      reason: expect.stringMatching(
        /^the server sends \[\.\] .* but the client sends nothing beyond \d+ in all of the capture$/,
      ),
    })
  })
  it('is not told of what comes later, overtaken on the way', () => {
    const last = bulk.findLastIndex((o) => o.from === 'client' && o.len > 0)
    const early = bulk.map((o, i) => (i === at ? { ...o, ack: add(bulk[last]!.seq!, bulk[last]!.len) } : o))
    expect(acknowledgesUnsent(early)).toBeUndefined()
  })
  it('is not told where the capture begins in the middle, of one direction, or where an end opens twice', () => {
    expect(acknowledgesUnsent(altered.filter(({ flags }) => !flags.includes('S')))).toBeUndefined()
    expect(acknowledgesUnsent(altered.filter(({ flags }) => flags !== 'S'))).toBeUndefined()
    expect(acknowledgesUnsent(altered.filter(({ from }) => from === 'server'))).toBeUndefined()
    const again = { ...bulk[0]!, seq: add(bulk[0]!.seq!, 99) }
    expect(acknowledgesUnsent([...altered, again])).toBeUndefined()
  })
  it('nor where a SYN is only inferred', () => {
    const inferred = altered.map((o) => (o.flags === 'S' ? { ...o, inferred: true as const } : o))
    expect(acknowledgesUnsent(inferred)).toBeUndefined()
  })
  it('nor of what the capture missed, once that is inferred', () => {
    const missed = {
      ...bulk.find((o) => o.from === 'client' && o.len > 0)!,
      seq: add(altered[at]!.ack!, -1448),
      len: 1448,
    }
    const segment = { ...missed.segment, seq: missed.seq, len: missed.len }
    expect(acknowledgesUnsent(altered.toSpliced(at, 0, { ...missed, segment, inferred: true }))).toBeUndefined()
  })
  it('nor of a RST, nor of a forged packet', () => {
    const with_ = (change: Partial<Observation>) => altered.map((o, i) => (i === at ? { ...o, ...change } : o))
    expect(acknowledgesUnsent(with_({ flags: 'R.' }))).toBeUndefined()
    expect(acknowledgesUnsent(with_({ forged: true }))).toBeUndefined()
  })
})

describe('a SYN+ACK of what was no SYN', () => {
  const flags = 'S.' as const
  const answering = bulk.map((o, i) => (i === at ? { ...o, flags, segment: { ...o.segment, flags } } : o))
  it('is told with its packet', () => {
    expect(answersNoSyn(bulk)).toBeUndefined()
    expect(answersNoSyn(answering)).toMatchObject({
      packet: bulk[at]!.packet,
      reason: expect.stringMatching(/^the server sends \[S\.\] .* but no SYN of the client has the number before$/),
    })
  })
  it('is not told where the SYN may be among what the capture does not show', () => {
    expect(answersNoSyn(answering.slice(1))).toBeUndefined()
    expect(answersNoSyn([{ ...answering[0]!, inferred: true }, ...answering.slice(1)])).toBeUndefined()
    const { seq: _, ...unnumbered } = answering[0]!
    expect(answersNoSyn([answering[0]!, unnumbered, ...answering.slice(1)])).toBeUndefined()
  })
  it('is not told of one that acknowledges text of the SYN, too: RFC 7413', () => {
    const [syn, synAck, ...others] = bulk
    const fast = [{ ...syn!, len: 9 }, { ...synAck!, ack: add(synAck!.ack!, 9) }, ...others]
    expect(answersNoSyn(fast)).toBeUndefined()
    expect(answersNoSyn([{ ...syn!, len: 8 }, ...fast.slice(1)])).toBeDefined()
  })
  it('makes a capture of bulk text diverge, where a search alone would give up', () => {
    const capture = openCapture(corpusFile('transfer/bulk-no-sack-client.pcap'))
    const [c] = capture.connections
    const packets = c!.packets.map((p, i) => (i === at ? { ...p, flags: 'S.' } : p))
    const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
    const { connection } = replayConnection({ ...c!, packets }, kernels)
    expect(connection).toMatchObject({ verdict: 'diverges', divergence: { packet: packets[at]!.number } })
  })
})
