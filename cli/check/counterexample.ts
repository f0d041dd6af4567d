/** The path of one finding: drawn in full, or as a code that draws it later. */
import { encodePath } from '../../checker/index.ts'
import type { Answers, Asked } from '../../properties/index.ts'
import { lastWorld, traceOf } from '../../traces/index.ts'
import { lifelines } from '../trace/lifelines.ts'
import { stateText } from '../trace/state.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import { verdictWord } from '../words/verdict.ts'
import { why } from './why.ts'

export interface Found extends Asked {
  readonly path: NonNullable<Asked['finding']['path']>
}

const hasPath = (asked: Asked): asked is Found => asked.finding.path !== undefined

/** Those with a path, violated ones first. */
export const found = ({ asked }: Pick<Answers, 'asked'>): Found[] => {
  const all = asked.filter(hasPath).map((a) => ({ ...a, path: a.finding.path! }))
  const isViolated = (a: Asked) => a.finding.verdict === 'violated'
  return [...all.filter(isViolated), ...all.filter((a) => !isViolated(a))]
}

const INDENT = 6

export const codeOf = ({ model }: Pick<Answers, 'model'>, { path }: Found): string => encodePath(model, path)

export const counterexample = (answers: Pick<Answers, 'model' | 'setting'>, shown: Found, page: Page): string => {
  const { paint } = page
  const { property, finding, path } = shown
  const trace = traceOf(answers.model, path)
  const where = finding.group === undefined ? '' : `, connection ${finding.group + 1}`
  const head = `${paint('bold', property.id)} ${verdictWord(finding.verdict, paint)} after ${count(trace.steps.length, 'step')}${where}`
  return [
    paragraph(page, '', `${head}: ${property.sentence}`, 2),
    '\n',
    lifelines(trace, page),
    '\n  The last state\n',
    stateText(lastWorld(trace), INDENT, page),
    `  Why it is ${finding.verdict}\n`,
    why(property, finding, answers.setting, trace, INDENT, page),
  ].join('')
}
