import { describe, expect, test } from 'vitest'
import { check } from '../../check.ts'
import { checkNaively } from '../../naive.ts'
import { replayPath } from '../../path.ts'
import type { CheckOptions, Report } from '../../report.ts'
import { type Classic, classics } from './cases.ts'

const engines: Readonly<Record<string, CheckOptions>> = {
  'breadth first, bitset': { engine: 'explicit', visited: 'bitset' },
  'breadth first, pages': { engine: 'explicit', visited: 'paged bitset' },
  'breadth first, hash table': { engine: 'explicit', visited: 'hash table', symmetry: 'off' },
  'depth first': { engine: 'depth-first' },
  'sets of states': { engine: 'symbolic', everyLevel: true },
  auto: {},
}

const verdictOf = (known: Classic['verdicts'][number]) => (typeof known === 'string' ? known : known[0])
const counts = ({ states, transitions, deadlocks }: Pick<Report, 'states' | 'transitions' | 'deadlocks'>) => ({
  states,
  transitions,
  deadlocks,
})

describe.each(classics)('$name', (known) => {
  const { system, properties, verdicts, depth } = known

  test.each(Object.entries(engines))('%s', (engine, options) => {
    const report = check(system, properties, options)
    expect({ ...counts(report), exhausted: report.exhausted }).toEqual({ ...counts(known), exhausted: true })
    const isDeep = engine === 'depth first'
    if (!isDeep) expect(report.depth).toBe(depth)
    report.findings.forEach(({ verdict, path }, at) => {
      if (isDeep && properties[at]!.kind === 'leads-to') return
      expect({ property: properties[at]!.id, verdict }).toEqual({
        property: properties[at]!.id,
        verdict: verdictOf(verdicts[at]!),
      })
      if (path === undefined) return
      expect(replayPath(system, path)).toHaveLength(path.events.length)
      if (!isDeep && typeof verdicts[at] === 'object') expect(path.events).toHaveLength(verdicts[at][1])
    })
  })

  test('by the plain search over whole worlds', () => {
    const report = checkNaively(system, properties)
    expect({ ...counts(report), depth: report.depth }).toEqual({ ...counts(known), depth })
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(verdicts.map(verdictOf))
  })
})
