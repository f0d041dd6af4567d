import { describe, expect, it } from 'vitest'
import { add, type Flags, type Seq, seq } from '../../../model/index.ts'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { analysed } from './analysis.ts'
import { type Observation, observationsOf } from './observation.ts'
import type { Side } from './side.ts'

const sent = (from: Side, flags: Flags, number: number, len = 0, ack = 1): Observation => {
  const segment = { flags, seq: seq(number), len, ack: seq(ack) }
  return { packet: 0, from, ...segment, segment }
}
const opening = [sent('client', 'S', 0), sent('server', 'S.', 0), sent('client', '.', 1)]
const text = (number: number, len = 10): Observation => sent('client', '.', number, len)
const heard = (ack: number): Observation => sent('server', '.', 1, 0, ack)
const last = (...packets: readonly Observation[]) => analysed([...opening, ...packets]).at(-1)!.analysis

describe('a retransmission', () => {
  it('the other end was heard since: elicited', () => {
    expect(last(text(1), text(11), heard(1), text(1))).toEqual({ elicited: true })
  })
  it('the other end was not heard since: the timer', () => {
    expect(last(text(1), text(11), text(1))).toBeUndefined()
    expect(last(text(1), heard(1), text(1), text(1))).toBeUndefined()
  })
  it('of other text than what was sent since: elicited', () => {
    expect(last(text(1), text(11), heard(1), text(11), text(1))).toEqual({ elicited: true })
    expect(last(text(1), text(11), heard(1), text(5), text(1))).toBeUndefined()
  })
  it('a SYN+ACK that comes again asks for nothing', () => {
    expect(last(text(1), sent('server', 'S.', 0), text(1))).toBeUndefined()
  })
  it('of the octet that was acknowledged last: a keepalive', () => {
    expect(last(text(1), heard(11), text(10, 1))).toEqual({ elicited: true, keepAlive: true })
    expect(last(text(1), heard(5), text(10, 1))).toEqual({ elicited: true })
  })
})

describe('text beyond a gap', () => {
  it('nothing acknowledges what is between: lost without a trace', () => {
    expect(last(text(1), text(21))).toEqual({ gapFrom: 11 })
  })
  it('shown later: it may have been sent before', () => {
    const found = analysed([...opening, text(1), text(21), text(11), heard(31)])
    expect(found.map(({ analysis }) => analysis?.gapFrom)).toEqual([...Array(4), 1, undefined, undefined])
  })
  it('numbers wrap around', () => {
    const near: Seq = add(seq(0), -5)
    const begin = [sent('client', 'S', near - 1 + 0), sent('server', 'S.', 0)]
    expect(analysed([...begin, text(near), heard(5), text(near)]).at(-1)!.analysis).toEqual({ elicited: true })
  })
})

it('a SYN with the number of one before is a retransmission', () => {
  const found = analysed([sent('client', 'S', 7), sent('client', 'S', 7), sent('client', 'S', 8)])
  expect(found.map(({ analysis }) => analysis)).toEqual([undefined, { synRetransmission: true }, undefined])
})

it('a forged packet is none of the end, but counts as heard', () => {
  const forged = { ...heard(1), forged: true as const }
  expect(last(text(1), forged, text(1))).toEqual({ elicited: true })
  expect(last({ ...text(500), forged: true })).toBeUndefined()
})

it('what the wire shows: zero window, and the update that opens it', () => {
  const [connection] = openCapture(corpusFile('transfer/zero-window-opens-server.pcap')).connections
  const found = observationsOf(connection!)
  const shut = found.findIndex(({ analysis }) => analysis?.zeroWindow)
  const opens = found.findIndex(({ analysis }, i) => i > shut && analysis?.windowUpdate && !analysis.zeroWindow)
  expect(shut).toBeGreaterThan(0)
  expect(found[opens]).toMatchObject({ from: found[shut]!.from, flags: '.', len: 0, ack: found[shut]!.ack })
})
