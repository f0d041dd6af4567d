/** What people recommend against ghost connections, as one table: the answers come from the search. */
import type { CheckOptions, Verdict } from '../../checker/index.ts'
import { type Answers, type Remedy, type RemedyRow, remedies, tryRemedy } from '../../properties/index.ts'
import { type Io, isInterrupted } from '../io.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import { endProgress } from '../words/progress.ts'
import { table } from '../words/table.ts'
import { overall, verdictWord } from '../words/verdict.ts'

/** Those that were tried before the user interrupted. What `known` has answered already is not asked again. */
export const tryRemedies = (search: CheckOptions, io: Io, known?: Answers): RemedyRow[] => {
  const rows: RemedyRow[] = []
  for (const remedy of remedies) {
    if (isInterrupted(io)) break
    rows.push((known && rowOf(remedy, known)) ?? tryRemedy(remedy, search))
    endProgress(io)
  }
  return rows
}

/** The properties that answer: where the application accepts again and again, their variants that take it as given. */
const questions = ({ accepts }: Remedy): readonly string[] =>
  accepts ? ['GHOST', 'L3-accept', "L3'-accept", "L3''-accept"] : ['GHOST', 'L3', "L3'", "L3''"]

const verdictsOf = ({ ghost, l3, l3weak, l3weakest }: RemedyRow): readonly Verdict[] => [ghost, l3, l3weak, l3weakest]

/** A remedy that leaves the world as it is has its answers in the check of that world. */
const rowOf = (remedy: Remedy, { asked, report }: Answers): RemedyRow | undefined => {
  if (Object.keys(remedy.overrides).length > 0) return undefined
  const verdicts = questions(remedy).map((id) => asked.find((a) => a.property.id === id)?.finding.verdict)
  const [ghost, l3, l3weak, l3weakest] = verdicts
  return ghost && l3 && l3weak && l3weakest && { remedy, ghost, l3, l3weak, l3weakest, states: report.states }
}

export const remediesText = (rows: readonly RemedyRow[], page: Page): string => {
  const cells = rows.map((row) => [
    row.remedy.words,
    ...verdictsOf(row).map((verdict) => verdictWord(verdict, page.paint)),
    count(row.states, 'state'),
  ])
  return [
    table(['remedy', 'GHOST', 'L3', "L3'", "L3''", 'explored'], cells, page),
    ...[
      'GHOST: a client is established, and the server has no room to promote it',
      "L3: it is served in the end, or leaves; L3': or a RST tells it; L3'': or a RST or a timeout does",
      ...(rows.some(({ remedy }) => remedy.accepts)
        ? ['an application that accepts again and again is taken as given by the L3 of that line']
        : []),
    ].map((line) => paragraph(page, '  ', line, 4)),
  ].join('')
}

export const remediesJson = (rows: readonly RemedyRow[]) =>
  rows.map((row) => {
    const { name, words, overrides } = row.remedy
    const verdicts = verdictsOf(row)
    const byId = Object.fromEntries(questions(row.remedy).map((id, i) => [id, verdicts[i]!]))
    return { remedy: name, words, overrides, states: row.states, verdicts: byId }
  })

/** Remedies are compared, none of them has to help: only an answer that is missing counts against the table. */
export const remediesVerdict = (rows: readonly RemedyRow[]) =>
  overall(rows.flatMap(verdictsOf).filter((v) => v !== 'violated'))
