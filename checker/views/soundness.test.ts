import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { check } from '../check.ts'
import type { LeadsTo, Property } from '../property.ts'
import type { System } from '../system.ts'
import { randomAlikeSystem } from '../testing/random-alike-system.ts'
import { randomCountingSystem } from '../testing/random-counting-system.ts'
import { randomProperties } from '../testing/random-system.ts'
import { missingViews, worldsOf } from '../testing/views-of-worlds.ts'
import { checkForEvery } from './check-every.ts'
import { familyOf } from './family.ts'
import { Pairs } from './pairs.ts'
import { findSums } from './sums.ts'
import { tabulate } from './tabulate.ts'
import { Views } from './views.ts'

const never = (): boolean => false
const anySystem: fc.Arbitrary<System> = fc.oneof(randomAlikeSystem, randomCountingSystem)
const countingProperties: fc.Arbitrary<Property[]> = randomProperties.map((properties) =>
  properties.map((property) => ({
    ...property,
    alsoFair: ((property as LeadsTo).alsoFair ?? []).filter((name) => name === 'rule 0'),
    reads: {
      ...(property.reads.group?.length && { group: ['a'] }),
      ...(property.reads.shared?.length && { shared: ['taken', 'door'] }),
    },
  })),
)

describe('every view of every reachable world', () => {
  test.prop([anySystem], { numRuns: 25 })('is in the views of one group, and of two', (system) => {
    const family = familyOf(system)
    const { compiled } = tabulate(family)
    const sums = findSums(compiled, undefined, undefined)
    const plain = new Views(compiled, [], never)
    const views = new Views(compiled, sums, never)
    const pairs = new Pairs(compiled, views, never)
    expect(views.size).toBeLessThanOrEqual(plain.size)
    for (let groups = 1; groups <= 4; groups++) {
      const member = family.ofSize(groups)
      const worlds = worldsOf(member)
      if (worlds.length > 1000) break
      for (const world of worlds) {
        for (const set of [plain, views, pairs]) expect(missingViews(compiled, set, member, world)).toEqual([])
      }
    }
  })
})

describe('what is said of every number of groups', () => {
  const agrees = (system: System, properties: readonly Property[]): void => {
    const family = familyOf(system)
    const { findings } = checkForEvery(family, () => properties, { maxGroups: 2, maxStates: 3000 })
    for (let groups = 1; groups <= 4; groups++) {
      const member = check(family.ofSize(groups), properties, { maxStates: 3000 })
      findings.forEach(({ verdict, forEvery, smallest = 0, andMore }, i) => {
        const here = member.findings[i]!.verdict
        if (here === 'inconclusive') return
        if (forEvery) expect([verdict, 'not applicable']).toContain(here)
        if (smallest > groups) expect(['violated', 'reached']).not.toContain(here)
        if (smallest === groups || (andMore && groups > smallest)) expect(here).toBe(verdict)
      })
    }
  }

  test.prop([randomAlikeSystem, randomProperties], { numRuns: 25 })('is so for one to four: any systems', agrees)

  test.prop([randomCountingSystem, countingProperties], { numRuns: 25 })(
    'is so for one to four: systems that count',
    agrees,
  )
})
