/** The rows as tables, for a terminal or for the docs. */
import { isEqual, isWithin, type PredictedCounter } from './predicted.ts'
import type { JudgedRow, ReportedRow, Share } from './row.ts'

const share = ({ matched, total }: Share): string => `${matched}/${total}`

export const table = (rows: readonly JudgedRow[], markdown: boolean): string =>
  drawn(
    ['capture', 'kernel', 'segments', 'states', 'counters', 'not driven', 'first mismatch'],
    rows.map((r) => [
      r.capture,
      r.kernel,
      share(r.segments),
      share(r.states),
      share(r.counters),
      r.notDriven.length === 0 ? (markdown ? '–' : '') : `${r.notDriven.length}: ${r.notDriven[0]!.why}`,
      r.firstMismatch ?? (markdown ? '–' : ''),
    ]),
    markdown,
  )

/** What a replay of the packets of each tap believed; empty unless asked for. */
export const inferredTable = (rows: readonly ReportedRow[], markdown: boolean): string => {
  const cells = rows.flatMap(({ capture, inferred = [] }) =>
    inferred.map(({ tap, verdict, samples: { contained, exact, total } }) => [
      capture,
      tap,
      verdict,
      `${contained}/${total}`,
      `${exact}/${total}`,
    ]),
  )
  return cells.length === 0 ? '' : drawn(['capture', 'tap', 'verdict', 'contained', 'exact'], cells, markdown)
}

/** Whether the packets at a host tell its counters; empty unless asked for. */
export const predictedTable = (rows: readonly ReportedRow[], markdown: boolean): string => {
  const cells = rows.flatMap(({ capture, inferred = [] }) =>
    inferred.map(({ tap, counters: { determined, open, unexplained } }) => [
      capture,
      tap,
      `${determined.filter(isEqual).length}/${determined.length}`,
      unexplained > 0 ? '–' : `${open.filter(isWithin).length}/${open.length}`,
      [...determined, ...(unexplained > 0 ? [] : open)]
        .filter((c) => !isWithin(c))
        .map(difference)
        .join(', ') || (unexplained > 0 ? `${unexplained} not explained` : markdown ? '–' : ''),
    ]),
  )
  return cells.length === 0 ? '' : drawn(['capture', 'host', 'equal', 'within', 'differs'], cells, markdown)
}

const difference = (c: PredictedCounter): string => `${c.counter} ${rangeOf(c)}, counted ${c.captured}`

const rangeOf = ({ least, most }: PredictedCounter): string => (least === most ? `${least}` : `${least} to ${most}`)

/** Every counter that is determined. */
export const determinedTable = (rows: readonly ReportedRow[]): string =>
  drawn(
    ['capture', 'host', 'counter', 'predicted', 'captured', 'equal'],
    rows.flatMap(({ capture, inferred = [] }) =>
      inferred.flatMap(({ tap, counters }) =>
        counters.determined.map((c) => [
          capture,
          tap,
          c.counter,
          `${c.least}`,
          `${c.captured}`,
          isEqual(c) ? 'yes' : 'no',
        ]),
      ),
    ),
    true,
  )

const drawn = (head: readonly string[], cells: readonly (readonly string[])[], markdown: boolean): string => {
  if (markdown) return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |\n`).join('')
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((row) => row[i]!.length)))
  const line = (row: readonly string[]): string => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')
  return [head, ...cells].map((row) => `${line(row).trimEnd()}\n`).join('')
}
