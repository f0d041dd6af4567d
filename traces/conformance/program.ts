/** The command line of the bench. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { missingFiles, recordingsIn } from './folder.ts'
import { infer } from './inferred.ts'
import { page } from './page.ts'
import { type CountersPredicted, isEqual, isWithin } from './predicted.ts'
import { judge, type ReportedRow } from './row.ts'
import { inferredTable, predictedTable, table } from './table.ts'

interface Writer {
  write(text: string): unknown
}

interface NotComparable {
  readonly capture: string
  readonly lacks: readonly string[]
}

const USAGE = 'usage: npm run conformance -- [--inferred] [--json] [--all] [--docs FILE] DIR…\n'

/**
 * Exit code: 0 if every folder matched, 1 if one did not or could not be compared, 2 for wrong usage. What `--inferred` adds
 * does not change it: a packet capture alone may leave more than one state possible.
 */
export const main = (args: readonly string[], out: Writer, errors: Writer): 0 | 1 | 2 => {
  const asked = parse(args)
  if (typeof asked === 'string') {
    errors.write(`conformance: ${asked}\n${USAGE}`)
    return 2
  }
  const { folders, json, all, docs, inferred } = asked
  const rows: ReportedRow[] = []
  const notComparable: NotComparable[] = []
  for (const folder of folders.flatMap(recordingsIn)) {
    const lacks = missingFiles(folder)
    if (lacks.length > 0) notComparable.push({ capture: folder, lacks })
    else rows.push({ ...judge(folder), ...(inferred && { inferred: infer(folder) }) })
  }
  if (json) out.write(`${JSON.stringify({ rows: rows.map(published), notComparable }, null, 2)}\n`)
  else {
    out.write(table(rows, false))
    if (inferred) out.write(`\n${inferredTable(rows, false)}\n${predictedTable(rows, false)}`)
    if (all) for (const row of rows) for (const line of linesOf(row)) out.write(`${row.capture}: ${line}\n`)
    for (const n of notComparable) out.write(`${n.capture}: not comparable, lacks ${n.lacks.join(', ')}\n`)
  }
  if (docs !== undefined) writeFileSync(docs, page(rows))
  return notComparable.length === 0 && rows.every((r) => r.mismatches.length === 0) ? 0 : 1
}

const parse = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        inferred: { type: 'boolean', default: false },
        docs: { type: 'string' },
      },
    })
    return positionals.length === 0 ? 'no folder is named' : { folders: positionals, ...values }
  } catch (error) {
    return (error as Error).message
  }
}

const linesOf = ({ mismatches, inferred = [] }: ReportedRow): string[] => [
  ...mismatches,
  ...inferred.flatMap(({ tap, missed }) => missed.map((line) => `inferred at the ${tap}: ${line}`)),
]

const published = ({ mismatches: _, inferred, ...row }: ReportedRow) => ({
  ...row,
  ...(inferred && {
    inferred: inferred.map(({ missed: _missed, counters, ...tap }) => ({
      ...tap,
      counters: publishedCounters(counters),
    })),
  }),
})

const publishedCounters = ({ determined, open, unexplained }: CountersPredicted) => ({
  determined: determined.length,
  equal: determined.filter(isEqual).length,
  mismatches: determined
    .filter((c) => !isEqual(c))
    .map(({ counter, least, captured }) => ({ counter, predicted: least, captured })),
  open: open.length,
  within: unexplained > 0 ? 0 : open.filter(isWithin).length,
  unexplained,
})
