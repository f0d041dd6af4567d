import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { check } from '../check.ts'
import { admits, permits } from '../constraint.ts'
import { alternatingBit, alternatingBitProperties } from '../examples/alternating-bit.ts'
import { mutex, mutexProperties } from '../examples/mutex.ts'
import { rfc9293, rfc9293Properties } from '../examples/rfc9293.ts'
import { events, sameEvent } from '../interpret.ts'
import { checkNaively } from '../naive.ts'
import { isMeant } from '../name-path.ts'
import { decodePath, encodePath, replayPath } from '../path.ts'
import type { Property } from '../property.ts'
import { scopeOf, viewOfWorld } from '../scope.ts'
import type { Event, Step, System, World } from '../system.ts'
import { randomConstraints, randomProperties, randomSystem } from '../testing/random-system.ts'
import type { SimulationReport } from './report.ts'
import { simulate } from './simulate.ts'

/** Takes events by the plain meaning, within the constraints; `undefined`: that is not possible. */
function take(system: System, initial: number, list: readonly Event[]) {
  let world = system.initial[initial]!
  let last: { readonly before: World; readonly step: Step } | undefined
  for (const event of list) {
    const step = events(system, world).find((candidate) => sameEvent(candidate.event, event))
    if (step === undefined || !permits(system, world, step) || !admits(system, step.world)) return undefined
    last = { before: world, step }
    world = step.world
  }
  return { world, last }
}

/** Whether the property is violated (or witnessed) where these events end. */
function meets(system: System, property: Property, group: number, initial: number, list: readonly Event[]): boolean {
  const run = take(system, initial, list)
  if (run === undefined) return false
  if (property.kind === 'step' || property.kind === 'happens') {
    return run.last !== undefined && isMeant(system, property, group, run.last.before, run.last.step)
  }
  const view = viewOfWorld(scopeOf(system, property), group, run.world)
  if (property.kind === 'reachable') return property.when(view)
  return property.kind === 'invariant' && property.given?.(view) !== false && !property.then(view)
}

const isNoLeadsTo = ({ kind }: Property): boolean => kind !== 'leads-to'
const withoutTimes = ({ seconds: _, stepsPerSecond: __, ...rest }: SimulationReport) => rest
const maybeConstraints = fc.option(randomConstraints, { nil: undefined })

describe('on random systems', () => {
  test.prop([randomSystem, randomProperties, maybeConstraints, fc.nat(2 ** 31)], { numRuns: 100 })(
    'what is found is there and can be taken again, and no single step of it can be left out',
    (free, all, constraints, seed) => {
      const properties = all.filter(isNoLeadsTo)
      const system = { ...free, ...(constraints && { constraints }) }
      fc.pre(system.initial.some((world) => admits(system, world)))
      const naive = checkNaively(system, properties)
      const { findings, deadlock } = simulate(system, properties, { runs: 20, steps: 20, seed })
      findings.forEach(({ verdict, path, seen, group = -1 }, i) => {
        const property = properties[i]!
        if (verdict === 'inconclusive') {
          expect([path, seen.times]).toEqual([undefined, 0])
          return
        }
        const { initial, events } = path!
        expect(verdict).toBe(naive.findings[i]!.verdict)
        expect(events.length).toBeGreaterThanOrEqual(naive.findings[i]!.length!)
        expect(decodePath(system, encodePath(system, path!))).toEqual(path)
        expect(meets(system, property, group, initial, events)).toBe(true)
        events.forEach((_, at) => {
          expect(meets(system, property, group, initial, events.toSpliced(at, 1))).toBe(false)
        })
      })
      expect(['inconclusive', naive.deadlocks > 0 && 'violated']).toContain(deadlock.verdict)
    },
  )

  test.prop([randomSystem, randomProperties, fc.nat(2 ** 31)], { numRuns: 50 })(
    'the same seed gives the same report',
    (system, properties, seed) => {
      const once = () => withoutTimes(simulate(system, properties, { runs: 10, steps: 10, seed }))
      expect(once()).toEqual(once())
    },
  )
})

