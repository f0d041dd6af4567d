import { test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { check } from '../check.ts'
import { referenceSystem } from '../examples/reference.ts'
import { referenceProperties } from '../examples/reference-properties.ts'
import type { Property } from '../property.ts'
import { randomProperties, randomSystem } from '../testing/random-system.ts'

const onSets = ({ kind, reads }: Property): boolean =>
  kind !== 'leads-to' && !(reads.everyGroup && (kind === 'step' || kind === 'happens'))

describe('sets of worlds say what single worlds say', () => {
  test.prop([randomSystem, randomProperties], { numRuns: 300 })('on random systems', (system, properties) => {
    const explicit = check(system, properties, { engine: 'explicit' })
    const symbolic = check(system, properties, { engine: 'symbolic' })
    const { states, transitions, deadlocks, coverage } = explicit
    expect(symbolic).toMatchObject({ states, transitions, deadlocks, exhausted: true, exactStates: String(states) })
    expect(symbolic.coverage.rulesNeverFired).toEqual(coverage.rulesNeverFired)
    properties.forEach((property, i) => {
      const { verdict } = symbolic.findings[i]!
      if (onSets(property)) expect(verdict).toBe(explicit.findings[i]!.verdict)
      else expect(['inconclusive', 'violated', 'reached']).toContain(verdict)
    })
  })

  test('on the reference model, case D', () => {
    const report = check(referenceSystem({ clients: 3, retries: 1, losses: 1 }), referenceProperties(), {
      engine: 'symbolic',
    })
    expect(report).toMatchObject({ states: 71_815_424, transitions: 552_228_165, exhausted: true })
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'reached', 'reached'])
  })
})
