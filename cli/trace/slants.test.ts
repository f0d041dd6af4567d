/** A late segment in the text of a trace: a slanted line from where it leaves to where it comes, under the text between. */
import { styleText } from 'node:util'
import { expect, test } from 'vitest'
import { plain, visible } from '../words/paint.ts'
import { slanted } from './slants.ts'

const BETWEEN = { at: 4, width: 9 }

test('a slanted line from the client, one to it', () => {
  const lines = ['from', '', '', '', 'to']
  const right = slanted(lines, [{ from: 'client', mark: '①', begins: 0, ends: 4 }], BETWEEN, plain)
  expect(right).toEqual(['from', '      ╲', '        ╲', '          ╲', 'to'])
  const left = slanted(lines, [{ from: 'server', mark: '①', begins: 0, ends: 4 }], BETWEEN, plain)
  expect(left).toEqual(['from', '          ╱', '        ╱', '      ╱', 'to'])
})

test('one that was in flight at the beginning comes from the first line', () => {
  const lines = slanted(['heading', '', '', ''], [{ from: 'client', mark: '①', ends: 3 }], BETWEEN, plain)
  expect(lines.map((line) => line.indexOf('╲'))).toEqual([-1, 7, 9, -1])
})

test('no text is written over, nor touched; two lines that cross are both there', () => {
  const slants = [
    { from: 'client' as const, mark: '①', begins: 0, ends: 4 },
    { from: 'server' as const, mark: '②', begins: 0, ends: 4 },
  ]
  const text = ['', 'a text that is long', '', '    abc', '']
  expect(slanted(text, slants, BETWEEN, plain)).toEqual(['', 'a text that is long', '        ╲', '    abc   ╲', ''])
  expect(slanted(['', '', '', '', ''], slants, BETWEEN, plain).slice(1, 4)).toEqual([
    '      ╲   ╱',
    '        ╲',
    '      ╱   ╲',
  ])
})

test('colours take no room', () => {
  const red = styleText('red', 'ab', { validateStream: false })
  const [, drawn] = slanted(
    ['', `${red}          end`, ''],
    [{ from: 'client', mark: '①', begins: 0, ends: 2 }],
    BETWEEN,
    plain,
  )
  expect(drawn).toBe(`${red}      ╲   end`)
  expect(visible(drawn!)).toBe(15)
})
