/** Random runs, for people. */
import { encodePath, type Seen, type SimulationReport } from '../../checker/index.ts'
import { counterexample, found } from '../check/counterexample.ts'
import { again } from '../check/reproduce.ts'
import { otherPaths, type Telling, toShow, worldLine } from '../check/text.ts'
import { count, grouped, seconds } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { dotted, paragraph, unbroken } from '../words/paragraph.ts'
import { table } from '../words/table.ts'
import { verdictWord } from '../words/verdict.ts'
import { deadEnd, type Simulated } from './run.ts'

const why: Readonly<Record<NonNullable<SimulationReport['bound']>, string>> = {
  seconds: 'the time given with --time was over',
  stopped: 'interrupted: this is what was met until then',
  'first violation': 'stopped at the first violation',
}

export const simulationText = (simulated: Simulated, telling: Telling, page: Page): string => {
  const paths = found(simulated)
  const shown = toShow(paths, telling.only)
  const others = paths.filter((path) => path !== shown)
  return [
    heading(simulated, page),
    propertiesTable(simulated, page),
    ...ends(simulated, telling, page),
    ...(shown ? [counterexample(simulated, shown, page)] : []),
    ...(others.length > 0 ? [otherPaths(simulated, others, telling, page)] : []),
    again(page, telling.reproduce),
  ].join('\n')
}

const heading = ({ scenario, setting, report }: Simulated, page: Page): string => {
  const { seed, runs, steps, longest, seconds: s, bound } = report
  const counts = [count(runs, 'run'), count(steps, 'step'), `the longest ${longest}`, `seed ${seed}`, seconds(s)]
  const early = bound === undefined ? '' : page.paint('yellow', `not all runs were made: ${why[bound]}; `)
  return [
    paragraph(page, `${page.paint('bold', scenario.name)}: `, scenario.shows, 2),
    paragraph(page, '  world     ', worldLine(setting)),
    paragraph(page, '  simulated ', counts.join(' · ')),
    paragraph(page, ' '.repeat(12), `${early}what random runs have not met is inconclusive`),
  ].join('')
}

/** How often, and in how many runs. */
const seenCell = ({ times, runs }: Seen): string => (times === 0 ? '–' : `${grouped(times)} (${grouped(runs)})`)

const propertiesTable = ({ asked, report, isWhole }: Simulated, page: Page): string => {
  const { paint } = page
  const rows = asked.map(({ property: { id, kind, sentence }, finding }) => {
    const isWitness = kind === 'reachable' || kind === 'happens'
    const applied = isWitness ? '' : seenCell(finding.given)
    const verdict = verdictWord(finding.verdict, paint)
    return [id, kind, verdict, seenCell(finding.seen), applied, sentence]
  })
  const { verdict, seen } = report.deadlock
  const says = 'The world comes to no end but those it declares.'
  if (isWhole) rows.push(['deadlock', 'freedom', verdictWord(verdict, paint), seenCell(seen), '', says])
  return table(['property', 'kind', 'verdict', 'seen (runs)', 'applied (runs)', 'what it says'], rows, page)
}

/** How the runs ended, and what they never came to. */
const ends = (simulated: Simulated, { traceCommand }: Telling, page: Page): string[] => {
  const { report, model } = simulated
  const { ended, cutShort, deadlock, coverage } = report
  const path = deadEnd(simulated)
  const never = coverage.rulesNeverFired
  const ways = [`${grouped(ended)} at a declared end`, `${grouped(cutShort)} cut short`]
  if (deadlock.seen.runs > 0) ways.push(`${grouped(deadlock.seen.runs)} at a dead end`)
  return [
    [
      paragraph(page, '  runs ended: ', dotted(ways), 4),
      ...(never.length > 0 ? [paragraph(page, '  rules never taken: ', never.map(unbroken).join(', '), 4)] : []),
      ...(path
        ? [paragraph(page, '  a dead end is drawn by ', unbroken(traceCommand(encodePath(model, path))), 4)]
        : []),
    ].join(''),
  ]
}
