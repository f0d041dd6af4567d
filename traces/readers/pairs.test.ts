import { expect, test } from 'vitest'
import { Pairs } from './pairs.ts'

test('pairs are numbered in the order in which they come, in either order the same, however many', () => {
  const pairs = new Pairs()
  const many = Array.from({ length: 20_000 }, (_, i): [number, number] => [i, i % 7 === 0 ? 20_000 : i * 3 + 1])
  expect(many.map(([a, b]) => pairs.number(a, b))).toEqual(many.map((_, i) => i))
  expect(many.map(([a, b]) => pairs.number(b, a))).toEqual(many.map((_, i) => i))
  expect(pairs.length).toBe(many.length)
})

test('an end may be paired with itself, and with the greatest number', () => {
  const pairs = new Pairs()
  expect([pairs.number(5, 5), pairs.number(0, 2 ** 32 - 1), pairs.number(5, 5)]).toEqual([0, 1, 0])
})
