/** A check of one scenario, for people. */
import type { Report } from '../../checker/index.ts'
import type { Answers } from '../../properties/index.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { dotted, paragraph, unbroken } from '../words/paragraph.ts'
import { verdictWord } from '../words/verdict.ts'
import { boundLine, countsLine } from './bounds.ts'
import { codeOf, counterexample, type Found, found } from './counterexample.ts'
import { coverageLines } from './coverage.ts'
import { engineLine } from './engine.ts'
import { propertiesTable } from './properties-table.ts'
import { again } from './reproduce.ts'
import { surprises } from './verdicts.ts'

export interface Telling {
  /** The properties that the user named: the path of the first of them is drawn. */
  readonly only?: readonly string[]
  readonly reproduce: string
  readonly traceCommand: (code: string) => string
}

export const checkText = (answers: Answers, telling: Telling, page: Page): string => {
  const paths = found(answers)
  const shown = toShow(paths, telling.only)
  const others = paths.filter((f) => f !== shown)
  const parts = [
    heading(answers, page),
    propertiesTable(answers, page),
    ...coverage(answers.report, page),
    ...pinned(answers, page),
    ...(shown ? [counterexample(answers, shown, page)] : []),
    ...(others.length > 0 ? [otherPaths(answers, others, telling, page)] : []),
    again(page, telling.reproduce),
  ]
  return parts.join('\n')
}

/** The first violation; of what the user named, whatever has a path. */
export const toShow = (paths: readonly Found[], only: readonly string[] | undefined): Found | undefined => {
  const violated = paths.find(({ finding }) => finding.verdict === 'violated')
  return violated ?? paths.find(({ property }) => only?.includes(property.id))
}

/** The bounds of a world in one line. */
export const worldLine = ({ backlog, alreadyQueued, clients, wire }: Answers['setting']): string => {
  const budgets = [`loss ${wire.loss}`, `duplication ${wire.duplication}`, `reordering ${wire.reordering}`]
  const queue = `backlog ${backlog}, ${alreadyQueued} already queued`
  return `${queue} · ${count(clients.length, 'client')} · ${budgets.join(', ')}`
}

export const heading = ({ scenario, setting, report }: Answers, page: Page): string => {
  const kernel = scenario.world.kernel === undefined ? '' : ` · written for ${scenario.world.kernel}`
  return [
    paragraph(page, `${page.paint('bold', scenario.name)}: `, scenario.shows, 2),
    paragraph(page, '  world     ', `${worldLine(setting)}${kernel}`),
    paragraph(page, '  explored  ', `${countsLine(report)}: ${boundLine(report, page.paint)}`),
    paragraph(page, '  engine    ', engineLine(report)),
  ].join('')
}

const coverage = (report: Report, page: Page): string[] => {
  const lines = coverageLines(report, page)
  return lines.length === 0 ? [] : [lines.join('')]
}

/** Whether it is as expected, where that is known. */
export const pinned = (answers: Answers, page: Page): string[] => {
  const words = surprises(answers)
  if (words.length > 0) return [paragraph(page, '  ', page.paint('red', `not as expected: ${dotted(words)}`), 4)]
  return answers.asPinned ? ['  every verdict and count is as expected\n'] : []
}

export const otherPaths = (
  answers: Pick<Answers, 'model'>,
  others: readonly Found[],
  telling: Pick<Telling, 'traceCommand'>,
  page: Page,
): string => {
  const lines = others.map((f) => {
    const code = codeOf(answers, f)
    const steps = count(f.path.events.length, 'step')
    return paragraph(
      page,
      '  ',
      `${f.property.id}: ${verdictWord(f.finding.verdict, page.paint)} in ${steps}, ${code}`,
      4,
    )
  })
  const head = paragraph(
    page,
    '',
    page.paint('dim', `Other paths, drawn by ${unbroken(telling.traceCommand('CODE'))}`),
    2,
  )
  return head + lines.join('')
}
