import { test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { check } from '../check.ts'
import { referenceSystem } from '../examples/reference.ts'
import { referenceProperties } from '../examples/reference-properties.ts'
import { checkNaively } from '../naive.ts'
import { decodePath, encodePath, replayPath } from '../path.ts'
import type { LeadsTo } from '../property.ts'
import { expectFairLasso } from '../testing/fair-lasso.ts'
import { randomProperties, randomSystem } from '../testing/random-system.ts'

describe('sets of worlds say what single worlds say', () => {
  test.prop([randomSystem, randomProperties], { numRuns: 120 })(
    'on random systems: counts, levels, verdicts, lengths of counterexamples',
    (system, properties) => {
      const explicit = check(system, properties, { engine: 'explicit' })
      const symbolic = check(system, properties, { engine: 'symbolic' })
      const naive = checkNaively(system, properties)
      const { states, transitions, deadlocks, depth, levels, coverage } = explicit
      expect(symbolic).toMatchObject({ states, transitions, deadlocks, depth, levels, coverage, exhausted: true })
      expect(symbolic.exactStates).toBe(String(states))
      expect(symbolic.isDeeper).toBeUndefined()
      expect(symbolic.deadlock.verdict).toBe(explicit.deadlock.verdict)
      expect(symbolic.deadlock.path?.events.length).toBe(explicit.deadlock.path?.events.length)
      symbolic.findings.forEach((finding, i) => {
        const { verdict, length } = naive.findings[i]!
        expect([finding.property, finding.verdict]).toEqual([properties[i]!.id, verdict])
        expect(finding.path === undefined).toBe(!['violated', 'reached'].includes(verdict))
        if (length !== undefined) expect(finding.path!.events.length).toBe(length)
      })
      for (const { path } of [...symbolic.findings, symbolic.deadlock]) {
        if (path === undefined) continue
        replayPath(system, path)
        expect(decodePath(system, encodePath(system, path))).toEqual(path)
      }
    },
  )

  test.prop([randomSystem, randomProperties], { numRuns: 250 })(
    'on promises of random systems: verdicts, and every lasso is a fair run that meets given and never then',
    (system, properties) => {
      const promises = properties.map((property) => ({ ...property, kind: 'leads-to' }) as unknown as LeadsTo)
      const explicit = check(system, promises, { engine: 'explicit' })
      check(system, promises, { engine: 'symbolic' }).findings.forEach(({ verdict, path, group = -1 }, i) => {
        expect(verdict).toBe(explicit.findings[i]!.verdict)
        expect(path === undefined).toBe(verdict !== 'violated')
        if (path !== undefined) expectFairLasso(system, promises[i]!, path, group)
      })
    },
  )

  test('on the reference model, case D', () => {
    const report = check(referenceSystem({ clients: 3, retries: 1, losses: 1 }), referenceProperties(), {
      engine: 'symbolic',
    })
    expect(report).toMatchObject({ states: 71_815_424, transitions: 552_228_165, depth: 42, exhausted: true })
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'reached', 'reached'])
  })
})
