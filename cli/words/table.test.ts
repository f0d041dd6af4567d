import { styleText } from 'node:util'
import { expect, it } from 'vitest'
import type { Paint } from './paint.ts'
import { plain } from './paint.ts'
import { paragraph, unbroken } from './paragraph.ts'
import { table } from './table.ts'

const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false })

it('a cell that is too long goes on below', () => {
  const rows = [['one', 'a sentence of some length, which has to be read to its end']]
  expect(table(['name', 'says'], rows, { paint: plain, width: 46 })).toBe(
    `  name  says
  one   a sentence of some length, which has
        to be read to its end
`,
  )
})

it('a sentence that would have too little room stands below its row', () => {
  const rows = [['a-name-of-24-characters-', 'true', 'a sentence of some length, which has to be read']]
  expect(table(['name', 'is', 'says'], rows, { paint: plain, width: 50 })).toBe(
    `  name                      is
      says
  a-name-of-24-characters-  true
      a sentence of some length, which has to be
      read
`,
  )
})

it('where not even the words have room, each row is a list', () => {
  const rows = [['one', 'reached', 'violated']]
  expect(table(['name', 'linux-3.10', 'linux-6.18'], rows, { paint: plain, width: 24 })).toBe(
    `  one
      linux-3.10  reached
      linux-6.18  violated
`,
  )
})

it('colour does not run over the end of a line', () => {
  const lines = paragraph({ width: 12 }, '', coloured('red', 'more than a line')).trimEnd().split('\n')
  const red = (text: string) =>
    text
      .split(' ')
      .map((word) => coloured('red', word))
      .join(' ')
  expect(lines).toEqual([red('more than a'), red('line')])
})

it('what is unbroken goes to the next line as a whole, and there it may be too long', () => {
  const command = unbroken('halfopen check close')
  expect(paragraph({ width: 24 }, 'again: ', command, 2)).toBe('again:\n  halfopen check close\n')
  expect(paragraph({ width: 10 }, 'again: ', command, 2)).toBe('again:\n  halfopen check close\n')
})
