import { expect, it } from 'vitest'
import { firstAtLeast } from './ordered.ts'

it.each([
  [[], 3, 0],
  [[1, 3, 3, 5], 0, 0],
  [[1, 3, 3, 5], 3, 1],
  [[1, 3, 3, 5], 4, 3],
  [[1, 3, 3, 5], 6, 4],
])('in %j the first that is at least %i is at %i', (numbers, least, at) => {
  expect(firstAtLeast(numbers, least)).toBe(at)
})
