import { expect, test } from 'vitest'
import { check, mutex, mutexProperties, replayPath } from './index.ts'

test('the example of the front door', () => {
  const report = check(mutex, mutexProperties)
  expect(report.states).toBe(8)
  expect(report.findings.map(({ verdict }) => verdict)).toEqual(['holds', 'holds'])

  const careless = { ...mutex, rules: mutex.rules.map((rule) => ({ ...rule, fairness: 'weak' as const })) }
  const finding = check(careless, mutexProperties).findings[1]!
  expect(finding).toMatchObject({ verdict: 'violated', group: 0 })
  const steps = replayPath(careless, finding.path!)
  expect(steps.slice(finding.path!.loop).every(({ world }) => world.groups[0]!.at === 'waiting')).toBe(true)
})
