/** The departures of Linux from RFC 9293, D1 to D29: each is found by search, or does not exist in the profiles, or is out of their reach. */
import { describe, expect, it } from 'vitest'
import { type Comparison, compareProfiles, compareRule } from './against.ts'
import { type Agreement, agreements, type Departure, departures, outOfReach } from './rfc9293.ts'
import { scenarios } from './scenarios/index.ts'
import { shown } from './testing/shown.ts'

const search = ({ world, rule, kernel = 'linux-6.18' }: Pick<Departure, 'world' | 'rule' | 'kernel'>): Comparison => {
  const scenario = typeof world === 'string' ? scenarios.find((s) => s.name === world)! : world
  const kernels = [kernel, 'rfc9293'] as const
  return rule === undefined ? compareProfiles(scenario, kernels) : compareRule(scenario, kernels, rule)
}

describe('found by search', () => {
  it.each(departures)('$id: $says', (d) => {
    expect(shown(search(d))).toEqual([expect.stringMatching(d.linux), expect.stringMatching(d.rfc)])
  })
})

describe('no difference between the profiles', () => {
  it.each(agreements)('$id: $says', (a: Agreement) => {
    const { difference, report } = search(a)
    expect(difference).toBeUndefined()
    expect(report.exhausted).toBe(true)
  })
})

it('D1 to D29 are each found, denied or said to be out of reach, once', () => {
  const ids = [...departures, ...agreements, ...outOfReach].map(({ id }) => id)
  const all = Array.from({ length: 29 }, (_, i) => `D${i + 1}`)
  expect([...ids].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(all)
})
