/**
 * Columns under headings: as wide as what stands in them, or as the page allows; a cell that is longer goes on below. Where a
 * sentence would have too little room it stands below its row, and where not even single words have it, each row is a list.
 */
import { type Extent, extentOf, fitted, rowOf, SENTENCE, taken } from './columns.ts'
import type { Page } from './page.ts'
import { linesOf, paragraph } from './paragraph.ts'

type Row = readonly string[]

const INDENT = 2
/** Of what stands below its row. */
const BELOW = 6

export const table = (headings: Row, rows: readonly Row[], page: Page): string => {
  const columns = headings.map((heading, i) => extentOf([heading, ...rows.map((row) => row[i] ?? '')]))
  const all = [headings.map((heading) => page.paint('dim', heading)), ...rows]
  const room = page.width - INDENT
  const widths = fitted(columns, room)
  if (isTooNarrow(columns.at(-1)!, widths.at(-1)!)) return stacked(all, columns, page)
  return taken(widths) > room ? rows.map((row) => listed(all[0]!, row, page)).join('') : beside(all, widths)
}

const isTooNarrow = ({ natural }: Extent, width: number): boolean => natural > SENTENCE && width < SENTENCE

const beside = (rows: readonly Row[], widths: readonly number[], indent = INDENT): string =>
  rows
    .flatMap((row) =>
      rowOf(
        row.map((cell, i) => linesOf(cell, widths[i]!)),
        widths,
      ),
    )
    .map((line) => `${' '.repeat(indent)}${line}\n`)
    .join('')

/** The last cell of each row below the others, where it has the whole line. */
const stacked = (rows: readonly Row[], columns: readonly Extent[], page: Page): string => {
  const widths = fitted(columns.slice(0, -1), page.width - INDENT)
  return rows
    .map((row) => beside([row.slice(0, -1)], widths) + paragraph(page, ' '.repeat(BELOW), row.at(-1)!))
    .join('')
}

/** A row by itself: its first cell, and below it each other one beside its heading. */
const listed = (headings: Row, [name = '', ...cells]: Row, page: Page): string => {
  const pairs = cells.flatMap((cell, i) => (cell === '' ? [] : [[headings[i + 1]!, cell]]))
  const widths = fitted(
    [0, 1].map((i) => extentOf(pairs.map((pair) => pair[i]!))),
    page.width - BELOW,
  )
  return paragraph(page, ' '.repeat(INDENT), name) + beside(pairs, widths, BELOW)
}
