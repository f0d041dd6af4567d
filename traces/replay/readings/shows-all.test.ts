import { expect, it } from 'vitest'
import { type Flags, seq } from '../../../model/index.ts'
import type { Observation } from '../packets/observation.ts'
import { showsAll } from './shows-all.ts'

/** `[from, flags, seq, len, ack]` */
type Row = readonly ['client' | 'server', Flags, number, number, number?]

const shows = (...rows: readonly Row[]): boolean =>
  showsAll(
    rows.map(([from, flags, s, len, a], i): Observation => {
      const segment = { flags, seq: seq(s), len, ...(a !== undefined && { ack: seq(a) }) }
      return { packet: i + 1, from, ...segment, segment }
    }),
  )

const HANDSHAKE: readonly Row[] = [
  ['client', 'S', 99, 0],
  ['server', 'S.', 499, 0, 100],
  ['client', '.', 100, 0, 500],
]

it('a capture shows all, if each end goes on where it left off and segments are acknowledged as a whole', () => {
  const text: readonly Row[] = [
    ['client', '.', 100, 10, 500],
    ['client', '.', 110, 10, 500],
    ['client', '.', 100, 10, 500],
    ['server', '.', 500, 0, 120],
    ['server', '.', 500, 0, 110],
    ['client', 'F.', 120, 0, 500],
    ['server', '.', 500, 0, 121],
  ]
  expect(shows(...HANDSHAKE, ...text)).toBe(true)
})

it('it may not, where an end goes on beyond a gap, or what was not shown is acknowledged', () => {
  expect(shows(...HANDSHAKE, ['client', '.', 110, 10, 500])).toBe(false)
  expect(shows(...HANDSHAKE, ['server', '.', 500, 0, 110])).toBe(false)
})

it('it may not, where a number inside a segment is acknowledged: it was sent in pieces', () => {
  expect(shows(...HANDSHAKE, ['client', '.', 100, 10, 500], ['server', '.', 500, 0, 105])).toBe(false)
  const two: readonly Row[] = [
    ['client', '.', 100, 10, 500],
    ['client', '.', 110, 10, 500],
  ]
  expect(shows(...HANDSHAKE, ...two, ['server', '.', 500, 0, 115])).toBe(false)
})
