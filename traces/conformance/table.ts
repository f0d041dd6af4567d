/** The rows as a table, for a terminal or for the docs. */
import type { JudgedRow, Share } from './row.ts'

const share = ({ matched, total }: Share): string => `${matched}/${total}`

export const table = (rows: readonly JudgedRow[], markdown: boolean): string => {
  const cells = rows.map((r) => [
    r.capture,
    r.kernel,
    share(r.segments),
    share(r.states),
    share(r.counters),
    r.firstMismatch ?? (markdown ? '–' : ''),
  ])
  const head = ['capture', 'kernel', 'segments', 'states', 'counters', 'first mismatch']
  if (markdown) return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |\n`).join('')
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((row) => row[i]!.length)))
  return [head, ...cells]
    .map(
      (row) =>
        `${row
          .map((c, i) => c.padEnd(widths[i]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
