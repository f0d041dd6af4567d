import { describe, expect, it } from 'vitest'
import type { Connection, Packet } from '../../capture.ts'
import { openCapture } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import type { ReplayOptions } from '../options.ts'
import { observationsOf } from '../packets/observation.ts'
import { type Captured, completed, type Failure, plainReading, readingsAfter } from './index.ts'

const [connection] = openCapture(corpusFile('01-normal/capture.pcap')).connections as [Connection]
const capturedOf = (c: Connection, options: ReplayOptions = {}): Captured => ({
  connection: c,
  observed: observationsOf(c),
  options,
})
const of = (change: (packets: readonly Packet[]) => readonly Packet[]): Captured =>
  capturedOf({ ...connection, packets: change(connection.packets) })
const ids = ({ assumes }: ReturnType<typeof plainReading>): string[] => assumes.map(({ id }) => id)
const all = (captured: Captured) => completed(plainReading(captured), captured)
const failure: Failure = { packet: 4, divergence: () => ({ packet: 4, reason: 'it fails', allowed: [] }), cut: false }

describe('a capture that shows everything, and nothing else', () => {
  const captured = capturedOf(connection)
  it('has one reading, which assumes nothing', () => {
    expect(all(captured).map(ids)).toEqual([[]])
    expect(all(captured)[0]!.packets).toEqual(captured.observed)
  })
  it('has no other after a divergence', () => {
    expect([...readingsAfter(plainReading(captured), captured, failure)]).toEqual([])
  })
})

it('a clock that was set: the packets get their times, and each step is assumed', () => {
  const captured = of((packets) => packets.map((p, i) => (i < 4 ? p : { ...p, time: p.time! - 3600 })))
  const reading = plainReading(captured)
  expect(ids(reading)).toEqual(['clock-step'])
  expect(reading.clockAhead).toBeCloseTo(-3600, 0)
  expect(reading.packets.every((o, i) => i === 0 || o.time! >= reading.packets[i - 1]!.time!)).toBe(true)
})

it('the beginning is missing: histories, each before the same packets; several, where FINs may have been before', () => {
  const captured = of((packets) => packets.slice(-1))
  const found = all(captured)
  expect(found.length).toBeGreaterThan(1)
  for (const reading of found) {
    expect(ids(reading)).toEqual(['midstream'])
    expect(reading.packets.filter(({ inferred }) => !inferred).map(({ packet }) => packet)).toEqual(
      captured.observed.map(({ packet }) => packet),
    )
  }
})

it('one direction: what must have come is inferred, and nothing is better than inconclusive', () => {
  const captured = of((packets) => packets.filter(({ source }) => source.port === connection.server.port))
  for (const reading of all(captured)) {
    expect(reading.silent).toBe('client')
    expect(reading.assumes.find(({ id }) => id === 'one-direction')).toMatchObject({ ceiling: 'inconclusive' })
    expect(reading.packets.some(({ inferred, from }) => inferred && from === 'client')).toBe(true)
  }
})

describe('after a divergence', () => {
  it('a packet that others prove is missing: two readings with it, whatever the last of the text was', () => {
    const at = connection.packets.findIndex(({ length }) => length > 0)
    const captured = of((packets) => packets.toSpliced(at, 1))
    const found = [...readingsAfter(plainReading(captured), captured, failure)]
    expect(found.map(ids)).toEqual([['not-captured'], ['not-captured']])
    expect(found[0]!.packets.length).toBe(captured.observed.length + 1)
    expect(found[0]!.assumes[0]!.ceiling).toBe('diverges')
  })
  it('and the capture says that it dropped as many: it may be so', () => {
    const at = connection.packets.findIndex(({ length }) => length > 0)
    const c = { ...connection, packets: connection.packets.toSpliced(at, 1) }
    const captured = capturedOf(c, { dropped: 1 })
    const [first] = readingsAfter(plainReading(captured), captured, failure)
    expect(first!.assumes[0]).toMatchObject({ id: 'not-captured', ceiling: 'inconclusive' })
  })
  it('evidence comes first: each piece is set aside by itself', () => {
    const about = { server: { neverFull: true as const, sysctls: { tcp_abort_on_overflow: 0 } } }
    const captured = capturedOf(connection, { about })
    const found = [...readingsAfter(plainReading(captured), captured, failure)]
    expect(found.map(ids)).toEqual([['evidence'], ['evidence']])
    expect(found.map(({ evidence }) => evidence.server)).toEqual([
      { sysctls: { tcp_abort_on_overflow: 0 } },
      { neverFull: true, sysctls: { tcp_abort_on_overflow: 1 } },
    ])
    expect(found[0]!.assumes[0]!.words).toMatch(/, but packet 4 is explained by nothing else: it fails$/)
  })
  it('what was seen at the other tap is set aside with all its marks', () => {
    const captured = capturedOf(connection, { about: { beyond: new Map([[3, false]]) } })
    const plain = plainReading(captured)
    expect(plain.packets[2]).toMatchObject({ packet: 3, seenAtFarTap: false })
    const [other] = readingsAfter(plain, captured, failure)
    expect(other!.packets[2]).not.toHaveProperty('seenAtFarTap')
  })
})
