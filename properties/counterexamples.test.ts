import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../model/index.ts'
import { ask } from './ask.ts'
import { brokenProperties } from './counterexamples.ts'
import { scenarios } from './scenarios/index.ts'

const finding = (name: string, property: string, kernel?: ProfileName) =>
  ask(scenarios.find((s) => s.name === name)!, kernel === undefined ? {} : { kernel }, {}, [property]).asked[0]!.finding

describe.each(brokenProperties)('$property in $scenario', ({ property, scenario, kernel, steps }) => {
  it('is violated, after no fewer steps than the page says', () => {
    const { verdict, path } = finding(scenario, property, kernel)
    expect([verdict, path?.events.length]).toEqual(['violated', steps])
  })
})

describe.each(brokenProperties.filter(({ keptBy }) => keptBy))('$property in $scenario', (broken) => {
  it('is kept in the same world by another kernel', () => {
    const { property, scenario, keptBy } = broken
    expect(finding(scenario, property, keptBy).verdict).toBe('holds')
  })
})
