import { describe, expect, it } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import { decide } from './decide.ts'
import { expectedVerdicts, verdictRows } from './index.ts'
import { verdictTable } from './table.ts'
import { verdictProfiles, worldName } from './world.ts'
import { verdictWorlds } from './worlds.ts'

describe.each(verdictWorlds.map((world) => ({ world, name: worldName(world) })))('$name', ({ world, name }) => {
  it.each(verdictProfiles)('%s: every verdict is as the table has it', (kernel) => {
    const remembered = Object.keys(verdictTable[name]!).map((id) => {
      const row = verdictRows(id).find((r) => r.world === name)!
      return [id, row.verdicts[kernel]]
    })
    expect(decide(world, kernel)).toEqual(Object.fromEntries(remembered))
  })
  it('was explored to the end for every profile', () => {
    const all = Object.keys(verdictTable[name]!).flatMap((id) =>
      verdictRows(id).flatMap(({ verdicts }) => Object.values(verdicts)),
    )
    expect(all).not.toContain('inconclusive')
  })
})

it('names scenarios that exist, each world once', () => {
  const names = verdictWorlds.map(worldName)
  expect(new Set(names).size).toBe(names.length)
  expect(verdictWorlds.filter(({ scenario }) => !scenarios.some((s) => s.name === scenario))).toEqual([])
})

describe('what a profile is known for', () => {
  it('3.10 to 4.9 make a request although the accept queue is full; later ones drop the SYN', () => {
    expect(expectedVerdicts('Q9')).toMatchObject({
      'linux-3.10': 'violated',
      'linux-4.4': 'violated',
      'linux-4.9': 'violated',
      'linux-5.10': 'holds',
      'linux-6.1': 'holds',
      'linux-6.18': 'holds',
    })
  })
  it('Q1 holds of every Linux, and not of an RFC that knows no queues', () => {
    const { rfc9293, ...linux } = expectedVerdicts('Q1')!
    expect(new Set(Object.values(linux))).toEqual(new Set(['holds']))
    expect(rfc9293).toBe('violated')
  })
})
