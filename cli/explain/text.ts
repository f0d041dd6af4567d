/** What something means, for people: a fact a line, longer ones in as many as they take. */
import { extentOf, fitted, rowOf } from '../words/columns.ts'
import type { Page } from '../words/page.ts'
import { padded } from '../words/paint.ts'
import { linesOf, paragraph, unbroken } from '../words/paragraph.ts'
import type { Explanation } from './explanation.ts'

export const explanationText = ({ id, is, ...facts }: Explanation, page: Page): string =>
  [
    `${page.paint('bold', id)}${kinds[is] ?? `, a ${is}`}\n`,
    ...Object.entries(facts).map(([what, value]) => factText(what, value, page)),
  ].join('')

const kinds: Readonly<Record<string, string>> = {
  argument: ', an argument',
  answer: ', an answer',
  error: ', an error',
  'no such sysctl': ': no such sysctl',
}

const LABEL = 12
const INDENT = LABEL + 2

/** A label that is too long for its column has a line of its own. */
const factText = (what: string, value: unknown, page: Page): string => {
  const label = page.paint('dim', padded(what, LABEL))
  const [before, head] = what.length < LABEL ? ['', `  ${label}`] : [`  ${label}\n`, ' '.repeat(INDENT)]
  return before + saidText(head, value, page)
}

const saidText = (head: string, value: unknown, page: Page): string => {
  if (Array.isArray(value)) return paragraph(page, head, value.join(', ') || 'none')
  if (typeof value === 'object' && value !== null) return namedText(head, Object.entries(value), page)
  const text = String(value)
  return text.startsWith('halfopen ') ? paragraph(page, head, unbroken(text), 4) : paragraph(page, head, text)
}

/** A name and what is said of it, beside each other. */
const namedText = (head: string, entries: readonly (readonly [string, unknown])[], { width }: Page): string => {
  const rows = entries.map(([name, value]) => [name, String(value)])
  const columns = [0, 1].map((column) => extentOf(rows.map((row) => row[column]!)))
  const widths = fitted(columns, width - INDENT)
  return rows
    .flatMap((row) =>
      rowOf(
        row.map((cell, i) => linesOf(cell, widths[i]!)),
        widths,
      ),
    )
    .map((line, i) => `${i === 0 ? head : ' '.repeat(INDENT)}${line}\n`)
    .join('')
}
