import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { check } from '../check.ts'
import { replayPath } from '../path.ts'
import type { Invariant } from '../property.ts'
import type { System } from '../system.ts'
import { randomCountingSystem } from '../testing/random-counting-system.ts'

const weights = fc.array(fc.nat(2), { minLength: 4, maxLength: 4 })
const ends = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })

/** A shared number is what all groups hold together. */
const isCounted = (held: readonly number[], given: number): Invariant => ({
  id: 'counted',
  kind: 'invariant',
  reads: { group: ['a'], shared: ['taken'], everyGroup: true },
  given: ({ taken }: { taken: number }) => taken >= given,
  then: ({ a, taken }: { a: readonly number[]; taken: number }) =>
    taken === a.reduce((sum, state) => sum + held[state]!, 0),
  sums: [{ total: ({ taken }: { taken: number }) => taken, of: ({ a }: { a: number }) => held[a]! }],
})

test.prop([randomCountingSystem, weights, fc.nat(3)], { numRuns: 300 })(
  'sums of all groups are right or wrong on sets of worlds as they are world by world',
  (system, held, given) => {
    const property = isCounted(held, given)
    const explicit = check(system, [property], { engine: 'explicit' })
    const symbolic = check(system, [property], { engine: 'symbolic' })
    expect(symbolic.findings[0]!.verdict).toBe(explicit.findings[0]!.verdict)
    expect(symbolic.coverage).toEqual(explicit.coverage)
    const path = symbolic.findings[0]!.path
    expect(path?.events.length).toBe(explicit.findings[0]!.path?.events.length)
    if (path !== undefined) replayPath(system, path)
  },
)

test.prop([randomCountingSystem, ends], { numRuns: 200 })(
  'ends of each group leave the same dead ends to every engine',
  (system, over) => {
    const ofEach = ({ a }: { a: number }): boolean => over[a]!
    const isEnd = Object.assign(({ groups }: { groups: readonly { a: number }[] }) => groups.every(ofEach), { ofEach })
    const ending: System = { ...system, isEnd }
    const explicit = check(ending, [], { engine: 'explicit' })
    const symbolic = check(ending, [], { engine: 'symbolic' })
    expect(symbolic.deadlocks).toBe(explicit.deadlocks)
    expect(symbolic.deadlock.verdict).toBe(explicit.deadlock.verdict)
    expect(symbolic.deadlock.path?.events.length).toBe(explicit.deadlock.path?.events.length)
  },
)

/** Counters to 9, and one of what they counted together. */
const counting = (many: number): System => ({
  groups: Array.from({ length: many }, (_, i) => ({ name: `counter ${i}`, kind: 'counter' })),
  rules: [
    {
      name: 'count',
      kinds: ['counter'],
      links: [
        { part: 'a', step: (a: number) => (a < 9 ? [{ state: a + 1 }] : []) },
        { part: 'taken', shared: true, step: (taken: number) => (taken < 9 * many ? [{ state: taken + 1 }] : []) },
      ],
    },
  ],
  initial: [{ shared: { taken: 0 }, groups: Array.from({ length: many }, () => ({ a: 0 })) }],
  isEnd: Object.assign(({ groups }: { groups: readonly { a: number }[] }) => groups.every(({ a }) => a === 9), {
    ofEach: ({ a }: { a: number }) => a === 9,
  }),
})

test('a sum over more worlds than can be asked one by one is decided', () => {
  const held = Array.from({ length: 10 }, (_, a) => a)
  const { exactStates, findings, deadlock } = check(counting(12), [isCounted(held, 1)], { engine: 'symbolic' })
  expect({ exactStates, verdict: findings[0]!.verdict }).toEqual({ exactStates: String(10n ** 12n), verdict: 'holds' })
  expect(deadlock.verdict).toBe('holds')
})
