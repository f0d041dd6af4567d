/** What people recommend against ghost connections, as one table: the answers come from the search. */
import type { CheckOptions } from '../../checker/index.ts'
import { type RemedyRow, remedies, tryRemedy } from '../../properties/index.ts'
import { type Io, isInterrupted } from '../io.ts'
import { count } from '../words/number.ts'
import type { Paint } from '../words/paint.ts'
import { endProgress } from '../words/progress.ts'
import { table } from '../words/table.ts'
import { overall, verdictWord } from '../words/verdict.ts'

/** Those that were tried before the user interrupted. */
export const tryRemedies = (search: CheckOptions, io: Io): RemedyRow[] => {
  const rows: RemedyRow[] = []
  for (const remedy of remedies) {
    if (isInterrupted(io)) break
    rows.push(tryRemedy(remedy, search))
    endProgress(io)
  }
  return rows
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
  rows.map(({ remedy, ghost, l3, l3weak, states }) => ({
    remedy: remedy.name,
    words: remedy.words,
    overrides: remedy.overrides,
    states,
    verdicts: {
      GHOST: ghost,
      [remedy.accepts ? 'L3-accept' : 'L3']: l3,
      [remedy.accepts ? "L3'-accept" : "L3'"]: l3weak,
    },
  }))

/** Remedies are compared, none of them has to help: only an answer that is missing counts against the table. */
export const remediesVerdict = (rows: readonly RemedyRow[]) =>
  overall(rows.flatMap(({ ghost, l3, l3weak }) => [ghost, l3, l3weak]).filter((v) => v !== 'violated'))
