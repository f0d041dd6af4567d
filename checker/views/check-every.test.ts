import { describe, expect, test } from 'vitest'
import { mutex } from '../examples/mutex.ts'
import { anyReadersAndWriters, readersAndWriters, readersAndWritersProperties } from '../examples/readers-writers.ts'
import { checkNaively } from '../naive.ts'
import { replayPath } from '../path.ts'
import type { Property } from '../property.ts'
import type { Link, System } from '../system.ts'
import { checkForEvery } from './check-every.ts'
import { familyOf } from './family.ts'

const told = (report: ReturnType<typeof checkForEvery>) =>
  Object.fromEntries(
    report.findings.map(({ property, verdict, smallest, andMore }) => [property, { verdict, smallest, andMore }]),
  )

describe('readers and writers, for every number of processes', () => {
  test('proved, though the number of readers has no bound', () => {
    const report = checkForEvery(anyReadersAndWriters(), () => readersAndWritersProperties)
    expect(told(report)).toEqual({
      'no-reader-beside-a-writer': { verdict: 'holds' },
      'one-writer': { verdict: 'holds' },
      'two-read': { verdict: 'reached', smallest: 2, andMore: true },
    })
    expect(report).toMatchObject({ many: 2, sums: ['readers'] })
  })

  test('a careless writer: violated with two processes, not with one', () => {
    const family = anyReadersAndWriters({ careless: true })
    const { findings } = checkForEvery(family, () => readersAndWritersProperties)
    expect(findings[0]).toMatchObject({ verdict: 'violated', smallest: 2, andMore: true })
    expect(replayPath(family.ofSize(2), findings[0]!.path!)).toHaveLength(2)
  })

  test('one system has as many worlds as the plain search finds', () => {
    const system = readersAndWriters(3)
    // each reads or not, or one of three writes
    expect(checkNaively(system, readersAndWritersProperties)).toMatchObject({ states: 8 + 3, deadlocks: 0 })
  })
})

describe('a lock, for every number of processes', () => {
  const inside: Property = {
    id: 'taken-by-one',
    kind: 'invariant',
    reads: { group: ['at'], shared: ['lock'], everyGroup: true },
    then: ({ at, lock }: { at: string[]; lock: string }) =>
      at.filter((place) => place === 'inside').length === (lock === 'taken' ? 1 : 0),
    sums: [{ total: ({ lock }) => (lock === 'taken' ? 1 : 0), of: ({ at }) => (at === 'inside' ? 1 : 0) }],
  }

  test('the lock is taken exactly while one process is inside: proved', () => {
    expect(checkForEvery(familyOf(mutex), () => [inside]).findings[0]).toMatchObject({
      verdict: 'holds',
      forEvery: true,
    })
  })

  test('who enters without looking breaks it with two processes', () => {
    const hasty = (link: Link): Link => (link.shared ? { ...link, step: () => [{ state: 'taken' }] } : link)
    const system: System = {
      ...mutex,
      rules: mutex.rules.map((rule) => (rule.name === 'enter' ? { ...rule, links: rule.links.map(hasty) } : rule)),
    }
    expect(checkForEvery(familyOf(system), () => [inside]).findings[0]).toMatchObject({
      verdict: 'violated',
      smallest: 2,
    })
  })

  test('a lock that lets in whoever has the lower index: refused', () => {
    const nosy: Link = {
      part: 'lock',
      shared: true,
      step: (lock, _label, group) => (group === 0 ? [{ state: lock }] : []),
    }
    const system: System = { ...mutex, rules: [{ name: 'look', kinds: ['process'], links: [nosy] }] }
    expect(() => checkForEvery(familyOf(system), () => [inside])).toThrow(/tells the groups apart by their index/)
  })
})
