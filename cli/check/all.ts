/** Every scenario, one line each as it is done. */
import { type Answers, scenarios } from '../../properties/index.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exit, worst } from '../exit.ts'
import { isInterrupted, writeJson } from '../io.ts'
import type { SearchOptions } from '../options/search.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { padded } from '../words/paint.ts'
import { paragraph } from '../words/paragraph.ts'
import { verdictWord } from '../words/verdict.ts'
import { boundLine, countsLine } from './bounds.ts'
import { checkJson } from './json.ts'
import { checkCommand } from './reproduce.ts'
import { answer, type Question } from './run.ts'
import { exitAsPinned, exitOf, surprises } from './verdicts.ts'

type Asked = Omit<Question, 'scenario'>

const WIDTH = Math.max(...scenarios.map(({ name }) => name.length))

/** With the scenarios' own bounds, what counts is that everything is as pinned; with others, the verdicts themselves. */
const exitAmongAll = (answers: Answers, { overrides, only }: Asked): ExitCode =>
  Object.keys(overrides).length === 0 && only === undefined ? exitAsPinned(answers) : exitOf(answers)

export const checkAll = (asked: Asked, context: Context): ExitCode => {
  const { io, paint } = context
  const codes: ExitCode[] = []
  for (const scenario of scenarios) {
    if (isInterrupted(io)) break
    const answers = answer({ ...asked, scenario }, io)
    codes.push(exitAmongAll(answers, asked))
    io.out(scenarioLine(answers, context))
  }
  const code = isInterrupted(io) ? exit.interrupted : worst(codes)
  io.out(
    `${code === exit.holds ? paint('green', 'as expected') : paint('red', 'not as expected')}: ${count(codes.length, 'scenario')} checked\n`,
  )
  return code
}

const scenarioLine = (answers: Answers, page: Page): string => {
  const { paint } = page
  const { scenario, asked, report, asPinned } = answers
  const verdicts = [...new Set(asked.map(({ finding }) => finding.verdict))]
  const tally = verdicts.map((v) => `${asked.filter((a) => a.finding.verdict === v).length} ${verdictWord(v, paint)}`)
  const notes = surprises(answers)
  if (!report.exhausted) notes.unshift(boundLine(report, paint))
  if (asPinned === undefined) notes.push('nothing is pinned for this world')
  const remarks = notes.map((note) => paragraph(page, '    ', asPinned ? note : paint('yellow', note), 6)).join('')
  const head = `${padded(paint('bold', scenario.name), WIDTH)}  `
  return `${paragraph(page, head, `${countsLine(report)} · ${tally.join(', ')}`)}${remarks}`
}

export const checkAllJson = (asked: Asked, options: SearchOptions, { io }: Context): ExitCode => {
  const codes: ExitCode[] = []
  const documents = scenarios.flatMap((scenario) => {
    if (isInterrupted(io)) return []
    const answers = answer({ ...asked, scenario }, io)
    codes.push(exitAmongAll(answers, asked))
    const reproduce = checkCommand(scenario.name, asked.overrides, asked.only, options)
    const kernel = asked.overrides.kernel ?? 'linux-6.18'
    return [checkJson(answers, kernel, asked.overrides, reproduce)]
  })
  const code = isInterrupted(io) ? exit.interrupted : worst(codes)
  writeJson(io, 'check', { asExpected: code === exit.holds, scenarios: documents })
  return code
}
