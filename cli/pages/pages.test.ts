import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { pages } from './pages.ts'

const written = (file: string): string => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8')

const made = Object.fromEntries(Object.entries(pages).map(([file, page]) => [file, page()]))

test.each(Object.keys(pages))('%s is current: npm run pages makes it anew', (file) => {
  expect(written(file)).toBe(made[file])
})

test.each(Object.keys(pages))('%s: every row of a table has as many cells as its heading', (file) => {
  const lines = made[file]!.split('\n')
  const cells = (line: string) => line.split(/(?<!\\)\|/).length
  lines.forEach((line, i) => {
    if (line.startsWith('|') && lines[i - 1]?.startsWith('|'))
      expect([line, cells(line)]).toEqual([line, cells(lines[i - 1]!)])
  })
  expect(lines.join('\n')).not.toMatch(/undefined|\[object/)
})
