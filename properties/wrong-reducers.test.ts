/** Every numbered property can fail: a model with one wrong reducer violates it, in a world where the right one keeps it. */
import { describe, expect, it, test } from 'vitest'
import { brokenProperties } from './counterexamples.ts'
import { properties } from './families/index.ts'
import { wrongClosing } from './testing/wrong/closing.ts'
import { wrongCrossings } from './testing/wrong/crossings.ts'
import { wrongListening } from './testing/wrong/listening.ts'
import { wrongOpening } from './testing/wrong/opening.ts'
import { verdictsOf, type WrongRow } from './testing/wrongModels.ts'

const rows: readonly WrongRow[] = [...wrongOpening, ...wrongCrossings, ...wrongListening, ...wrongClosing]

describe.each(rows)('%s, in %j', (id, where, what, wrong) => {
  it(`violated by ${what}`, () => {
    const is = properties.find((p) => p.id === id)!.kind
    const expected = is === 'reachable' || is === 'happens' ? ['reached', 'not reached'] : ['holds', 'violated']
    expect(verdictsOf(id, where, wrong)).toEqual(expected)
  })
})

test('every numbered property is violated: by a wrong reducer, or by a kernel as it is', () => {
  const numbered = properties.map(({ id }) => id).filter((id) => /^(Q|H|DT|C|W|TM|B|N|L)\d+$/.test(id))
  expect(numbered).toHaveLength(115)
  const violated = new Set([...rows.map(([id]) => id), ...brokenProperties.map(({ property }) => property)])
  expect(numbered.filter((id) => !violated.has(id))).toEqual([])
})
