/** Equal sets of hypotheses are one state, in the order in which they were met first. */
import { expect, it } from 'vitest'
import type { Hypothesis } from '../actors/hypothesis.ts'
import { States } from './states.ts'
import type { Believed } from './transition.ts'

const believed = (end: string, cost: number, isHeld = true): Believed<string> => {
  const h: Hypothesis<string> = { end, unseen: [], late: [], due: [], stray: [], copies: 0 }
  return { h, cost, isHeld, isFollowed: isHeld }
}
const keyOf = ({ end }: Hypothesis<string>): string => end

it('is found again in another order, and tells the place of each member there', () => {
  const states = new States<string>()
  const [a, b, c] = [believed('a', 1), believed('b', 0), believed('c', 2)]
  const first = states.state([c, a, b], keyOf)
  const again = states.state([a, b, c], keyOf)
  expect(again.state).toBe(first.state)
  expect(again.order.map((i) => [a, b, c][i]!.h.end)).toEqual(['c', 'a', 'b'])
  expect(first.order).toEqual([0, 1, 2])
})

it('is another where a member costs more, or only leads to others', () => {
  const states = new States<string>()
  const one = states.state([believed('a', 0)], keyOf)
  expect(states.state([believed('a', 1)], keyOf).state.id).not.toBe(one.state.id)
  expect(states.state([believed('a', 0, false)], keyOf).state.id).not.toBe(one.state.id)
})

it('keeps apart members that are alike', () => {
  const states = new States<string>()
  const twice = states.state([believed('a', 0), believed('a', 0)], keyOf)
  expect(twice.state.all).toHaveLength(2)
  expect(states.state([believed('a', 0)], keyOf).state).not.toBe(twice.state)
})
