import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { StateInterner } from './intern.ts'
import { PairMap } from './pair-map.ts'
import { TripleSet } from './triple-set.ts'
import { TupleInterner } from './tuples.ts'

const small = fc.nat(40)

describe('numbers are given in the order of the first meeting', () => {
  test.prop([
    fc
      .integer({ min: 0, max: 6 })
      .chain((width) => fc.array(fc.array(small, { minLength: width, maxLength: width }), { maxLength: 400 })),
  ])('to tuples of any width', (tuples) => {
    const interner = new TupleInterner(tuples[0]?.length ?? 0)
    const known = new Map<string, number>()
    for (const tuple of tuples) {
      const key = tuple.join()
      if (!known.has(key)) known.set(key, known.size)
      const id = interner.intern(Int32Array.from(tuple))
      expect(id).toBe(known.get(key))
      expect([...interner.digits.subarray(id * tuple.length, (id + 1) * tuple.length)]).toEqual(tuple)
    }
    expect(interner.size).toBe(known.size)
  })

  test.prop([fc.array(fc.tuple(small, small), { maxLength: 400 })])('to pairs', (pairs) => {
    const map = new PairMap()
    const known = new Map<string, number>()
    for (const [a, b] of pairs) {
      const expected = known.get(`${a},${b}`)
      expect(map.get(a, b)).toBe(expected ?? -1)
      known.set(`${a},${b}`, expected ?? known.size)
      expect(map.number(a, b)).toBe(known.get(`${a},${b}`))
    }
  })

  test.prop([fc.array(fc.jsonValue(), { maxLength: 30 })])('to states, equal ones alike', (states) => {
    const interner = new StateInterner()
    const ids = states.map((state) => interner.intern(state))
    expect(states.map((state) => interner.intern(structuredClone(state)))).toEqual(ids)
  })
})

test.prop([fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), { maxLength: 600 })])(
  'triples are new once',
  (triples) => {
    const set = new TripleSet()
    const known = new Set<string>()
    for (const [a, b, c] of triples) {
      expect(set.add(a, b, c)).toBe(!known.has(`${a},${b},${c}`))
      known.add(`${a},${b},${c}`)
    }
    expect(set.size).toBe(known.size)
  },
)
