import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { Levels } from './levels.ts'
import { pack, unpack } from './packed.ts'

const size = fc.constantFrom(2 ** 20, 2 ** 40)

describe('levels', () => {
  test.prop([fc.array(fc.uniqueArray(fc.nat(2 ** 20 - 1), { minLength: 1, maxLength: 50 }), { maxLength: 6 }), size])(
    'give back what was appended, level by level, in ascending order',
    (given, indices) => {
      const levels = new Levels(indices)
      for (const states of given) {
        levels.append(Float64Array.from(states), states.length)
        levels.close()
      }
      given.forEach((states, level) => {
        const { from, to } = levels.range(level)
        const into = new Float64Array(100)
        const read = levels.read(from, to - from, into)
        expect([...into.subarray(0, read)]).toEqual(states.toSorted((a, b) => a - b))
      })
    },
  )

  test('more than one run', () => {
    const levels = new Levels(2 ** 20)
    const states = Float64Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 1_000_003)
    levels.append(states, states.length)
    levels.close()
    levels.append(Float64Array.of(5), 1)
    levels.close()
    const found = new Set<number>()
    const into = new Float64Array(1000)
    for (let at = 0; at < 300_000; ) {
      const read = levels.read(at, 1000, into)
      for (const state of into.subarray(0, read)) found.add(state)
      at += read
    }
    expect(found).toEqual(new Set(states))
    expect(levels.read(300_000, 10, into)).toBe(1)
  })
})

test.prop([fc.uniqueArray(fc.nat(2 ** 31))])('packed numbers come back', (numbers) => {
  const sorted = Float64Array.from(numbers, (n) => n * 1000).sort()
  const into = new Float64Array(sorted.length)
  unpack(pack(sorted), into)
  expect(into).toEqual(sorted)
})
