/** Random runs, for people. */
import { encodePath, type Seen, type SimulationReport } from '../../checker/index.ts'
import { counterexample, found } from '../check/counterexample.ts'
import { otherPaths, type Telling, toShow, worldLine } from '../check/text.ts'
import { count, grouped, seconds } from '../words/number.ts'
import type { Paint } from '../words/paint.ts'
import { table, wrapped } from '../words/table.ts'
import { verdictWord } from '../words/verdict.ts'
import { deadEnd, type Simulated } from './run.ts'

const SENTENCE = 60

const why: Readonly<Record<NonNullable<SimulationReport['bound']>, string>> = {
  seconds: 'the time given with --time was over',
  stopped: 'interrupted: this is what was met until then',
  'first violation': 'stopped at the first violation',
}

export const simulationText = (simulated: Simulated, telling: Telling, paint: Paint): string => {
  const paths = found(simulated)
  const shown = toShow(paths, telling.only)
  const others = paths.filter((path) => path !== shown)
  return [
    heading(simulated, paint),
    propertiesTable(simulated, paint),
    ...ends(simulated, telling),
    ...(shown ? [counterexample(simulated, shown, paint)] : []),
    ...(others.length > 0 ? [otherPaths(simulated, others, telling, paint)] : []),
    `${paint('dim', 'again:')} ${telling.reproduce}\n`,
  ].join('\n')
}

const heading = ({ scenario, setting, report }: Simulated, paint: Paint): string => {
  const { seed, runs, steps, longest, seconds: s, bound } = report
  const counts = [count(runs, 'run'), count(steps, 'step'), `the longest ${longest}`, `seed ${seed}`, seconds(s)]
  const early = bound === undefined ? '' : paint('yellow', `not all runs were made: ${why[bound]}; `)
  return [
    `${paint('bold', scenario.name)}: ${scenario.shows}`,
    `  world     ${worldLine(setting)}`,
    `  simulated ${counts.join(' · ')}`,
    `            ${early}what random runs have not met is inconclusive`,
    '',
  ].join('\n')
}

/** How often, and in how many runs. */
const seenCell = ({ times, runs }: Seen): string => (times === 0 ? '–' : `${grouped(times)} (${grouped(runs)})`)

const propertiesTable = ({ asked, report, isWhole }: Simulated, paint: Paint): string => {
  const rows = asked.flatMap(({ property: { id, kind, sentence }, finding }) => {
    const [first = '', ...more] = wrapped(sentence, SENTENCE, '').split('\n')
    const isWitness = kind === 'reachable' || kind === 'happens'
    const applied = isWitness ? '' : seenCell(finding.given)
    const verdict = verdictWord(finding.verdict, paint)
    return [
      [id, kind, verdict, seenCell(finding.seen), applied, first],
      ...more.map((line) => ['', '', '', '', '', line]),
    ]
  })
  const { verdict, seen } = report.deadlock
  const says = 'The world comes to no end but those it declares.'
  if (isWhole) rows.push(['deadlock', 'freedom', verdictWord(verdict, paint), seenCell(seen), '', says])
  return table(['property', 'kind', 'verdict', 'seen (runs)', 'applied (runs)', 'what it says'], rows, paint)
}

/** How the runs ended, and what they never came to. */
const ends = (simulated: Simulated, { traceCommand }: Telling): string[] => {
  const { report, model } = simulated
  const { ended, cutShort, deadlock, coverage } = report
  const path = deadEnd(simulated)
  const never = coverage.rulesNeverFired
  const ways = [`${grouped(ended)} at a declared end`, `${grouped(cutShort)} cut short`]
  if (deadlock.seen.runs > 0) ways.push(`${grouped(deadlock.seen.runs)} at a dead end`)
  return [
    [
      `  runs ended: ${ways.join(' · ')}\n`,
      ...(never.length > 0 ? [`  rules never taken: ${never.join(', ')}\n`] : []),
      ...(path ? [`  a dead end is drawn by ${traceCommand(encodePath(model, path))}\n`] : []),
    ].join(''),
  ]
}
