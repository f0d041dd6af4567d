/** `halfopen merge DIR…`: what many processes and machines have found, as one report. */
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit } from '../exit.ts'
import { writeJson } from '../io.ts'
import { readResults } from '../matrix/folder.ts'
import { type Merged, merge } from '../matrix/merge.ts'
import { count } from '../words/number.ts'
import { paragraph } from '../words/paragraph.ts'

export const addMerge = (program: Command, context: Context): void => {
  program
    .command('merge')
    .description(
      'put together what check --matrix and replay --out have written: equal results once, missing ones listed',
    )
    .argument('<dir...>', 'directories of results')
    .option('--json', 'one document')
    .action((places: string[], { json }: { readonly json?: true }) => {
      const merged = merge(places.map(readResults))
      if (typeof merged === 'string') {
        const remedy = 'give directories of one matrix'
        throw new UsageError({ code: 'E_RESULTS', place: 'merge', cause: merged, remedy })
      }
      context.exit = tell(merged, json === true, context)
    })
}

interface Verdict {
  readonly verdict?: string
  /** Of a capture. */
  readonly conclusion?: string
  readonly states?: number
  readonly properties?: readonly { readonly id: string; readonly verdict: string }[]
}

const tell = (merged: Merged, json: boolean, context: Context): ExitCode => {
  const { io } = context
  const { unequal, cells, missing, plan } = merged
  if (unequal !== undefined) {
    const [a, b] = unequal.results
    const what = `${unequal.is}: two results differ, in ${a.place} and ${b.place}`
    io.err(`halfopen: merge: ${what}; the same check must give the same bytes: report it with both files [E_UNEQUAL]\n`)
    io.out(`${a.place}/${unequal.id}.json\n${a.text}\n${b.place}/${unequal.id}.json\n${b.text}`)
    return exit.internal
  }
  if (json) writeJson(io, 'merge', { asked: plan.asked, cells: cells.flatMap(({ result }) => result ?? []), missing })
  else {
    for (const { is, result } of cells)
      if (result !== undefined) io.out(paragraph(context, `${is}  `, lineOf(result as Verdict), 2))
    for (const { is } of missing) io.out(paragraph(context, `${is}  `, 'missing', 2))
    io.out(`${count(cells.length - missing.length, 'result')} of ${cells.length}\n`)
  }
  return exitOf(merged)
}

const lineOf = ({ verdict = '', states, properties = [], conclusion }: Verdict): string => {
  const violated = properties.filter((p) => p.verdict === 'violated').map(({ id }) => id)
  const what = violated.length > 0 ? `${verdict}: ${violated.join(' ')}` : verdict
  if (conclusion !== undefined) return `${what}: ${conclusion}`
  return states === undefined ? what : `${what} · ${count(states, 'state')}`
}

const exitOf = ({ cells, missing }: Merged): ExitCode => {
  const verdicts = cells.map(({ result }) => (result as Verdict | undefined)?.verdict)
  if (verdicts.some((verdict) => verdict === 'violated' || verdict === 'diverges')) return exit.violated
  if (missing.length > 0 || verdicts.some((verdict) => verdict === 'inconclusive' || verdict === 'unreadable'))
    return exit.inconclusive
  return exit.holds
}
