/** `halfopen explain ID`: what something means, where it comes from and where it is used. */
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { explanations, knownIds } from '../explain/explain.ts'
import { writeJson } from '../io.ts'
import { didYouMean } from '../words/nearest.ts'
import { padded } from '../words/paint.ts'
import { wrapped } from '../words/table.ts'

export const addExplain = (program: Command, context: Context): void => {
  program
    .command('explain')
    .description('what a property, scenario, sysctl, kernel profile or counter means, and where it comes from')
    .argument('<id>', 'a name that halfopen list shows')
    .option('--json', 'one document')
    .action((id: string, { json }: { json?: true }) => {
      const { io, paint } = context
      const found = explanations(id)
      if (found.length === 0) {
        const remedy = didYouMean(id, knownIds(), 'halfopen list shows what is known')
        throw new UsageError({ code: 'E_ID', place: 'explain', cause: `"${id}" is unknown`, remedy })
      }
      if (json) return writeJson(io, found.length === 1 ? found[0] : found)
      const texts = found.map(({ id: name, is, ...facts }) => {
        const lines = Object.entries(facts).map(
          ([what, value]) => `  ${paint('dim', padded(what, WIDTH))}${said(value)}`,
        )
        return `${paint('bold', name)}, a ${is}\n${lines.join('\n')}\n`
      })
      io.out(texts.join('\n'))
    })
}

const WIDTH = 12
const INDENT = `\n${' '.repeat(WIDTH + 2)}`

const said = (value: unknown): string => {
  if (Array.isArray(value)) return wrapped(value.join(', ') || 'none', 100, INDENT.slice(1))
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([k, v]) => `${k} ${v}`)
        .join(INDENT)
    : String(value)
}
