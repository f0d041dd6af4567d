/** The path of one finding: drawn in full, or as a code that draws it later. */
import { encodePath } from '../../checker/index.ts'
import type { Answers, Asked } from '../../properties/index.ts'
import { lastWorld, traceOf } from '../../traces/index.ts'
import { lifelines } from '../trace/lifelines.ts'
import { stateLines } from '../trace/state.ts'
import { count } from '../words/number.ts'
import type { Paint } from '../words/paint.ts'
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

export const codeOf = ({ model }: Pick<Answers, 'model'>, { path }: Found): string => encodePath(model, path)

export const counterexample = (answers: Pick<Answers, 'model' | 'setting'>, shown: Found, paint: Paint): string => {
  const { property, finding, path } = shown
  const trace = traceOf(answers.model, path)
  const where = finding.group === undefined ? '' : `, connection ${finding.group + 1}`
  const head = `${paint('bold', property.id)} ${verdictWord(finding.verdict, paint)} after ${count(trace.steps.length, 'step')}${where}`
  const indented = (lines: readonly string[]) => lines.map((line) => `      ${line}`)
  return [
    `${head}: ${property.sentence}`,
    '',
    lifelines(trace, paint),
    '  The last state',
    ...indented(stateLines(lastWorld(trace))),
    `  Why it is ${finding.verdict}`,
    ...indented(why(property, finding, answers.setting, trace)),
    '',
  ].join('\n')
}
