import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { CheckerFault } from '../faults.ts'
import type { VisitedName } from '../report.ts'
import { Bitset } from './bitset.ts'
import { chooseVisited, makeVisited } from './visited.ts'

const names: readonly VisitedName[] = ['bitset', 'paged bitset', 'hash table']
const batches = fc.array(fc.array(fc.nat(5000), { maxLength: 200 }), { maxLength: 8 })

describe.each(names)('%s', (name) => {
  test.prop([batches, fc.constantFrom(1, 800_000)])('is a set', (given, spread) => {
    const visited = makeVisited(name, 5001 * spread)
    const known = new Set<number>()
    for (const batch of given) {
      const candidates = Float64Array.from(batch, (index) => index * spread)
      const fresh = new Float64Array(candidates.length)
      const found = visited.addAll(candidates, candidates.length, fresh)
      const expected = [...new Set(candidates)].filter((index) => !known.has(index))
      expect([...fresh.subarray(0, found)]).toEqual(expected)
      for (const index of expected) known.add(index)
      expect(visited.count).toBe(known.size)
    }
    for (const index of known) expect(visited.has(index)).toBe(true)
    for (const index of [1, 17, 4999]) expect(visited.has(index * spread)).toBe(known.has(index * spread))
  })
})

test('indices beyond 2^32 and near 2^53 are kept apart', () => {
  const visited = makeVisited('hash table', 2 ** 53)
  const indices = Float64Array.of(1, 2 ** 32 + 1, 2 ** 33 + 1, 2 ** 53 - 2, 2 ** 53 - 3)
  expect(visited.addAll(indices, 5, new Float64Array(5))).toBe(5)
  expect(visited.addAll(indices, 5, new Float64Array(5))).toBe(0)
})

test('a bitset refuses more than it can hold', () => {
  expect(() => new Bitset(2 ** 33)).toThrow(CheckerFault)
})

test.each([
  { size: 2 ** 30, memory: 2 ** 32, name: 'bitset' },
  { size: 2 ** 34, memory: 2 ** 32, name: 'paged bitset' },
  { size: 2 ** 30, memory: 2 ** 20, name: 'hash table' },
  { size: 2 ** 50, memory: 2 ** 32, name: 'hash table' },
])('an index of $size in $memory bytes: $name', ({ size, memory, name }) => {
  expect(chooseVisited(size, memory)).toBe(name)
})
