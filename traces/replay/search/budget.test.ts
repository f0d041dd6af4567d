import { expect, it } from 'vitest'
import { Budget } from './budget.ts'

it('so many hypotheses may be looked at, or as many as fit into the memory', () => {
  const budget = new Budget({ hypotheses: 10 })
  budget.spend(10)
  expect([budget.isSpent, budget.met]).toEqual([false, undefined])
  budget.spend(1)
  expect([budget.isSpent, budget.met]).toEqual([true, 'memory'])
  const small = new Budget({ memory: 12_000 })
  small.spend(10)
  expect(small.isSpent).toBe(false)
  small.spend(1)
  expect(small.met).toBe('memory')
})

it('and no longer than the time given', () => {
  const budget = new Budget({ seconds: 0 })
  const until = performance.now() + 1
  while (performance.now() < until);
  budget.spend(1)
  expect(budget.met).toBe('time')
})

it('the bound that was met first is told', () => {
  const budget = new Budget({ hypotheses: 1, seconds: 0 })
  budget.spend(2)
  budget.spend(2)
  expect(budget.met).toBe('memory')
})
