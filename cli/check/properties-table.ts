/** Every property that was asked, with its verdict and what it says. */
import type { Answers, Asked } from '../../properties/index.ts'
import type { Page } from '../words/page.ts'
import type { Paint } from '../words/paint.ts'
import { table } from '../words/table.ts'
import { verdictWord } from '../words/verdict.ts'
import { isWhole } from './verdicts.ts'

export const propertiesTable = (answers: Answers, page: Page): string => {
  const { paint } = page
  const rows = answers.asked.map((asked) => {
    const { id, kind, sentence } = asked.property
    const { reason } = asked.finding
    const says = reason === undefined ? sentence : `${sentence} (${reason})`
    return [id, kind, verdictCell(asked, paint), says]
  })
  const { deadlock } = answers.report
  const says = 'The world comes to no end but those it declares.'
  if (isWhole(answers)) rows.push(['deadlock', 'freedom', verdictWord(deadlock.verdict, paint), says])
  return table(['property', 'kind', 'verdict', 'what it says'], rows, page)
}

const verdictCell = ({ finding, expected }: Asked, paint: Paint): string => {
  const word = verdictWord(finding.verdict, paint)
  return expected === undefined || expected === finding.verdict ? word : `${word} (expected ${expected})`
}
