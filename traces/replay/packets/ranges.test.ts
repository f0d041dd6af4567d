import { expect, it } from 'vitest'
import { add, type Seq, seq } from '../../../model/index.ts'
import { Ranges } from './ranges.ts'

const at = (n: number): Seq => add(seq(0), n)
const of = (...ranges: readonly (readonly [number, number])[]): Ranges => {
  const found = new Ranges()
  for (const [from, to] of ranges) found.add(at(from), at(to))
  return found
}

it.each<[ranges: [number, number][], asked: [number, number], overlaps: boolean]>([
  [[], [1, 2], false],
  [[[10, 20]], [0, 10], false],
  [[[10, 20]], [20, 30], false],
  [[[10, 20]], [19, 30], true],
  [[[10, 20]], [0, 11], true],
  [
    [
      [10, 20],
      [30, 40],
    ],
    [20, 30],
    false,
  ],
  [
    [
      [10, 20],
      [30, 40],
    ],
    [15, 16],
    true,
  ],
  [
    [
      [30, 40],
      [10, 20],
      [20, 30],
    ],
    [5, 11],
    true,
  ],
  [[[10, 10]], [5, 15], true],
  [[[10, 10]], [10, 15], false],
  [[[-5, 5]], [-10, -4], true],
  [[[-5, 5]], [5, 10], false],
])('%j: %j overlaps: %j', (ranges, asked, overlaps) => {
  expect(of(...ranges).overlaps(at(asked[0]), at(asked[1]))).toBe(overlaps)
})

it('cleared: none', () => {
  const ranges = of([1, 9])
  ranges.clear()
  expect(ranges.overlaps(at(1), at(9))).toBe(false)
})
