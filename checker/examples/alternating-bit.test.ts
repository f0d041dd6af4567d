import { describe, expect, test } from 'vitest'
import { check } from '../check.ts'
import { replayPath } from '../path.ts'
import type { System } from '../system.ts'
import { alternatingBit, alternatingBitProperties } from './alternating-bit.ts'

const verdicts = (system: System) =>
  Object.fromEntries(
    check(system, alternatingBitProperties).findings.map((finding) => [finding.property, finding.verdict]),
  )

describe('alternating bit', () => {
  test('with the bit: every message is delivered once, in order, and arrives', () => {
    const report = check(alternatingBit(), alternatingBitProperties)
    expect(report).toMatchObject({ exhausted: true, deadlocks: 0, coverage: { rulesNeverFired: [] } })
    expect(verdicts(alternatingBit())).toEqual({ 'delivered-in-order': 'holds', 'message-arrives': 'holds' })
  })

  test('without the bit: a repeated message is taken for a new one, in five steps', () => {
    const system = alternatingBit({ oneBit: false })
    const { path } = check(system, alternatingBitProperties).findings[0]!
    const steps = replayPath(system, path!)
    expect(steps.map(({ event }) => event.rule)).toEqual([
      'send',
      'deliver data',
      'send',
      'deliver ack',
      'deliver data',
    ])
  })

  test('deliveries that are only weakly fair: loss may come first for ever', () => {
    const system = alternatingBit()
    const rules = system.rules.map((rule) => ({ ...rule, fairness: 'weak' as const }))
    expect(verdicts({ ...system, rules })['message-arrives']).toBe('violated')
  })
})
