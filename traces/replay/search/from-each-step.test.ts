import { expect, it } from 'vitest'
import { type Seq, seq } from '../../../model/index.ts'
import { leastFrom, nextOf } from './from-each-step.ts'

it('the least number from each step on, and none after the last', () => {
  const numbers: (Seq | undefined)[] = [seq(5), undefined, seq(3), seq(9)]
  expect(leastFrom(numbers)).toEqual([3, 3, 3, 9, undefined])
})
it('numbers wrap: the one before 0 is less than 0', () => {
  expect(leastFrom([seq(0), seq(2 ** 32 - 1), seq(7)])).toEqual([2 ** 32 - 1, 2 ** 32 - 1, 7, undefined])
})
it('the next that is such, itself included; beyond all indices where none is', () => {
  expect([...nextOf([1, 4, 2, 6, 3], (n) => n % 2 === 0)]).toEqual([1, 1, 2, 3, 0x7fff_ffff, 0x7fff_ffff])
})
