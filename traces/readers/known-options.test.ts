import { expect, test } from 'vitest'
import { seq } from '../../model/sequence.ts'
import type { TcpOptions } from '../capture.ts'
import { KnownOptions } from './known-options.ts'

const timestamp = { value: 7, echo: 0 }
const different: readonly TcpOptions[] = [
  { mss: 1460 },
  { mss: 0 },
  { windowScale: 0 },
  { mss: 1460, windowScale: 7 },
  { mss: 1460, windowScale: 7, sackPermitted: true },
  { mss: 1460, windowScale: 7, sackPermitted: true, timestamp },
  { mss: 1461, timestamp },
]

test('options that differ in anything but the timestamp are of different kinds, and are given back', () => {
  const known = new KnownOptions()
  const numbers = different.map((options) => known.number(options))
  expect(new Set(numbers).size).toBe(different.length)
  expect(different.map((options) => known.number({ ...options }))).toEqual(numbers)
  expect(numbers.map((n) => known.with(n, timestamp.value, timestamp.echo))).toEqual(different)
})

test('those with another timestamp are of one kind, and each is given back its own', () => {
  const known = new KnownOptions()
  const number = known.number({ mss: 1460, timestamp })
  expect(known.number({ mss: 1460, timestamp: { value: 9, echo: 3 } })).toBe(number)
  expect(known.with(number, 9, 3)).toEqual({ mss: 1460, timestamp: { value: 9, echo: 3 } })
})

test('SACK blocks, and a timestamp of which only the echo is known, are kept as they are', () => {
  const known = new KnownOptions()
  expect(known.number({ sack: [[seq(1), seq(2)]] })).toBe(0)
  expect(known.number({ timestamp: { echo: 3 } })).toBe(0)
})
