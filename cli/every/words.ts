/** What is said of every number of clients, in words. */
import type { EveryFinding, EveryReport } from '../../checker/index.ts'
import type { EveryAnswers } from '../../properties/index.ts'
import { type ExitCode, exit } from '../exit.ts'
import { count } from '../words/number.ts'

/** `holds for every number of clients`, `violated with 2 clients, and with any larger number`. */
export const sayingOf = ({ verdict, smallest, andMore }: EveryFinding): string => {
  if (smallest !== undefined)
    return `${verdict} with ${count(smallest, 'client')}${andMore ? ', and with any larger number' : ''}`
  return verdict === 'not decided' ? verdict : `${verdict} for every number of clients`
}

/** What is known of fewer. */
export const fewer = ({ smallest = 1, verdict }: EveryFinding): string | undefined => {
  if (smallest <= 1) return undefined
  const with1 = smallest === 2 ? '1' : `up to ${smallest - 1}`
  return verdict === 'violated' ? `it holds with ${with1}` : `it is not with ${with1}`
}

/** The verdict over all that was asked. */
export const overallOf = ({ asked }: Pick<EveryAnswers, 'asked'>): 'violated' | 'not decided' | 'holds' => {
  const verdicts = asked.map(({ finding }) => finding.verdict)
  if (verdicts.includes('violated')) return 'violated'
  return verdicts.includes('not decided') ? 'not decided' : 'holds'
}

const codes = { violated: exit.violated, 'not decided': exit.inconclusive, holds: exit.holds } as const

export const exitOfEvery = (answers: Pick<EveryAnswers, 'asked'>): ExitCode => codes[overallOf(answers)]

/** How it was proved, and what was searched besides. */
export const method = ({ views, size, sums, many, obstacle, searched, tables }: EveryReport): string[] => {
  const beside = size === 1 ? 'one connection' : 'two connections'
  const lines =
    obstacle === undefined
      ? [`${count(views, 'view')} of ${beside} beside the listener show all that any world shows of it`]
      : [`nothing is proved: ${obstacle}`]
  if (sums.length > 0) lines.push(`sums over all connections, found and proved: ${sums.join(', ')}`)
  if (many !== undefined) lines.push(`requests are counted up to ${many - 1}; from ${many} on they are many`)
  const worlds = searched.map(({ groups, states, exhausted, allShown }) => {
    const clients = count(groups, 'client')
    if (allShown) return `${clients} (until all was shown: ${count(states, 'state')})`
    return exhausted ? `${clients} (${count(states, 'state')})` : `${clients} (too large: ended early)`
  })
  if (worlds.length > 0) lines.push(`worlds searched for what is not proved: ${worlds.join(', ')}`)
  lines.push(
    `tables: ${count(tables.slices, 'state')} of a connection, ${count(tables.hubs, 'state')} of what is shared`,
  )
  return lines
}
