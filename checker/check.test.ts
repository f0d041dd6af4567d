import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { check } from './check.ts'
import { referenceSystem } from './examples/reference.ts'
import { referenceProperties } from './examples/reference-properties.ts'
import { checkNaively } from './naive.ts'
import { decodePath, encodePath, replayPath } from './path.ts'
import type { Property } from './property.ts'
import type { VisitedName } from './report.ts'
import type { System } from './system.ts'
import { randomProperties, randomSystem } from './testing/random-system.ts'

const everyVisited: readonly VisitedName[] = ['bitset', 'paged bitset', 'hash table']

function agree(
  system: System,
  properties: readonly Property[],
  visited: VisitedName,
  expected = checkNaively(system, properties),
): void {
  const report = check(system, properties, { visited })
  expect(report.exhausted).toBe(true)
  const { states, transitions, depth, deadlocks } = report
  expect({ states, transitions, depth, deadlocks }).toEqual({
    states: expected.states,
    transitions: expected.transitions,
    depth: expected.depth,
    deadlocks: expected.deadlocks,
  })
  report.findings.forEach((finding, i) => {
    const { verdict, length } = expected.findings[i]!
    expect([finding.property, finding.verdict]).toEqual([expected.findings[i]!.property, verdict])
    if (length !== undefined) expect(finding.path!.events.length).toBe(length)
  })
  for (const { path } of [...report.findings, report.deadlock]) {
    if (path === undefined) continue
    replayPath(system, path)
    expect(decodePath(system, encodePath(system, path))).toEqual(path)
  }
}

describe('the compiled search agrees with the plain one', () => {
  test.prop([randomSystem, randomProperties, fc.constantFrom(...everyVisited)], { numRuns: 100 })(
    'on random systems: counts, verdicts, lengths of counterexamples',
    (system, properties, visited) => agree(system, properties, visited),
  )

  test.each([
    { clients: 1, retries: 0, losses: 0 },
    { clients: 1, retries: 2, losses: 2 },
    { clients: 2, retries: 0, losses: 1 },
    { clients: 2, retries: 0, losses: 1, abortOnOverflow: true },
    { clients: 2, retries: 0, losses: 0, backlog: 1, synQueue: 1 },
  ])('on the reference model with %o', (settings) => {
    const [system, properties] = [referenceSystem(settings), referenceProperties(settings)]
    const expected = checkNaively(system, properties)
    for (const visited of everyVisited) agree(system, properties, visited, expected)
  })
})

describe('the reference model has the counts that SPIN, TLC, rumur and LTSmin found', () => {
  test.each([
    { case: 'A', clients: 2, retries: 1, states: 242_693, transitions: 1_287_642, levels: 29 },
    { case: 'B', clients: 3, retries: 0, states: 1_786_154, transitions: 10_776_996, levels: 34 },
  ])('case $case', ({ clients, retries, states, transitions, levels }) => {
    for (const visited of everyVisited) {
      const report = check(referenceSystem({ clients, retries, losses: 1 }), referenceProperties(), { visited })
      expect(report).toMatchObject({ states, transitions, depth: levels - 1, exhausted: true, visited })
      expect(report.levels.length).toBe(levels)
      expect(report.findings.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'reached', 'reached'])
    }
  })
})
