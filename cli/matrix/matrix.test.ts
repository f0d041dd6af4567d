import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { halfopen } from '../testing/halfopen.ts'
import { cellsOf } from './matrix.ts'

const matrix = 'scenario=SYN-queue-limit,inexact-reset,dead-backlog-0; kernel=all; backlog=0..1'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'halfopen-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const shard = (k: number, n: number, out: string) =>
  halfopen(['check', '--matrix', matrix, '--shard', `${k}/${n}`, '--out', out])

const resultsIn = (place: string) =>
  Object.fromEntries(
    readdirSync(place)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, readFileSync(join(place, name), 'utf8')]),
  )

describe('the cells of a matrix', () => {
  test('are in its order, the last key first', () => {
    const cells = cellsOf('scenario=close; backlog=0..2; tcp_syncookies=0,2')
    expect(cells).toHaveLength(6)
    expect(cells[1]).toEqual({ scenario: 'close', overrides: { backlog: 0, sysctls: { tcp_syncookies: 2 } } })
  })

  test.each([
    ['scenario=close; backlog=x', 'no number'],
    ['backlog=4..2', 'no range'],
    ['backlog=0; backlog=1', 'is given twice'],
    ['backlog', 'no key with values'],
    ['tcp_sincookies=1', 'tcp_syncookies'],
    ['backlog=-1', 'out of range'],
  ])('%s: refused', (text, words) => {
    expect(() => cellsOf(text)).toThrow(words)
  })
})

describe('a matrix in shards', () => {
  test('gives, merged, byte for byte what one process gives', async () => {
    const [a, b, whole] = ['a', 'b', 'whole'].map((name) => join(folder, name)) as [string, string, string]
    expect((await shard(1, 2, a)).code).toBe(0)
    const early = await halfopen(['merge', a])
    expect(early.code).toBe(1)
    expect(early.out).toContain('missing')
    expect((await shard(2, 2, b)).code).toBe(0)
    await shard(1, 1, whole)
    const merged = await halfopen(['merge', b, a, '--json'])
    expect(merged.out).toBe((await halfopen(['merge', whole, '--json'])).out)
    expect({ ...resultsIn(a), ...resultsIn(b) }).toEqual(resultsIn(whole))
    expect(JSON.parse(merged.out).missing).toEqual([])
    expect(JSON.stringify(resultsIn(whole))).not.toMatch(/seconds|host/)
  })

  test('what is there already is not done again', async () => {
    await shard(1, 4, folder)
    const again = await shard(1, 4, folder)
    expect(again.out).toMatch(/^0 cells of \d+ done, \d+ results there already/)
  })

  test('two results of one cell that differ: an error that shows both', async () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')]
    await shard(1, 8, a)
    await shard(1, 8, b)
    const name = Object.keys(resultsIn(b)).find((file) => file !== 'plan.json')!
    writeFileSync(join(b, name), resultsIn(b)[name]!.replace(/"states": \d+/, '"states": 1'))
    const { code, out, err } = await halfopen(['merge', a, b])
    expect(code).toBe(70)
    expect(err).toMatch(/two results differ.*\[E_UNEQUAL\]/)
    expect(out.split('"scenario"')).toHaveLength(3)
  })

  test('results of another matrix: refused', async () => {
    await shard(1, 8, folder)
    const other = await halfopen(['check', '--matrix', 'scenario=close', '--out', folder])
    expect(other).toMatchObject({ code: 2 })
    expect(other.err).toContain('another matrix')
  })

  test.each([
    [['check', '--matrix', 'backlog=1'], '--out DIR'],
    [['check', '--shard', '1/2'], 'there is no matrix'],
    [['check', '--matrix', 'backlog=1', '--out', 'x', '--time', '5'], 'cannot be merged'],
    [['check', '--matrix', 'backlog=1', '--out', 'x', '--backlog', '2'], 'put it into the matrix'],
    [['check', '--matrix', 'backlog=1', '--shard', '3/2', '--out', 'x'], 'is no share'],
  ])('%j: wrong usage', async (args, words) => {
    const { code, err } = await halfopen(args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })

  test('directories without results: unreadable', async () => {
    expect((await halfopen(['merge', folder])).code).toBe(4)
    expect((await halfopen(['merge', join(folder, 'none')])).code).toBe(4)
  })
})
