import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { halfopen } from '../testing/halfopen.ts'

const captures = fileURLToPath(new URL('../../traces/corpus/01-normal', import.meta.url))
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'halfopen-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const shard = (of: string, out: string, given = captures) =>
  halfopen(['replay', given, '--kernel', 'linux-6.18', '--shard', of, '--out', out])

const resultsIn = (place: string) =>
  Object.fromEntries(
    readdirSync(place)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, readFileSync(join(place, name), 'utf8')]),
  )

describe('captures in shards', () => {
  test('give, merged, byte for byte what one process gives', async () => {
    const [a, b, whole] = ['a', 'b', 'whole'].map((name) => join(folder, name)) as [string, string, string]
    expect((await shard('1/2', a)).code).toBe(0)
    expect((await halfopen(['merge', a])).out).toContain('missing')
    expect((await shard('2/2', b)).code).toBe(0)
    await shard('1/1', whole)
    expect({ ...resultsIn(a), ...resultsIn(b) }).toEqual(resultsIn(whole))
    const merged = await halfopen(['merge', b, a, '--json'])
    expect(merged.out).toBe((await halfopen(['merge', whole, '--json'])).out)
    expect(JSON.parse(merged.out).missing).toEqual([])
    expect(merged.out).not.toContain(folder)
    expect((await shard('1/1', whole)).out).toMatch(/^0 captures of \d+ done, \d+ results there already/)
  })

  test('a pattern names files of a directory', async () => {
    const { code, out } = await shard('1/1', folder, join(captures, 'capture-*.pcap'))
    expect(code).toBe(0)
    expect(out).toMatch(/^1 capture of 1 done/)
  })

  test('a file that is no capture is a result, too', async () => {
    await shard('1/1', folder, fileURLToPath(import.meta.url))
    const { code, out } = await halfopen(['merge', folder])
    expect(code).toBe(3)
    expect(out).toContain('unreadable')
  })

  test.each([
    [['replay', captures, '--shard', '1/2'], '--out DIR'],
    [['replay', join(captures, 'no*.pcap'), '--out', 'x'], 'there is no capture'],
    [['replay', captures, '--out', 'x', '--time', '5'], 'cannot be merged'],
    [['replay', captures, '--out', 'x', '--junit', 'y'], 'in shards'],
    [['replay', captures, '--out', 'x', '--sockets', 'y'], 'in shards'],
  ])('%j: wrong usage', async (args, words) => {
    const { code, err } = await halfopen(args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})
