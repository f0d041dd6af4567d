/** What people recommend against ghost connections, as one table: the answers come from the search. */
import type { CheckOptions } from '../../checker/index.ts'
import { type Answers, type Remedy, type RemedyRow, remedies, tryRemedy } from '../../properties/index.ts'
import { type Io, isInterrupted } from '../io.ts'
import { count } from '../words/number.ts'
import type { Paint } from '../words/paint.ts'
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

const questions = ({ accepts }: Remedy): readonly [string, string, string] =>
  accepts ? ['GHOST', 'L3-accept', "L3'-accept"] : ['GHOST', 'L3', "L3'"]

/** A remedy that leaves the world as it is has its answers in the check of that world. */
const rowOf = (remedy: Remedy, { asked, report }: Answers): RemedyRow | undefined => {
  if (Object.keys(remedy.overrides).length > 0) return undefined
  const verdicts = questions(remedy).map((id) => asked.find((a) => a.property.id === id)?.finding.verdict)
  const [ghost, l3, l3weak] = verdicts
  return ghost && l3 && l3weak && { remedy, ghost, l3, l3weak, states: report.states }
}

export const remediesText = (rows: readonly RemedyRow[], paint: Paint): string => {
  const cells = rows.map(({ remedy, ghost, l3, l3weak, states }) => [
    remedy.words,
    verdictWord(ghost, paint),
    verdictWord(l3, paint),
    verdictWord(l3weak, paint),
    count(states, 'state'),
  ])
  const fair = rows.some(({ remedy }) => remedy.accepts)
  return [
    table(['remedy', 'GHOST', 'L3', "L3'", 'explored'], cells, paint),
    "  GHOST: a client is established and the server cannot promote it · L3: it is served in the end · L3': or told by a RST\n",
    ...(fair ? ["  where the application accepts again and again, L3 and L3' take that as given\n"] : []),
  ].join('')
}

export const remediesJson = (rows: readonly RemedyRow[]) =>
  rows.map(({ remedy, ghost, l3, l3weak, states }) => {
    const [a, b, c] = questions(remedy)
    const { name, words, overrides } = remedy
    return { remedy: name, words, overrides, states, verdicts: { [a]: ghost, [b]: l3, [c]: l3weak } }
  })

/** Remedies are compared, none of them has to help: only an answer that is missing counts against the table. */
export const remediesVerdict = (rows: readonly RemedyRow[]) =>
  overall(rows.flatMap(({ ghost, l3, l3weak }) => [ghost, l3, l3weak]).filter((v) => v !== 'violated'))
