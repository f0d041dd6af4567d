import { existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compiled } from './compiled.ts'

const written = (source: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'halfopen-compiled-')), 'program.cjs')
  writeFileSync(file, source)
  return file
}

const sum = 'exports.sum = (a, b) => a + b; exports.beside = require("node:path").basename(__filename)'

interface Sum {
  sum(a: number, b: number): number
  readonly beside: string
}

const keptOf = (file: string): string => {
  const { exports, keep } = compiled<Sum>(file)
  exports.sum(1, 2)
  keep()
  return `${file}.cache`
}

describe('a file that is compiled before it is used', () => {
  test('nothing is kept yet: it is compiled', () => {
    const { exports, wasKept } = compiled<Sum>(written(sum))
    expect([exports.sum(1, 2), exports.beside, wasKept]).toEqual([3, 'program.cjs', false])
  })

  test('what was kept is taken', () => {
    const file = written(sum)
    keptOf(file)
    const { exports, wasKept } = compiled<Sum>(file)
    expect([exports.sum(1, 2), exports.beside, wasKept]).toEqual([3, 'program.cjs', true])
  })

  test('what was kept is damaged, cut, empty or something else: the file is compiled', () => {
    const file = written(sum)
    const kept = keptOf(file)
    const whole = readFileSync(kept)
    for (const damage of [
      () =>
        writeFileSync(
          kept,
          whole.map((octet, at) => (at === whole.length >> 1 ? octet ^ 1 : octet)),
        ),
      () => truncateSync(kept, whole.length - 8),
      () => truncateSync(kept),
      () => writeFileSync(kept, sum),
    ]) {
      damage()
      const { exports, wasKept } = compiled<Sum>(file)
      expect([exports.sum(1, 2), wasKept]).toEqual([3, false])
    }
  })

  test('the file is another now: it is compiled', () => {
    const file = written(sum)
    keptOf(file)
    writeFileSync(file, sum.replace('a + b', 'a - b'))
    const { exports, wasKept } = compiled<Sum>(file)
    expect([exports.sum(1, 2), wasKept]).toEqual([-1, false])
  })

  const program = new URL('../dist/bin/program.cjs', import.meta.url).pathname
  test.skipIf(!existsSync(program))('the program is', () => {
    expect(compiled(program).wasKept).toBe(true)
  })
})
