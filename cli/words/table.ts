/** Columns under headings: as wide as what stands in them, or as the page allows; a cell that is longer goes on below. */
import { extentOf, fitted, rowOf } from './columns.ts'
import type { Page } from './page.ts'
import { linesOf } from './paragraph.ts'

const INDENT = 2

export const table = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { paint, width }: Page,
): string => {
  const columns = headings.map((heading, i) => extentOf([heading, ...rows.map((row) => row[i] ?? '')]))
  const widths = fitted(columns, width - INDENT)
  const lines = (row: readonly string[]) =>
    rowOf(
      row.map((cell, i) => linesOf(cell, widths[i]!)),
      widths,
    )
  return [headings.map((heading) => paint('dim', heading)), ...rows]
    .flatMap(lines)
    .map((line) => `${' '.repeat(INDENT)}${line}\n`)
    .join('')
}
