import { expect, it } from 'vitest'
import { ask, scenarioNamed } from './index.ts'

it('the example of the front door', () => {
  const { asked } = ask(scenarioNamed('accept-queue')!)
  expect(asked.find((a) => a.property.id === 'Q1')?.finding.verdict).toBe('holds')
})
