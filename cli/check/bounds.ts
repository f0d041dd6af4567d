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
  tables: 'this world is too large to be tabulated',
}

export const countsLine = ({ states, transitions, depth, seconds: s }: Report): string =>
  [count(states, 'state'), count(transitions, 'transition'), `depth ${depth}`, seconds(s)].join(' · ')

export const boundLine = ({ exhausted, bound, boundDetail }: Report, paint: Paint): string => {
  if (exhausted) return 'everything that this world can reach was explored'
  const detail = boundDetail === undefined ? '' : ` (${boundDetail})`
  return paint(
    'yellow',
    `not everything was explored: ${bound === undefined ? 'a bound was hit' : why[bound]}${detail}`,
  )
}
