/** Worlds whose combinations of local states outgrow 32 bits, and exact integers. */
import { expect, test } from 'vitest'
import { check } from './check.ts'
import type { Property } from './property.ts'
import type { System } from './system.ts'

const LAST = 99

/** So many counters, which count to 99 one after another: few worlds among 100 to the power of counters. */
const counters = (count: number): System => ({
  groups: Array.from({ length: count }, (_, i) => ({ name: `counter ${i}`, kind: 'counter' })),
  rules: [
    {
      name: 'count',
      kinds: ['counter'],
      links: [
        { part: 'n', step: (n: number) => (n === LAST ? [] : [{ state: n + 1, label: n + 1 === LAST }]) },
        {
          part: 'turn',
          shared: true,
          step: (turn: number, isLast: boolean, group) => (turn === group ? [{ state: turn + (isLast ? 1 : 0) }] : []),
        },
      ],
    },
  ],
  initial: [{ shared: { turn: 0 }, groups: Array.from({ length: count }, () => ({ n: 0 })) }],
  isEnd: ({ shared }) => shared.turn === count,
})

const done = (turn: number): Property[] => [
  { id: 'done', kind: 'reachable', reads: { shared: ['turn'] }, when: (view) => view.turn === turn },
]

test.each(['paged bitset', 'hash table'] as const)('an index beyond 2^32, %s', (visited) => {
  const report = check(counters(5), done(5), { visited })
  expect(report.tables.index).toBeGreaterThan(2 ** 32)
  expect(report).toMatchObject({ states: 5 * LAST + 1, depth: 5 * LAST, exhausted: true, visited })
  expect(report.findings[0]!.path!.events.length).toBe(5 * LAST)
})

test('a bitset of more than 2^32 is refused, and the report says so', () => {
  expect(check(counters(5), done(5), { visited: 'bitset' })).toMatchObject({
    exhausted: false,
    findings: [{ verdict: 'inconclusive' }],
    boundDetail: expect.stringContaining('up to 2^32 indices'),
  })
})

test('an index beyond 2^53: state by state is refused, auto goes on with sets of states and says why', () => {
  expect(check(counters(9), done(9), { engine: 'explicit' })).toMatchObject({
    exhausted: false,
    findings: [{ verdict: 'inconclusive' }],
    boundDetail: expect.stringContaining('beyond 2^53'),
  })
  expect(check(counters(9), done(9))).toMatchObject({
    engine: 'symbolic',
    engineReason: expect.stringContaining('cannot be numbered exactly'),
    states: 9 * LAST + 1,
    exhausted: true,
    findings: [{ verdict: 'reached' }],
  })
})
