import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { check } from './check.ts'
import { admits, type Constraints, permits } from './constraint.ts'
import { checkNaively } from './naive.ts'
import { replayPath } from './path.ts'
import type { Path, Property } from './property.ts'
import type { VisitedName } from './report.ts'
import type { System, World } from './system.ts'
import { randomConstraints, randomProperties, randomSystem } from './testing/random-system.ts'

const isNoLeadsTo = ({ kind }: Property): boolean => kind !== 'leads-to'

/** The worlds on a path, the initial one included. */
const worldsOn = (system: System, path: Path): World[] => [
  system.initial[path.initial]!,
  ...replayPath(system, path).map(({ world }) => world),
]

/** Nothing but the last step, or the world that it leads to, may be cut off. */
function staysInside(system: System, path: Path): boolean {
  const worlds = worldsOn(system, path)
  const steps = replayPath(system, path)
  return (
    worlds.slice(0, -1).every((world) => admits(system, world)) &&
    steps.slice(0, -1).every((step, i) => permits(system, worlds[i]!, step))
  )
}

describe('what constraints leave of a system', () => {
  test.prop(
    [
      randomSystem,
      randomProperties,
      randomConstraints,
      fc.constantFrom<VisitedName>('bitset', 'paged bitset', 'hash table'),
    ],
    { numRuns: 120 },
  )('the compiled search agrees with the plain one', (free, properties, constraints, visited) => {
    const system = { ...free, constraints }
    const asked = properties.filter(isNoLeadsTo)
    fc.pre(system.initial.some((world) => admits(system, world)))
    const expected = checkNaively(system, asked)
    const report = check(system, asked, { visited })
    const { states, transitions, depth, deadlocks, exhausted } = report
    expect({ states, transitions, depth, deadlocks, exhausted }).toEqual({
      states: expected.states,
      transitions: expected.transitions,
      depth: expected.depth,
      deadlocks: expected.deadlocks,
      exhausted: true,
    })
    report.findings.forEach((finding, i) => {
      const { verdict, length } = expected.findings[i]!
      expect(finding.verdict).toBe(verdict)
      expect(finding.path?.events.length).toBe(length)
    })
    for (const { path } of [...report.findings, report.deadlock]) {
      if (path !== undefined) expect(staysInside(system, path)).toBe(true)
    }
  })
})

/** Counts from 0, or from 10, and never stops. */
const counter = (constraints?: Constraints): System => ({
  groups: [{ name: 'counter', kind: 'counter' }],
  rules: [{ name: 'count', kinds: ['counter'], links: [{ part: 'n', step: (n: number) => [{ state: n + 1 }] }] }],
  initial: [
    { shared: {}, groups: [{ n: 0 }] },
    { shared: {}, groups: [{ n: 10 }] },
  ],
  ...(constraints && { constraints }),
})
const upTo = (most: number): Constraints => ({
  states: [{ id: 'small', reads: { group: ['n'] }, when: ({ n }) => n <= most }],
})
const never = (wrong: number): Property => ({
  id: `never ${wrong}`,
  kind: 'invariant',
  reads: { group: ['n'] },
  then: ({ n }) => n !== wrong,
})

describe('a state constraint', () => {
  test('keeps finite what has no end: the world behind is generated, but no state', () => {
    const report = check(counter(upTo(12)), [])
    expect(report).toMatchObject({ exhausted: true, states: 13, transitions: 13, depth: 9, deadlocks: 0 })
  })

  test('the world behind is still looked at, and the path says from which initial world', () => {
    const { findings } = check(counter(upTo(12)), [never(13), never(14), never(3)])
    expect(findings.map(({ verdict }) => verdict)).toEqual(['violated', 'holds', 'violated'])
    expect(findings[0]!.path).toMatchObject({ initial: 1, events: [{}, {}, {}] })
    expect(findings[2]!.path).toMatchObject({ initial: 0, events: [{}, {}, {}] })
  })

  test('an initial world that it cuts off is looked at, and no more', () => {
    const report = check(counter(upTo(4)), [never(10), never(11)])
    expect(report).toMatchObject({ states: 5, transitions: 5, depth: 4 })
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['violated', 'holds'])
    expect(report.findings[0]!.path).toEqual({ initial: 1, events: [] })
  })
})

describe('a step constraint', () => {
  test('a step that it forbids is counted and looked at, but not taken', () => {
    const constraints: Constraints = {
      steps: [{ id: 'not past 5', reads: { group: ['n'] }, when: ({ after }) => after.n !== 6 }],
      ...upTo(11),
    }
    const report = check(counter(constraints), [never(6), never(7)])
    expect(report).toMatchObject({ states: 8, transitions: 8, depth: 5, deadlocks: 0 })
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['violated', 'holds'])
  })
})

describe('what constraints cannot be joined with', () => {
  test.each<{ what: string; run: () => unknown; message: RegExp }>([
    {
      what: 'sets of worlds',
      run: () => check(counter(upTo(3)), [], { engine: 'symbolic' }),
      message: /asked world by world.*use the explicit engine/,
    },
    {
      what: 'groups up to renaming',
      run: () => check(counter(upTo(3)), [], { symmetry: 'on' }),
      message: /cannot be searched up to renaming: constraints are asked world by world/,
    },
    {
      what: 'promises about runs',
      run: () =>
        check(counter(upTo(3)), [
          { id: 'grows', kind: 'leads-to', reads: { group: ['n'] }, given: () => true, then: ({ n }) => n > 1 },
        ]),
      message: /grows cannot be decided under constraints/,
    },
    {
      what: 'no world to begin with',
      run: () => check(counter(upTo(-1)), []),
      message: /admit none of the initial worlds/,
    },
    {
      what: 'a part that does not exist',
      run: () => check(counter({ states: [{ id: 'odd', reads: { group: ['m'] }, when: () => true }] }), []),
      message: /Constraint odd reads m, which no group has/,
    },
  ])('$what: refused with the reason', ({ run, message }) => {
    expect(run).toThrow(message)
  })
})