describe('a message taken twice for want of a bit', () => {
  const system = alternatingBit({ oneBit: false })
  const report = simulate(system, alternatingBitProperties, { runs: 40, steps: 100, seed: 7 })
  const [finding, promise] = report.findings

  test('is met, and shrunk to what matters', () => {
    const found = Array.from({ length: 20 }, (_, seed) => simulate(system, alternatingBitProperties, { runs: 1, seed }))
    const lengths = found.map(({ findings: [one] }) => {
      const rules = replayPath(system, one!.path!).map(({ event }) => event.rule)
      expect(rules.at(-1)).toBe('deliver data')
      expect(rules.length).toBeGreaterThanOrEqual(5)
      return { met: one!.first!.steps, shrunk: rules.length }
    })
    expect(Math.min(...lengths.map(({ shrunk }) => shrunk))).toBe(5)
    const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
    expect(sum(lengths.map(({ shrunk }) => shrunk))).toBeLessThan(0.7 * sum(lengths.map(({ met }) => met)))
  })

  test('is counted in how many steps and runs it was seen', () => {
    expect(finding!.seen.runs).toBe(40)
    expect(finding!.seen.times).toBeGreaterThan(40)
    expect(finding!.given.times).toBeGreaterThan(finding!.seen.times)
  })

  test('promises about runs are not decided', () => {
    expect(promise).toMatchObject({ verdict: 'inconclusive', seen: { times: 0, runs: 0 }, given: { runs: 40 } })
  })

  test('another seed, other runs', () => {
    const other = simulate(system, alternatingBitProperties, { runs: 40, steps: 100, seed: 8 })
    expect(withoutTimes(other)).not.toEqual({ ...withoutTimes(report), seed: 8 })
  })

  test('stopAtFirstViolation ends after the run that met it', () => {
    const { bound, runs, deadlock } = simulate(system, alternatingBitProperties, { stopAtFirstViolation: true })
    expect({ bound, runs }).toEqual({ bound: 'first violation', runs: 1 })
    expect(deadlock.verdict).toBe('inconclusive')
  })
})

describe('what a simulation cannot know', () => {
  test('nothing holds because it was not violated', () => {
    const { findings, deadlock } = simulate(mutex, mutexProperties, { runs: 100 })
    expect([...findings, deadlock].map(({ verdict }) => verdict)).toEqual(Array(3).fill('inconclusive'))
    expect(check(mutex, mutexProperties).findings.map(({ verdict }) => verdict)).toEqual(['holds', 'holds'])
  })

  test('rules that were never taken and properties that never applied are named', () => {
    const rules = [...mutex.rules, { name: 'never', kinds: ['process'], links: [{ part: 'at', step: () => [] }] }]
    const property: Property = {
      id: 'P',
      kind: 'invariant',
      reads: { group: ['at'] },
      given: () => false,
      then: () => true,
    }
    const { coverage, fired } = simulate({ ...mutex, rules }, [property], { runs: 3 })
    expect(coverage).toEqual({ rulesNeverFired: ['never'], propertiesNeverExercised: ['P'] })
    expect(fired.find(({ rule }) => rule === 'ask')!.times).toBeGreaterThan(0)
  })
})

describe('ends of runs', () => {
  const countdown = (isEnd?: System['isEnd']): System => ({
    groups: [],
    rules: [
      { name: 'down', links: [{ part: 'n', shared: true, step: (n: number) => (n > 0 ? [{ state: n - 1 }] : []) }] },
    ],
    initial: [3, 5].map((n) => ({ shared: { n }, groups: [] })),
    ...(isEnd && { isEnd }),
  })

  test('a dead end is a violation with its path', () => {
    const { deadlock, ended } = simulate(countdown(), [], { runs: 10 })
    expect(deadlock).toMatchObject({ verdict: 'violated', seen: { times: 10, runs: 10 } })
    expect(deadlock.path!.events).toHaveLength(deadlock.path!.initial === 0 ? 3 : 5)
    expect(ended).toBe(0)
  })

  test('a declared end is none', () => {
    const report = simulate(
      countdown(({ shared }) => shared.n === 0),
      [],
      { runs: 50 },
    )
    expect(report).toMatchObject({ deadlock: { verdict: 'inconclusive' }, ended: 50, cutShort: 0, longest: 5 })
  })

  test('runs begin in every initial world, and are no longer than they may be', () => {
    const report = simulate(countdown(), [], { runs: 50, steps: 3 })
    expect(report).toMatchObject({ longest: 3, deadlock: { verdict: 'violated' } })
    expect(report.cutShort).toBeGreaterThan(0)
    expect(report.cutShort + report.deadlock.seen.runs).toBe(50)
  })
})

test('a system that no table could hold', () => {
  const endless: System = {
    groups: [{ name: 'g', kind: 'g' }],
    rules: [{ name: 'count', kinds: ['g'], links: [{ part: 'n', step: (n: number) => [{ state: n + 1 }] }] }],
    initial: [{ shared: {}, groups: [{ n: 0 }] }],
  }
  const far: Property = { id: 'far', kind: 'reachable', reads: { group: ['n'] }, when: ({ n }) => n === 150 }
  const { findings, tables } = simulate(endless, [far], { runs: 3 })
  expect(findings[0]).toMatchObject({ verdict: 'reached', seen: { times: 3, runs: 3 } })
  expect(findings[0]!.path!.events).toHaveLength(150)
  expect(tables).toMatchObject({ slices: 202, reducerRuns: 201 })
})

test('constraints keep runs where a search would stay', () => {
  const { fired } = simulate(rfc9293, rfc9293Properties, { runs: 50 })
  expect(fired.filter(({ rule, times }) => times > 0 && /open|: send$/.test(rule))).toEqual([])
})

test('shouldStop ends it with what is known', () => {
  let asked = 0
  const report = simulate(mutex, mutexProperties, { runs: 1e9, shouldStop: () => ++asked > 10 })
  expect(report.bound).toBe('stopped')
  expect(report.runs).toBeLessThan(1000)
})
