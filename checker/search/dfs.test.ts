import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { check } from '../check.ts'
import { admits } from '../constraint.ts'
import { alternatingBit, alternatingBitProperties } from '../examples/alternating-bit.ts'
import { mutex, mutexProperties } from '../examples/mutex.ts'
import { referenceSystem } from '../examples/reference.ts'
import { referenceProperties } from '../examples/reference-properties.ts'
import { rfc9293, rfc9293Properties } from '../examples/rfc9293.ts'
import { decodePath, encodePath, replayPath } from '../path.ts'
import type { Property } from '../property.ts'
import type { CheckOptions, VisitedName } from '../report.ts'
import type { System } from '../system.ts'
import { randomConstraints, randomProperties, randomSystem } from '../testing/random-system.ts'

const deep = (system: System, properties: readonly Property[], options: CheckOptions = {}) =>
  check(system, properties, { ...options, engine: 'depth-first' })

/** The same counts and verdicts as breadth first; no path is shorter than the shortest. */
function agree(system: System, properties: readonly Property[], visited: VisitedName): void {
  const wide = check(system, properties, { engine: 'explicit', visited })
  const report = deep(system, properties, { visited })
  const { states, transitions, deadlocks, exhausted, coverage } = wide
  expect(report).toMatchObject({ engine: 'depth-first', visited, states, transitions, deadlocks, exhausted })
  expect(report.coverage.rulesNeverFired).toEqual(coverage.rulesNeverFired)
  expect(report.depth).toBeGreaterThanOrEqual(wide.depth)
  const both = [...report.findings, report.deadlock].map(
    (one, i) => [one, [...wide.findings, wide.deadlock][i]!] as const,
  )
  for (const [found, expected] of both) {
    const isPromise = properties.some(({ id, kind }) => id === found.property && kind === 'leads-to')
    expect([found.property, found.verdict]).toEqual([found.property, isPromise ? 'inconclusive' : expected.verdict])
    if (found.path === undefined) continue
    expect(found.path.events.length).toBeGreaterThanOrEqual(expected.path!.events.length)
    replayPath(system, found.path)
    expect(decodePath(system, encodePath(system, found.path))).toEqual(found.path)
  }
}

describe('depth first finds what breadth first finds', () => {
  test.prop(
    [
      randomSystem,
      randomProperties,
      fc.option(randomConstraints, { nil: undefined }),
      fc.constantFrom<VisitedName>('bitset', 'paged bitset', 'hash table'),
    ],
    { numRuns: 100 },
  )('on random systems', (free, all, constraints, visited) => {
    const system = { ...free, ...(constraints && { constraints }) }
    fc.pre(system.initial.some((world) => admits(system, world)))
    agree(system, constraints ? all.filter(({ kind }) => kind !== 'leads-to') : all, visited)
  })

  test.each<{ what: string; system: System; properties: readonly Property[] }>([
    { what: 'mutex', system: mutex, properties: mutexProperties },
    { what: 'alternating bit', system: alternatingBit(), properties: alternatingBitProperties },
    { what: 'no bit', system: alternatingBit({ oneBit: false }), properties: alternatingBitProperties },
    { what: 'RFC 9293', system: rfc9293, properties: rfc9293Properties },
    {
      what: 'reference',
      system: referenceSystem({ clients: 2, retries: 1, losses: 1 }),
      properties: referenceProperties(),
    },
  ])('on $what', ({ system, properties }) => {
    for (const visited of ['bitset', 'hash table'] as const) agree(system, properties, visited)
  })
})

describe('a depth-first search that is cut short never says holds', () => {
  const caseA = referenceSystem({ clients: 2, retries: 1, losses: 1 })
  let polls = 0
  test.each<{ options: CheckOptions; bound: string }>([
    { options: { maxStates: 10_000 }, bound: 'states' },
    { options: { maxDepth: 20 }, bound: 'depth' },
    { options: { maxSeconds: 0.02 }, bound: 'seconds' },
    { options: { maxSlices: 10 }, bound: 'tables' },
    { options: { maxMemory: 1_000_000, visited: 'hash table' }, bound: 'memory' },
    { options: { shouldStop: () => ++polls > 200 }, bound: 'stopped' },
  ])('$bound', ({ options, bound }) => {
    const report = deep(caseA, referenceProperties(), options)
    expect(report).toMatchObject({ exhausted: false, bound, engine: 'depth-first' })
    expect(report.findings[0]!.verdict).toBe('inconclusive')
    expect(report.deadlock.verdict).toBe('inconclusive')
  })

  test('stopAtFirstViolation ends long before everything is known', () => {
    const never: Property = {
      id: 'never',
      kind: 'invariant',
      reads: { group: ['client'] },
      then: ({ client }) => client.state !== 'ESTAB',
    }
    const report = deep(caseA, [never], { stopAtFirstViolation: true })
    expect(report).toMatchObject({ bound: 'first violation', findings: [{ verdict: 'violated' }] })
    expect(report.states).toBeLessThan(1000)
    const steps = replayPath(caseA, report.findings[0]!.path!)
    const { groups } = steps.at(-1)!.world
    expect(groups.some(({ client }) => (client as { state: string }).state === 'ESTAB')).toBe(true)
  })
})

test('a path far longer than any call stack', () => {
  const many = 60_000
  const line: System = {
    groups: [],
    rules: [{ name: 'on', links: [{ part: 'n', shared: true, step: (n) => (n < many ? [{ state: n + 1 }] : []) }] }],
    initial: [{ shared: { n: 0 }, groups: [] }],
  }
  expect(deep(line, [])).toMatchObject({ states: many + 1, transitions: many, depth: many, deadlocks: 1 })
})

test('groups are not searched up to renaming', () => {
  expect(() => deep(mutex, [], { symmetry: 'on' })).toThrow(/depth first, each world is searched by itself/)
})
