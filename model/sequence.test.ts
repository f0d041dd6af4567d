import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { acknowledges, add, distance, inWindow, before as isBefore, later, notAfter, seq } from './sequence.ts'

const CIRCLE = 2 ** 32
const HALF = 2 ** 31
const anySeq = fc
  .oneof(
    fc.integer({ min: 0, max: CIRCLE - 1 }),
    fc.integer({ min: -3, max: 3 }), // around the wrap
    fc.integer({ min: HALF - 3, max: HALF + 3 }), // around the far side
  )
  .map(seq)
const shift = fc.integer({ min: -CIRCLE, max: CIRCLE })
/** Less than half the circle. */
const short = fc.integer({ min: 0, max: HALF - 1 })

describe('the order on the circle', () => {
  test.prop([anySeq, anySeq])('is antisymmetric', (a, b) => {
    expect(isBefore(a, b) && isBefore(b, a)).toBe(false)
    if (notAfter(a, b) && notAfter(b, a)) expect(a).toBe(b)
  })

  test.prop([anySeq, anySeq])('is total but for numbers exactly half the circle apart', (a, b) => {
    expect(isBefore(a, b) || isBefore(b, a) || a === b).toBe(Math.abs(a - b) !== HALF)
  })

  test.prop([anySeq, anySeq, shift])('does not change under translation', (a, b, by) => {
    expect(isBefore(add(a, by), add(b, by))).toBe(isBefore(a, b))
    expect(distance(add(a, by), add(b, by))).toBe(distance(a, b))
  })

  test.prop([anySeq, short, short])('is transitive within half the circle', (a, m, n) => {
    fc.pre(m > 0 && n > 0 && m + n < HALF)
    expect(isBefore(a, add(a, m)) && isBefore(add(a, m), add(a, m + n)) && isBefore(a, add(a, m + n))).toBe(true)
  })

  test('crosses the wrap: the last number is before 0', () => {
    expect(isBefore(seq(-1), seq(0))).toBe(true)
    expect(isBefore(seq(0), seq(-1))).toBe(false)
    expect(later(seq(-1), seq(0))).toBe(0)
  })
})

describe('add and distance', () => {
  test.prop([anySeq, anySeq])('are inverse: the way from a to b leads from a to b', (a, b) => {
    expect(add(a, distance(a, b))).toBe(b)
  })

  test.prop([anySeq, short])('are inverse: a way of n is n long', (a, n) => {
    expect(distance(a, add(a, n))).toBe(n)
    expect(distance(add(a, n), a)).toBe(n === 0 ? 0 : -n)
  })

  test.prop([fc.maxSafeInteger().filter((n) => Math.abs(n) < 2 ** 50)])(
    'seq: stays in [0, 2³²) and is congruent',
    (n) => {
      expect(seq(n)).toBeGreaterThanOrEqual(0)
      expect(seq(n)).toBeLessThan(CIRCLE)
      expect(Math.abs((n - seq(n)) % CIRCLE)).toBe(0)
    },
  )

  test.prop([anySeq, anySeq])('later: one of the two, and not before the other', (a, b) => {
    expect([a, b]).toContain(later(a, b))
    expect(isBefore(later(a, b), a) || isBefore(later(a, b), b)).toBe(false)
  })
})

describe('windows', () => {
  test('inWindow: a window across the wrap holds both sides and neither edge beyond', () => {
    const from = seq(-2)
    const members = [-3, -2, -1, 0, 1, 2].filter((n) => inWindow(seq(n), from, 4))
    expect(members).toEqual([-2, -1, 0, 1])
  })

  test.prop([anySeq, fc.integer({ min: 0, max: 2 ** 20 }), short])(
    'inWindow: exactly the numbers less than `size` ahead',
    (from, size, n) => {
      expect(inWindow(add(from, n), from, size)).toBe(n < size)
      if (n > 0) expect(inWindow(add(from, -n), from, size)).toBe(false)
    },
  )

  test.prop([anySeq, fc.integer({ min: 0, max: 2 ** 20 }), fc.integer({ min: -(2 ** 21), max: 2 ** 21 })])(
    'acknowledges: exactly SND.UNA < SEG.ACK ≤ SND.NXT',
    (una, outstanding, n) => {
      expect(acknowledges(una, add(una, n), add(una, outstanding))).toBe(0 < n && n <= outstanding)
    },
  )
})
