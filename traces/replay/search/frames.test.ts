import { expect, it } from 'vitest'
import { type Flags, type Seq, seq } from '../../../model/index.ts'
import type { Observation, Side } from '../packets/observation.ts'
import { Frames, renumberObservation } from './frames.ts'

const packet = (from: Side, flags: Flags, first: number, ack?: number, len = 0): Observation => {
  const segment = { flags, seq: seq(first), len, ...(ack !== undefined && { ack: seq(ack) }) }
  return { packet: 1, from, ...segment, segment }
}

const handshake = [packet('client', 'S', 1000), packet('server', 'S.', 5000, 1001), packet('client', '.', 1001, 5001)]
const texts = Array.from({ length: 4 }, (_, i) => packet('client', '.', 1001 + 100 * i, 5001, 100))

it('moves with the greatest number that each end has shown', () => {
  const { own, peer } = new Frames([...handshake, ...texts], 'client')
  expect([...own]).toEqual([0, 1, 1, 1, 101, 201, 301, 401])
  expect([...peer]).toEqual([0, 0, 1, 1, 1, 1, 1, 1])
})

it('text after text is one and the same packet in its frame', () => {
  const steps = [...handshake, ...texts]
  const frames = new Frames(steps, 'client')
  const shown = texts.map((o, i) => renumberObservation(o, frames.into(3 + i), 'client').segment)
  expect(new Set(shown.map((s) => JSON.stringify(s))).size).toBe(1)
})

it('a retransmission, a RST and a forged packet move nothing; another SYN begins anew', () => {
  const steps = [
    ...handshake,
    ...texts,
    texts[0]!,
    packet('client', 'R', 900_000),
    { ...packet('client', '.', 800_000, 5001, 100), forged: true as const },
    packet('client', 'S', 70_000),
  ]
  expect([...new Frames(steps, 'client').own].slice(-5)).toEqual([401, 401, 401, 401, 69_001])
})

it('the RST that answers a segment without ACK stands in no row of numbers', () => {
  const reset = packet('server', 'R.', 0, 1001)
  const { segment } = renumberObservation(reset, { own: -7, peer: -11 }, 'server')
  expect(segment).toEqual({ flags: 'R.', seq: 0 as Seq, len: 0, ack: seq(990) })
})
