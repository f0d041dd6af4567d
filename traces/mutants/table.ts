/** The verdicts on mutants, summed by what was done and what had to come of it. */
import type { MutantRow } from './judge.ts'

interface Sum {
  readonly mutation: string
  readonly class: string
  accepted: number
  rejected: number
  inconclusive: number
  wrong: number
}

const sums = (rows: readonly MutantRow[]): Sum[] => {
  const byKind = new Map<string, Sum>()
  for (const row of rows) {
    const key = `${row.class} ${row.mutation}`
    const fresh = { mutation: row.mutation, class: row.class, accepted: 0, rejected: 0, inconclusive: 0, wrong: 0 }
    const sum = byKind.get(key) ?? fresh
    sum[row.verdict]++
    if (!row.ok) sum.wrong++
    byKind.set(key, sum)
  }
  return [...byKind.values()].sort((a, b) => `${a.class} ${a.mutation}`.localeCompare(`${b.class} ${b.mutation}`))
}

/** The share of what must be rejected that is, in place and with the reason; and of what must be accepted. */
export const shares = (rows: readonly MutantRow[]): { readonly rejected: number; readonly accepted: number } => {
  const share = (kind: MutantRow['class']): number => {
    const of = rows.filter((row) => row.class === kind)
    return of.length === 0 ? 1 : of.filter(({ ok }) => ok).length / of.length
  }
  return { rejected: share('must reject'), accepted: share('must accept') }
}

const head = ['class', 'mutation', 'accepted', 'rejected', 'inconclusive', 'wrong']

const cellsOf = (rows: readonly MutantRow[]): string[][] =>
  sums(rows).map((s) => [s.class, s.mutation, `${s.accepted}`, `${s.rejected}`, `${s.inconclusive}`, `${s.wrong}`])

const percent = (share: number): string => `${(Math.floor(share * 1000) / 10).toFixed(1)} %`

const summary = (rows: readonly MutantRow[]): string => {
  const { rejected, accepted } = shares(rows)
  const open = rows.filter((row) => row.class === 'left open').length
  const left = open === 0 ? '' : ` ${open} are left open by captures that do not show all.`
  return `${rows.length} mutants: of those that must be rejected ${percent(rejected)} are, of those that must be accepted ${percent(accepted)}.${left}`
}

export const table = (rows: readonly MutantRow[]): string => {
  const cells = [head, ...cellsOf(rows)]
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)))
  const lines = cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  )
  const wrong = rows.filter(({ ok }) => !ok)
  const words = wrong.map(
    (r) =>
      `${r.capture} ${r.connection}, packet ${r.packet}: ${r.mutation}: ${r.class}, but ${r.verdict} ${r.reason ?? ''}`,
  )
  return `${[...lines, summary(rows), ...words.map((w) => w.trimEnd())].join('\n')}\n`
}

/** @param limits the options that left some connections and mutants out, as they were given */
export const page = (rows: readonly MutantRow[], limits: readonly string[]): string => `# Mutants

Made by \`npm run mutants -- ${[...limits, '--docs docs/mutants.md DIR…'].join(' ')}\`; not edited by hand.

Each mutant is a real capture with one thing spoilt. What must come of it is told from the packets alone, without the
model: *must reject* contradicts what the same end sent, or was proved to have received, elsewhere in the capture; *must
accept* is the capture itself and what loss alone explains; *either* is everything that a listener or an application may do at any moment. A
mutant is rejected where the replay diverges at the spoilt packet or later, or suspects that very packet to be forged. Connections into which the experiment itself put packets
are not spoilt any further.

*Left open* is what comes of a recording that does not show all (it begins in the middle, shows one direction only, or says that it
dropped packets) or into which something on the way has put a RST whose sender goes on: it may be accepted or called inconclusive,
and of its mutants anything may be said; only what a loss explains must not be rejected.

| ${head.join(' | ')} |
| ${head.map(() => '---').join(' | ')} |
${cellsOf(rows)
  .map((row) => `| ${row.join(' | ')} |\n`)
  .join('')}
${summary(rows)}

From ${filesOf(rows)}.
`

/** `01-normal (2)`: a folder, and how many captures of it. */
const filesOf = (rows: readonly MutantRow[]): string => {
  const files = [...new Set(rows.map(({ capture }) => capture))]
  const folders = [...new Set(files.map((file) => file.split('/')[0]!))].sort()
  return folders.map((folder) => `${folder} (${files.filter((f) => f.startsWith(`${folder}/`)).length})`).join(', ')
}
