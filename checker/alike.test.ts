import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { alike } from './alike.ts'
import { canonicalKey } from './canonical.ts'

const value = fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.parse(JSON.stringify(json)))
const small = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(0, 1, '', 'a', null, true, undefined),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2 }),
  ),
})).value

test.prop([small, small])('as the canonical texts say, of small values that are often equal', (a, b) => {
  expect(alike(a, b)).toBe(canonicalKey(a) === canonicalKey(b))
})

test.prop([value, value])('as the canonical texts say', (a, b) => {
  expect(alike(a, b)).toBe(canonicalKey(a) === canonicalKey(b))
  expect(alike(a, structuredClone(a))).toBe(true)
})
