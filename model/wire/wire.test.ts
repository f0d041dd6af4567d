/** What the wire may do: hold, delay, drop, and spend its budget. */
import { describe, expect, test } from 'vitest'
import { ours, peer } from '../testing/segments.ts'
import { spend } from './budget.ts'
import { age, type Channel, choices, put, without } from './channel.ts'

const [a, b, c] = [peer('.', { seq: 1 }), peer('.', { seq: 2 }), peer('.', { seq: 3 })] as const
const safe = { ...ours('.'), safe: true as const }
const at = (...segments: Parameters<typeof put>[1]): Channel => put([], segments, 9)

describe('put', () => {
  test('appends in order, new', () => {
    expect(put(at(a), [b, c], 3)).toEqual([a, b, c].map((segment) => ({ segment, age: 0 })))
  })

  test('what finds no room is dropped', () => expect(put(at(a), [b, c], 2)).toEqual(at(a, b)))

  test('a safe segment displaces the newest that is not', () => {
    expect(put(at(a, b), [safe], 2)).toEqual(at(a, safe))
    expect(put(at(safe), [{ ...safe, len: 1 }], 1)).toEqual(at(safe))
  })
})

describe('choices', () => {
  test('every distinct segment once', () => expect(choices(at(a, b, a))).toEqual([0, 1]))
  test('equal segments of unequal age are distinct', () => {
    expect(choices([...age(at(a), 9, 'may die')!, ...at(a)])).toEqual([0, 1])
  })
  test('without takes one out', () => expect(without(at(a, b, c), 1)).toEqual(at(a, c)))
})

describe('age', () => {
  const old = age(at(a), 2, 'delivered in time')!

  test('a segment lives while its age is below MSL', () => {
    expect(old).toEqual([{ segment: a, age: 1 }])
    expect(age(old, 2, 'may die')).toEqual([])
  })

  test('where segments are delivered in time, time waits', () =>
    expect(age(old, 2, 'delivered in time')).toBeUndefined())

  test('a safe segment does not die', () => expect(age(age(at(safe), 2, 'may die')!, 2, 'may die')).toBeUndefined())

  test('an empty channel ages', () => expect(age([], 2, 'delivered in time')).toEqual([]))
})

describe('spend', () => {
  const budget = { loss: 1, duplication: 0, reordering: 'free', forgery: 0 } as const

  test('takes one', () => expect(spend(budget, 'loss')).toEqual({ ...budget, loss: 0 }))
  test('nothing is left', () => expect(spend(budget, 'duplication')).toBeUndefined())
  test('what is free costs nothing', () => expect(spend(budget, 'reordering')).toBe(budget))
})
