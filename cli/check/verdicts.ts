/** What a check found, as one verdict and an exit code. */
import type { Verdict } from '../../checker/index.ts'
import type { Answers } from '../../properties/index.ts'
import { type ExitCode, exit } from '../exit.ts'
import { exitFor, overall } from '../words/verdict.ts'

/** All properties were asked, so a dead end counts, too. */
export const isWhole = ({ asked, scenario }: Answers): boolean => asked.length === scenario.properties.length

const verdictsOf = (answers: Answers): Verdict[] => [
  ...answers.asked.map(({ finding }) => finding.verdict),
  ...(isWhole(answers) ? [answers.report.deadlock.verdict] : []),
]

export const verdictOf = (answers: Answers) => overall(verdictsOf(answers))

/** What a named scenario exits with. */
export const exitOf = (answers: Answers): ExitCode =>
  answers.report.bound === 'stopped' ? exit.interrupted : exitFor(verdictOf(answers))

/** What a scenario among all exits with: 0 exactly when everything is as pinned. */
export const exitAsPinned = (answers: Answers): ExitCode => {
  if (answers.asPinned || answers.report.bound === 'stopped') return answers.asPinned ? exit.holds : exit.interrupted
  const differing = answers.asked.filter(({ finding, expected }) => finding.verdict !== expected)
  const isUndecided = differing.length > 0 && differing.every(({ finding }) => finding.verdict === 'inconclusive')
  return answers.report.exhausted && !isUndecided ? exit.violated : exit.inconclusive
}

/** What differs from what was expected, in words. */
export const surprises = ({ asked, report, asPinned }: Answers): string[] => {
  const differing = asked.filter(({ finding, expected }) => expected !== undefined && expected !== finding.verdict)
  const words = differing.map((a) => `${a.property.id} ${a.finding.verdict}, expected ${a.expected}`)
  if (asPinned === false && report.exhausted && words.length === 0)
    words.push('states, transitions or depth differ from the pin')
  if (report.deadlocks > 0) words.push(`${report.deadlocks} dead ends`)
  return words
}
