import { describe, expect, test } from 'vitest'
import { canonicalKey } from './canonical.ts'
import { mutex } from './examples/mutex.ts'
import { referenceSystem } from './examples/reference.ts'
import { Exploration } from './exploration.ts'
import { events } from './interpret.ts'
import { exploreNaively } from './naive.ts'
import { replayPath } from './path.ts'
import type { System } from './system.ts'

const naive = (system: System) => exploreNaively(system.initial, (world) => events(system, world))

describe.each([
  ['mutex', mutex],
  ['reference', referenceSystem({ clients: 1, retries: 1, losses: 1 })],
] as [string, System][])('%s', (_, system) => {
  const exploration = new Exploration(system)
  exploration.advance(Number.POSITIVE_INFINITY)
  const oracle = naive(system)

  test('everything explored: the worlds and depths of the naive search', () => {
    expect(exploration.isComplete).toBe(true)
    const depths = new Map(oracle.map(({ world, depth }) => [canonicalKey(world), depth]))
    const found = Array.from(
      exploration.depths,
      (depth, node) => [canonicalKey(exploration.world(node)), depth] as const,
    )
    expect(new Map(found)).toEqual(depths)
  })

  test('every step that changes the world is an edge, under the name of its rule', () => {
    const { from, to, rule, group } = exploration.edges
    const key = (node: number) => canonicalKey(exploration.world(node))
    const edges = Array.from(from, (f, i) => `${key(f)} ${exploration.ruleNames[rule[i]!]} ${group[i]} ${key(to[i]!)}`)
    const steps = oracle.flatMap(({ world, steps }) =>
      steps
        .filter(({ step }) => canonicalKey(step.world) !== canonicalKey(world))
        .map(
          ({ step: { event, world: next } }) =>
            `${canonicalKey(world)} ${event.rule} ${event.group ?? -1} ${canonicalKey(next)}`,
        ),
    )
    expect(edges.sort()).toEqual(steps.sort())
  })

  test('a path to any world leads there, and is as long as the world is deep', () => {
    for (let node = 0; node < exploration.nodes; node += 7) {
      const path = exploration.pathTo(node)
      const last = replayPath(system, path).at(-1)?.world ?? system.initial[0]!
      expect(path.events.length).toBe(exploration.depths[node])
      expect(exploration.nodeOf(last)).toBe(node)
    }
  })
})

test('a limit: the first worlds by depth are there, and it goes on from them', () => {
  const exploration = new Exploration(mutex)
  exploration.advance(2)
  expect([exploration.isComplete, exploration.nodes >= 2]).toEqual([false, true])
  exploration.advance(Number.POSITIVE_INFINITY)
  expect([exploration.isComplete, exploration.nodes]).toEqual([true, 8])
})

test('a part that nothing bounds is tabulated as deep as it is looked at, and worlds keep their numbers', () => {
  const up = { name: 'up', links: [{ part: 'n', shared: true, step: (n: number) => [{ state: n + 1 }] }] }
  const endless: System = { groups: [], initial: [{ groups: [], shared: { n: 0 } }], rules: [up] }
  const exploration = new Exploration(endless)
  exploration.advance(5)
  const first = Array.from({ length: 5 }, (_, node) => exploration.world(node).shared.n)
  exploration.advance(40)
  expect(exploration.nodes).toBeGreaterThanOrEqual(40)
  expect(exploration.isComplete).toBe(false)
  expect(Array.from({ length: 5 }, (_, node) => exploration.world(node).shared.n)).toEqual(first)
  expect(exploration.pathTo(30).events).toHaveLength(30)
})
