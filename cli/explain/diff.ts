/** Two kernel profiles beside each other, in sentences. */
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { padded } from '../words/paint.ts'
import { paragraph } from '../words/paragraph.ts'
import { table } from '../words/table.ts'
import type { ProfileDiff } from './profile.ts'

export const diffText = ({ one, other, dialect, defaults }: ProfileDiff, page: Page): string => {
  const { paint } = page
  const width = Math.max(one.length, other.length)
  const said = (name: string, says: string) => paragraph(page, `    ${padded(paint('bold', name), width)}  `, says)
  const fields = dialect.map(({ field, source, one: a, other: b }) =>
    [paragraph(page, `  ${field} `, paint('dim', `(${source})`), 4), said(one, a.says), said(other, b.says)].join(''),
  )
  const rows = defaults.map((d) => [d.name, d.one, d.other])
  const changed = `${count(defaults.length, 'default')} ${defaults.length === 1 ? 'differs' : 'differ'}`
  return [
    paragraph(
      page,
      `${paint('bold', one)} against ${paint('bold', other)}: `,
      `${count(dialect.length, 'difference')} in what they do, ${changed}`,
      2,
    ),
    ...fields,
    ...(rows.length > 0 ? [table(['setting', one, other], rows, page)] : []),
  ].join('\n')
}
