import { test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { canonicalKey } from '../canonical.ts'
import { check } from '../check.ts'
import { compile } from '../compile/index.ts'
import { referenceSystem } from '../examples/reference.ts'
import { referenceProperties } from '../examples/reference-properties.ts'
import { events } from '../interpret.ts'
import { checkNaively, exploreNaively } from '../naive.ts'
import { replayPath } from '../path.ts'
import type { Property } from '../property.ts'
import { breadthFirst } from '../search/bfs.ts'
import { Bounds } from '../search/bounds.ts'
import type { System } from '../system.ts'
import { randomAlikeProperties, randomAlikeSystem, randomLeadsTo } from '../testing/random-alike-system.ts'
import { orbitSpace } from './space.ts'

/** Everything a report says that must not depend on the reduction. */
function told(system: System, properties: readonly Property[], symmetry: 'on' | 'off') {
  const report = check(system, properties, { symmetry, engine: 'explicit' })
  for (const { path } of [...report.findings, report.deadlock]) if (path) replayPath(system, path)
  const { states, transitions, depth, levels, deadlocks, exhausted, coverage } = report
  const verdicts = [...report.findings, report.deadlock].map(({ property, verdict, path }) => ({
    property,
    verdict,
    length: path?.events.length,
  }))
  return { states, transitions, depth, levels, deadlocks, exhausted, coverage, verdicts }
}

/** All worlds of all orbits that a search up to symmetry finds. */
function expanded(system: System): Set<string> {
  const compiled = compile(system, { maxSlices: 100_000 })
  const space = orbitSpace(compiled)
  const { levels } = breadthFirst(compiled, [], {}, new Bounds({}), space)
  const indices = new Float64Array(levels.length)
  for (let at = 0; at < indices.length; ) at += levels.read(at, indices.length - at, indices.subarray(at))
  const digits = new Int32Array(indices.length * space.columns)
  space.digits(indices, indices.length, digits)
  const found = new Set<string>()
  for (let at = 0; at < digits.length; at += space.columns) {
    for (const world of space.arrangements(digits, at)) found.add(canonicalKey(compiled.codec.worldOf(world)))
  }
  return found
}

describe('worlds up to renaming alike groups', () => {
  test.prop([randomAlikeSystem, randomAlikeProperties], { numRuns: 40 })(
    'give the counts, verdicts and shortest lengths of all worlds',
    (system, properties) => {
      const whole = told(system, properties, 'off')
      expect(told(system, properties, 'on')).toEqual(whole)
      expect(whole).toMatchObject({ states: checkNaively(system, []).states })
    },
  )

  test.prop([randomAlikeSystem], { numRuns: 20 })('expand to exactly the reachable worlds', (system) => {
    const all = exploreNaively(system.initial, (world) => events(system, world))
    expect(expanded(system)).toEqual(new Set(all.map(({ world }) => canonicalKey(world))))
  })

  test('of the reference model are as many as rumur finds with a scalarset', () => {
    const orbits = (clients: number, retries: number) =>
      check(referenceSystem({ clients, retries, losses: 1 }), referenceProperties(), { symmetry: 'on' })
    expect(orbits(2, 1)).toMatchObject({ orbits: 121_569, states: 242_693, transitions: 1_287_642, depth: 28 })
    expect(orbits(3, 0)).toMatchObject({ orbits: 304_017, states: 1_786_154, transitions: 10_776_996, depth: 33 })
  })

  test('end in a world where the property fails for the group that is named', () => {
    const first: Property = {
      id: 'only the last may finish',
      kind: 'invariant',
      reads: { group: ['client'], everyGroup: true },
      then: ({ client }: { client: { state: string }[] }) => client[0]!.state !== 'DONE',
    }
    const system = referenceSystem({ clients: 2, retries: 0, losses: 0 })
    const { path, verdict } = check(system, [first], { symmetry: 'on' }).findings[0]!
    expect(verdict).toBe('violated')
    expect(replayPath(system, path!).at(-1)!.world.groups[0]!.client.state).toBe('DONE')
  })
})

describe('leads-to with alike groups', () => {
  test.prop([randomAlikeSystem, randomLeadsTo], { numRuns: 15 })(
    'has the verdict of the plain search, whether it was proved up to renaming or not',
    (system, properties) => {
      const { findings } = check(system, properties)
      expect(findings.map(({ verdict }) => verdict)).toEqual(
        checkNaively(system, properties).findings.map(({ verdict }) => verdict),
      )
    },
  )

  test('is proved for one group while the others are searched up to renaming', () => {
    const system = referenceSystem({ clients: 3, retries: 0, losses: 0 })
    const accepts: Property = {
      id: 'accepted in the end',
      kind: 'leads-to',
      reads: { group: ['server'] },
      given: ({ server }) => server.place !== null,
      then: ({ server }) => server.place === null,
      alsoFair: ['accept'],
    }
    const { findings, orbits, states } = check(system, [accepts])
    expect(findings[0]!.verdict).toBe('holds')
    expect(orbits).toBeLessThan(states / 4)
    const unfair = check(system, [{ ...accepts, alsoFair: [] }])
    expect(unfair.findings[0]!.verdict).toBe('violated')
    expect(unfair).not.toHaveProperty('orbits')
    expect(unfair.states).toBe(states)
  })
})

describe('what symmetry would make unsound is refused with the reason', () => {
  const system = referenceSystem({ clients: 2, retries: 0, losses: 0 })
  const on =
    (properties: readonly Property[], other = system) =>
    () =>
      check(other, properties, { symmetry: 'on' })

  test('leads-to, because fairness is a promise to each group', () => {
    const leadsTo = {
      id: 'L',
      kind: 'leads-to',
      reads: { group: ['client'] },
      given: () => true,
      then: () => true,
    } as const
    expect(on([leadsTo])).toThrow(/L is a leads-to property, and fairness is a promise to each group/)
    expect(check(system, [leadsTo])).not.toHaveProperty('orbits')
  })

  test('initial worlds and shared parts that tell groups apart, and groups that are all different', () => {
    const [world] = system.initial
    const [one, other] = world!.groups
    const uneven = { ...system, initial: [{ ...world!, groups: [one!, { ...other!, up: 'SYN' }] }] }
    expect(on([], uneven)).toThrow(/the initial worlds tell the groups apart/)
    expect(on([], referenceSystem({ clients: 1, retries: 0, losses: 0 }))).toThrow(/no two groups are of one kind/)
    const nosy = {
      part: 'losses',
      shared: true,
      step: (left: number, _label: unknown, _group: number) => [{ state: left }],
    }
    const named = { ...system, rules: [...system.rules, { name: 'nosy', kinds: ['connection'], links: [nosy] }] }
    expect(on([], named)).toThrow(/tells the groups apart by their index/)
  })
})
