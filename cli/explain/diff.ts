/** Two kernel profiles beside each other, in sentences. */
import { count } from '../words/number.ts'
import { type Paint, padded } from '../words/paint.ts'
import { table, wrapped } from '../words/table.ts'
import type { ProfileDiff } from './profile.ts'

const SENTENCE = 96

export const diffText = ({ one, other, dialect, defaults }: ProfileDiff, paint: Paint): string => {
  const width = Math.max(one.length, other.length)
  const said = (name: string, says: string) =>
    `    ${padded(paint('bold', name), width)}  ${wrapped(says, SENTENCE, ' '.repeat(width + 6))}`
  const fields = dialect.map(({ field, source, one: a, other: b }) =>
    [`  ${field} ${paint('dim', `(${source})`)}`, said(one, a.says), said(other, b.says), ''].join('\n'),
  )
  const rows = defaults.map((d) => [d.name, d.one, d.other])
  const changed = `${count(defaults.length, 'default')} ${defaults.length === 1 ? 'differs' : 'differ'}`
  return [
    `${paint('bold', one)} against ${paint('bold', other)}: ${count(dialect.length, 'difference')} in what they do, ${changed}`,
    '',
    ...fields,
    ...(rows.length > 0 ? [table(['setting', one, other], rows, paint)] : []),
  ].join('\n')
}
