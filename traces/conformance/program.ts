/** The command line of the bench. */
import { writeFileSync } from 'node:fs'
import { missingFiles } from './folder.ts'
import { page } from './page.ts'
import { type JudgedRow, judge } from './row.ts'
import { table } from './table.ts'

interface Writer {
  write(text: string): unknown
}

interface NotComparable {
  readonly capture: string
  readonly lacks: readonly string[]
}

const USAGE = 'usage: npm run conformance -- [--json] [--all] [--docs=FILE] DIR…\n'
const DOCS = '--docs='

/** Exit code: 0 if every folder matched, 1 if one did not or could not be compared, 2 for wrong usage. */
export const main = (args: readonly string[], out: Writer, errors: Writer): 0 | 1 | 2 => {
  const flags = new Set(args.filter((a) => a.startsWith('--')))
  const folders = args.filter((a) => !a.startsWith('--'))
  const unknown = [...flags].find((f) => !['--json', '--all'].includes(f) && !f.startsWith(DOCS))
  if (unknown !== undefined || folders.length === 0) {
    errors.write(unknown === undefined ? USAGE : `${unknown}: no such option\n${USAGE}`)
    return 2
  }
  const rows: JudgedRow[] = []
  const notComparable: NotComparable[] = []
  for (const folder of folders) {
    const lacks = missingFiles(folder)
    if (lacks.length > 0) notComparable.push({ capture: folder, lacks })
    else rows.push(judge(folder))
  }
  if (flags.has('--json')) out.write(`${JSON.stringify({ rows: rows.map(published), notComparable }, null, 2)}\n`)
  else {
    out.write(table(rows, false))
    if (flags.has('--all')) for (const r of rows) for (const m of r.mismatches) out.write(`${r.capture}: ${m}\n`)
    for (const n of notComparable) out.write(`${n.capture}: not comparable, lacks ${n.lacks.join(', ')}\n`)
  }
  const docs = [...flags].find((f) => f.startsWith(DOCS))
  if (docs !== undefined) writeFileSync(docs.slice(DOCS.length), page(rows))
  return notComparable.length === 0 && rows.every((r) => r.mismatches.length === 0) ? 0 : 1
}

const published = ({ mismatches: _, ...row }: JudgedRow) => row
