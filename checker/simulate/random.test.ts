import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { Random } from './random.ts'

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const first = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.next())

describe('numbers from a seed', () => {
  test.prop([seed, fc.nat(1000)])('are the same each time, and others for another stream', (seed, stream) => {
    expect(first(new Random(seed, stream), 8)).toEqual(first(new Random(seed, stream), 8))
    expect(first(new Random(seed, stream), 8)).not.toEqual(first(new Random(seed, stream + 1), 8))
    expect(first(new Random(seed, stream), 8)).not.toEqual(first(new Random(seed ^ 1, stream), 8))
  })

  test.prop([seed, fc.integer({ min: 1, max: 1000 })])('stay below the limit', (seed, limit) => {
    const random = new Random(seed)
    for (let i = 0; i < 100; i++) {
      const drawn = random.below(limit)
      expect(drawn).toBeGreaterThanOrEqual(0)
      expect(drawn).toBeLessThan(limit)
    }
  })

  test('each number comes about as often as the others, in each bit and over neighbouring streams', () => {
    const counts = new Array(7).fill(0)
    let ones = 0
    for (let stream = 0; stream < 700; stream++) {
      const random = new Random(1, stream)
      for (let i = 0; i < 100; i++) counts[random.below(7)]++
      ones += random.next() & 1
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
    expect(Math.abs(ones - 350)).toBeLessThan(80)
  })
})
