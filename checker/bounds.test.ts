import { test as prop } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import { referenceSystem } from './examples/reference.ts'
import { referenceProperties } from './examples/reference-properties.ts'
import { events } from './interpret.ts'
import { exploreNaively } from './naive.ts'
import type { Property } from './property.ts'
import type { CheckOptions, Progress } from './report.ts'
import type { System } from './system.ts'
import { randomSystem } from './testing/random-system.ts'

const caseA = referenceSystem({ clients: 2, retries: 1, losses: 1 })
const verdicts = (options: CheckOptions) => check(caseA, referenceProperties(), options).findings.map((f) => f.verdict)

describe('a search that was cut short never says holds', () => {
  test.each<{ options: CheckOptions; bound: string }>([
    { options: { maxStates: 100_000 }, bound: 'states' },
    { options: { maxDepth: 20 }, bound: 'depth' },
    { options: { maxSeconds: 0 }, bound: 'seconds' },
    { options: { maxMemory: 1_000_000, visited: 'hash table' }, bound: 'memory' },
    { options: { maxSlices: 300 }, bound: 'tables' },
  ])('bound: $options', ({ options, bound }) => {
    const report = check(caseA, referenceProperties(), options)
    expect(report).toMatchObject({ exhausted: false, bound })
    expect(report.findings[0]!.verdict).toBe('inconclusive')
    expect(report.deadlock.verdict).toBe('inconclusive')
  })

  test('what was found before stays found', () => {
    expect(verdicts({ maxDepth: 12 })).toEqual(['inconclusive', 'inconclusive', 'reached', 'reached'])
  })

  test('states of the last level are looked at, though not expanded', () => {
    expect(verdicts({ maxDepth: 6 })).toEqual(['inconclusive', 'inconclusive', 'inconclusive', 'inconclusive'])
    expect(verdicts({ maxDepth: 7 })).toEqual(['inconclusive', 'inconclusive', 'reached', 'reached'])
    expect(check(caseA, [], { maxDepth: 7 })).toMatchObject({ depth: 7, bound: 'depth' })
  })

  test('shouldStop ends the search with what is known', () => {
    let asked = 0
    const report = check(caseA, [], { shouldStop: () => ++asked > 100 })
    expect(report).toMatchObject({ bound: 'stopped', exhausted: false })
    expect(report.states).toBeGreaterThan(1000)
  })

  test('stopAtFirstViolation ends at the first violation', () => {
    const early: Property = {
      id: 'never',
      kind: 'invariant',
      reads: { group: ['client'] },
      then: ({ client }) => client.state !== 'ESTAB',
    }
    const report = check(caseA, [early], { stopAtFirstViolation: true })
    expect(report).toMatchObject({ bound: 'first violation', findings: [{ verdict: 'violated' }] })
    expect(report.findings[0]!.path!.events.length).toBe(3)
  })
})

test('progress is reported at most once a second', () => {
  const seen: Progress[] = []
  const report = check(referenceSystem({ clients: 3, retries: 0, losses: 1 }), [], { onProgress: (p) => seen.push(p) })
  expect(seen.length).toBeLessThanOrEqual(report.seconds)
})

test('a counter without a bound is too large, and the report says what grows', () => {
  const counter: System = {
    groups: [],
    rules: [{ name: 'count', links: [{ part: 'n', shared: true, step: (n: number) => [{ state: n + 1 }] }] }],
    initial: [{ shared: { n: 0 }, groups: [] }],
  }
  expect(check(counter, [], { maxSlices: 10_000 })).toMatchObject({
    bound: 'tables',
    exhausted: false,
    boundDetail: expect.stringContaining('hubs'),
  })
})

describe('maxDepth bounds a part that nothing else bounds', () => {
  const up: System = {
    groups: [
      { name: 'a', kind: 'p' },
      { name: 'b', kind: 'p' },
    ],
    rules: [
      {
        name: 'count',
        kinds: ['p'],
        links: [
          { part: 'mine', step: (n: number) => [{ state: n + 1 }] },
          { part: 'all', shared: true, step: (n: number) => [{ state: n + 1 }] },
        ],
      },
    ],
    initial: [{ shared: { all: 0 }, groups: [{ mine: 0 }, { mine: 0 }] }],
  }
  const never: Property = {
    id: 'never',
    kind: 'invariant',
    reads: { shared: ['all'] },
    then: ({ all }: { all: number }) => all < 5,
  }

  test.each(['explicit', 'depth-first', 'auto'] as const)('%s: the worlds up to there, and no further', (engine) => {
    const options = { maxDepth: 4, engine, symmetry: 'off' } as const
    const report = check(up, [never], options)
    expect(report).toMatchObject({ states: 15, exhausted: false, bound: 'depth' })
    expect(report.findings[0]!.verdict).toBe('inconclusive')
    expect(check(up, [never], { ...options, maxDepth: 5 }).findings[0]).toMatchObject({ verdict: 'violated' })
  })

  prop.prop([randomSystem, fc.nat(6)], { numRuns: 100 })('no world within it is lost', (system, maxDepth) => {
    const expand = (world: System['initial'][number]) => events(system, world)
    const nodes = exploreNaively(system.initial, expand)
    const report = check(system, [], { maxDepth })
    expect(report.states).toBe(nodes.filter(({ depth }) => depth <= maxDepth).length)
    expect(report.transitions).toBe(
      nodes.reduce((sum, { depth, steps }) => sum + (depth < maxDepth ? steps.length : 0), 0),
    )
  })
})
