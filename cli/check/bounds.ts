/** What was explored, and what was not. */
import type { Report } from '../../checker/index.ts'
import { count, seconds } from '../words/number.ts'
import type { Paint } from '../words/paint.ts'

const why: Readonly<Record<NonNullable<Report['bound']>, string>> = {
  states: 'the limit of --max-states was reached',
  depth: 'the limit of --max-depth was reached',
  seconds: 'the time given with --time was over',
  memory: 'the memory given was used up (--memory gives more)',
  stopped: 'interrupted: this is what was known until then',
  'first violation': 'stopped at the first violation',
  'all shown': 'stopped when all that was looked for was found',
  tables: 'this world is too large to be tabulated',
}

export const countsLine = (report: Report): string =>
  [count(report.states, 'state'), count(report.transitions, 'transition'), deep(report), seconds(report.seconds)].join(
    ' · ',
  )

/** Sets of states may be counted, and every state gone to in turn, without knowing how far away the last one is. */
const deep = ({ engine, depth, isDeeper }: Report): string => {
  if (engine === 'depth-first') return `paths of up to ${count(depth, 'step')}`
  return isDeeper ? `depth at least ${depth}` : `depth ${depth}`
}

export const boundLine = ({ engine, exhausted, bound, boundDetail }: Report, paint: Paint): string => {
  if (exhausted && engine === 'symbolic') return 'everything that this world can reach was explored, as sets of states'
  if (exhausted) return 'everything that this world can reach was explored'
  const detail = boundDetail === undefined ? '' : ` (${boundDetail})`
  return paint(
    'yellow',
    `not everything was explored: ${bound === undefined ? 'a bound was hit' : why[bound]}${detail}`,
  )
}
