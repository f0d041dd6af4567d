import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { jsonPieces } from './json.ts'

const value = fc.anything({ withNullPrototype: false, maxDepth: 7 })

test.prop([value])('the pieces are what JSON.stringify writes', (document) => {
  expect([...jsonPieces(document)].join('')).toBe(JSON.stringify(document, null, 2) ?? 'null')
})

test.prop([fc.array(fc.record({ deep: value, gone: fc.constant(undefined) }), { minLength: 2 })])(
  'each element by itself',
  (all) => {
    const pieces = [...jsonPieces({ all })]
    expect(pieces.join('')).toBe(JSON.stringify({ all }, null, 2))
    expect(pieces.length).toBeGreaterThan(all.length)
  },
)
