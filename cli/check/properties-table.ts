/** Every property that was asked, with its verdict and what it says. */
import type { Answers, Asked } from '../../properties/index.ts'
import type { Paint } from '../words/paint.ts'
import { table, wrapped } from '../words/table.ts'
import { verdictWord } from '../words/verdict.ts'
import { isWhole } from './verdicts.ts'

const SENTENCE = 84

export const propertiesTable = (answers: Answers, paint: Paint): string => {
  const rows = answers.asked.flatMap((asked) => {
    const { id, kind, sentence } = asked.property
    const { reason } = asked.finding
    const says = reason === undefined ? sentence : `${sentence} (${reason})`
    const [first = '', ...more] = wrapped(says, SENTENCE, '').split('\n')
    return [[id, kind, verdictCell(asked, paint), first], ...more.map((line) => ['', '', '', line])]
  })
  const { deadlock } = answers.report
  const says = 'The world comes to no end but those it declares.'
  if (isWhole(answers)) rows.push(['deadlock', 'freedom', verdictWord(deadlock.verdict, paint), says])
  return table(['property', 'kind', 'verdict', 'what it says'], rows, paint)
}

const verdictCell = ({ finding, expected }: Asked, paint: Paint): string => {
  const word = verdictWord(finding.verdict, paint)
  return expected === undefined || expected === finding.verdict ? word : `${word} (expected ${expected})`
}
