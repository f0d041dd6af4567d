/** What random runs have shown, for a terminal and as JSON. */
import type { Share } from '../conformance/row.ts'
import type { Compared } from './compare.ts'
import { story } from './script.ts'

const share = ({ matched, total }: Share): string => `${matched}/${total}`

/** As long as a disagreement is told before the rest of it is only counted. */
const SENTENCES = 5

export const reportText = (
  seed: number,
  { runs, segments, states, counters, notDriven, disagreements, once }: Compared,
): string => {
  const told = disagreements.map(({ kind, run, says, shortest }) => {
    const rest = says.length - SENTENCES
    return [
      `run ${run} of seed ${seed} disagrees: ${kind}`,
      ...says.slice(0, SENTENCES).map((line) => `  ${line}`),
      ...(rest > 0 ? [`  and ${rest} more`] : []),
      'The shortest run that shows it:',
      story(shortest),
    ].join('\n')
  })
  const passing = once.map(
    ({ run, says }) => `run ${run} of seed ${seed} disagreed once, and agreed when it was run again: ${says[0]}\n`,
  )
  const lacks = Object.entries(notDriven).map(([why, n]) => `not driven, ${n} times: ${why}\n`)
  const summary = `seed ${seed}: ${runs} runs, segments ${share(segments)}, states ${share(states)}, counters ${share(counters)}, ${disagreements.length} kinds of disagreement\n`
  return [...told, ...passing, ...lacks, summary].join('')
}

export const reportJson = (seed: number, { runs, disagreements, ...shares }: Compared) => ({
  seed,
  runs,
  ...shares,
  disagreements: disagreements.map(({ recording: _, ...d }) => d),
})
