import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { check } from '../check.ts'
import { referenceSystem } from '../examples/reference.ts'
import { referenceProperties } from '../examples/reference-properties.ts'
import type { Property } from '../property.ts'
import type { CheckOptions, Report } from '../report.ts'
import type { System } from '../system.ts'
import { MemoryStore } from '../testing/memory-store.ts'
import { randomAlikeSystem } from '../testing/random-alike-system.ts'
import { randomProperties, randomSystem } from '../testing/random-system.ts'
import type { CheckpointOptions } from './store.ts'

const madeFor = { check: 'check something', version: '1' }

class Killed extends Error {}

/** Everything but how long it took. */
const timeless = (report: Report) => {
  const { seconds, secondsCompile, secondsSearch, secondsLiveness, statesPerSecond, ...rest } = report
  return rest
}

/** Runs the check, is killed after so many polls each time (once there is something to resume), and resumes until it is through. */
function withKills(
  system: System,
  properties: readonly Property[],
  options: CheckOptions,
  kills: readonly number[],
  more: Partial<CheckpointOptions> = {},
): { report: Report; store: MemoryStore; resumed: number } {
  const store = new MemoryStore()
  let resumed = 0
  for (const kill of [...kills, Number.POSITIVE_INFINITY]) {
    let polls = 0
    const shouldStop = (): boolean => {
      if (store.kept > 0 && ++polls > kill) throw new Killed()
      return false
    }
    const resume = store.text !== undefined
    if (resume) resumed++
    try {
      const checkpoint = { store, madeFor, everySeconds: 0, resume, ...more }
      return { report: check(system, properties, { ...options, shouldStop, checkpoint }), store, resumed }
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
  }
  throw new Error('never through')
}

const kills = fc.array(fc.nat(30), { maxLength: 5 })
const options = fc.record({
  visited: fc.constantFrom('bitset' as const, 'paged bitset' as const, 'hash table' as const),
  symmetry: fc.constantFrom('auto' as const, 'off' as const),
})

describe('killed again and again, and resumed: the report of an undisturbed check', () => {
  test.prop([randomSystem, randomProperties, options, kills], { numRuns: 80 })(
    'on random systems',
    (system, properties, options, kills) => {
      const expected = check(system, properties, options)
      expect(timeless(withKills(system, properties, options, kills).report)).toEqual(timeless(expected))
    },
  )

  test.prop([randomAlikeSystem, options, kills], { numRuns: 20 })(
    'up to renaming alike groups',
    (system, options, kills) => {
      const expected = check(system, [], options)
      expect(timeless(withKills(system, [], options, kills).report)).toEqual(timeless(expected))
    },
  )

  test.prop([fc.array(fc.nat(200), { minLength: 1, maxLength: 4 }), options], { numRuns: 6 })(
    'on the reference model, in the middle of levels of many runs',
    (kills, options) => {
      const system = referenceSystem({ clients: 2, retries: 1, losses: 1 })
      const properties = referenceProperties({ clients: 2 })
      const expected = check(system, properties, options)
      const { report, resumed } = withKills(system, properties, options, kills, { everySeconds: 0.005 })
      expect(timeless(report)).toEqual(timeless(expected))
      expect(resumed).toBeGreaterThan(0)
    },
  )

  test.each<CheckOptions>([{ maxStates: 50_000 }, { maxDepth: 12 }, { stopAtFirstViolation: true }])(
    'with a bound: %o',
    (bound) => {
      const system = referenceSystem({ clients: 2, retries: 1, losses: 1 })
      const wrong: Property = {
        id: 'never',
        kind: 'invariant',
        reads: { group: ['client'] },
        then: ({ client }) => client.state !== 'ESTAB',
      }
      const properties = [...referenceProperties({ clients: 2 }), wrong]
      const expected = check(system, properties, bound)
      const { store, report } = withKills(system, properties, bound, [2, 5, 9])
      expect(timeless(report)).toEqual(timeless(expected))
      const again = check(system, properties, { ...bound, checkpoint: { store, madeFor, resume: true } })
      expect(timeless(again)).toEqual(timeless(expected))
    },
  )
})
