import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { pages } from './pages.ts'

const written = (file: string): string => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8')

test.each(Object.keys(pages))('%s is current: npm run pages makes it anew', (file) => {
  expect(written(file)).toBe(pages[file]!())
})

test.each(Object.keys(pages))('%s: every row of a table has as many cells as its heading', (file) => {
  const lines = pages[file]!().split('\n')
  const cells = (line: string) => line.split(/(?<!\\)\|/).length
  lines.forEach((line, i) => {
    if (line.startsWith('|') && lines[i - 1]?.startsWith('|'))
      expect([line, cells(line)]).toEqual([line, cells(lines[i - 1]!)])
  })
  expect(lines.join('\n')).not.toMatch(/undefined|\[object/)
})
