import { describe, expect, test } from 'vitest'
import { check } from '../check.ts'
import { referenceSystem } from '../examples/reference.ts'
import type { Client } from '../examples/reference-ends.ts'
import type { Property } from '../property.ts'
import type { System } from '../system.ts'

const caseD = referenceSystem({ clients: 3, retries: 1, losses: 1 })
const isDone = ({ state }: Client): boolean => state === 'DONE'

const allDone: Property = {
  id: 'all-done',
  kind: 'reachable',
  reads: { group: ['client'], everyGroup: true },
  when: ({ client }: { client: readonly Client[] }) => client.every(isDone),
}
const lastIsDone: Property = {
  id: 'last-is-done',
  kind: 'happens',
  reads: { group: ['client'], everyGroup: true },
  when: ({ before, after }: { before: { client: Client[] }; after: { client: Client[] } }) =>
    before.client.filter(isDone).length === 2 && after.client.every(isDone),
}

/** Counters to 15 that know nothing of each other. */
const countersOf = (many: number): System => ({
  groups: Array.from({ length: many }, (_, i) => ({ name: `counter ${i}`, kind: 'counter' })),
  rules: [
    {
      name: 'count',
      kinds: ['counter'],
      links: [{ part: 'n', step: (n: number) => (n < 15 ? [{ state: n + 1 }] : []) }],
    },
  ],
  initial: [{ shared: {}, groups: Array.from({ length: many }, () => ({ n: 0 })) }],
  isEnd: ({ groups }: { groups: readonly { n: number }[] }) => groups.every(({ n }) => n === 15),
})

describe('a symbolic search that is short of memory', () => {
  test('has verdicts without paths, says why, and does not make up a depth', () => {
    const report = check(caseD, [allDone, lastIsDone], { engine: 'symbolic', maxMemory: 40_000_000 })
    expect(report).toMatchObject({ states: 71_815_424, exhausted: true, isDeeper: true })
    expect(report.depth).toBe(report.levels.length - 1)
    expect(report.depth).toBeLessThan(23)
    for (const finding of report.findings) {
      expect(finding).toMatchObject({ verdict: 'reached', reason: expect.stringContaining('layer by layer') })
      expect(finding.path).toBeUndefined()
    }
  })

  test('finds the paths as soon as the layers on the way fit', () => {
    const report = check(caseD, [allDone, lastIsDone], { engine: 'symbolic', maxMemory: 220_000_000 })
    expect(report).toMatchObject({ exhausted: true, isDeeper: true })
    expect(report.depth).toBeGreaterThanOrEqual(23)
    expect(report.findings.map(({ path }) => path?.events.length)).toEqual([23, 23])
  })

  test('says inconclusive when not even the worlds themselves fit', () => {
    const never: Property = { ...allDone, id: 'never', kind: 'invariant', then: () => true } as Property
    const report = check(caseD, [never], { engine: 'symbolic', maxMemory: 1_000_000 })
    expect(report).toMatchObject({ exhausted: false, bound: 'memory', findings: [{ verdict: 'inconclusive' }] })
    expect(report.deadlock.verdict).toBe('inconclusive')
  })
})

test('a symbolic search that is interrupted is inconclusive', () => {
  let asked = 0
  const report = check(caseD, [allDone], { engine: 'symbolic', shouldStop: () => ++asked > 3 })
  expect(report).toMatchObject({ exhausted: false, bound: 'stopped', findings: [{ verdict: 'inconclusive' }] })
})

test('depth and levels of larger worlds are worked out when asked for', () => {
  const counters = countersOf(8)
  const known = check(counters, [], { engine: 'symbolic' })
  expect(known).toMatchObject({ exactStates: String(16n ** 8n), exhausted: true, isDeeper: true, depth: 0 })
  const { depth, isDeeper, levels } = check(counters, [], { engine: 'symbolic', everyLevel: true })
  expect({ depth, isDeeper }).toEqual({ depth: 120, isDeeper: undefined })
  expect(levels.reduce((sum, size) => sum + size)).toBe(16 ** 8)
  expect(levels.slice(0, 3)).toEqual([1, 8, 36])
})

test('what has too many combinations to be asked is inconclusive, and says so', () => {
  const even: Property = {
    id: 'even',
    kind: 'invariant',
    reads: { group: ['n'], everyGroup: true },
    then: ({ n }: { n: readonly number[] }) => n.length === 6,
  }
  expect(check(countersOf(6), [even], { engine: 'symbolic' }).findings).toEqual([
    { property: 'even', verdict: 'inconclusive', reason: expect.stringContaining('too many combinations') },
  ])
})
