/** `halfopen explain ID`: what something means, where it comes from and where it is used. */
import type { Command } from 'commander'
import { type ProfileName, profileNames } from '../../model/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { diffText } from '../explain/diff.ts'
import { explanations, knownIds } from '../explain/explain.ts'
import { diffOf, isProfile, type ProfileDiff } from '../explain/profile.ts'
import { writeJson } from '../io.ts'
import { kernelOf } from '../options/names.ts'
import { didYouMean } from '../words/nearest.ts'
import { padded } from '../words/paint.ts'
import { wrapped } from '../words/table.ts'

interface Options {
  readonly diff?: ProfileName
  readonly json?: true
}

export const addExplain = (program: Command, context: Context): void => {
  program
    .command('explain')
    .description('what a property, scenario, setting, kernel profile, counter or claim means, and where it comes from')
    .argument('<id>', 'a name that halfopen list shows')
    .option('--diff <kernel>', 'of a kernel profile: in what it departs from another one', kernelOf)
    .option('--json', 'one document')
    .action((id: string, { diff, json }: Options) => {
      const { io, paint } = context
      if (diff) return tellDiff(diffOf(profileFor(id), diff), json ?? false, context)
      const found = explanations(id)
      if (found.length === 0) {
        const remedy = didYouMean(id, knownIds(), 'halfopen list shows what is known')
        throw new UsageError({ code: 'E_ID', place: 'explain', cause: `"${id}" is unknown`, remedy })
      }
      if (json) return writeJson(io, 'explain', found.length === 1 ? found[0]! : { explanations: found })
      const texts = found.map(({ id: name, is, ...facts }) => {
        const lines = Object.entries(facts).map(([what, value]) => `  ${paint('dim', label(what))}${said(value)}`)
        return `${paint('bold', name)}${kinds[is] ?? `, a ${is}`}\n${lines.join('\n')}\n`
      })
      io.out(texts.join('\n'))
    })
}

/** One that is too long for its column has a line of its own. */
const label = (what: string): string =>
  what.length < WIDTH ? padded(what, WIDTH) : `${what}\n${' '.repeat(WIDTH + 2)}`

const kinds: Readonly<Record<string, string>> = {
  argument: ', an argument',
  answer: ', an answer',
  error: ', an error',
  'no such sysctl': ': no such sysctl',
}

const profileFor = (id: string): ProfileName => {
  const name = isProfile(id)
  if (name !== undefined) return name
  const remedy = didYouMean(id, profileNames, `choose one of ${profileNames.join(', ')}`)
  throw new UsageError({ code: 'E_KERNEL', place: '--diff', cause: `"${id}" is no kernel profile`, remedy })
}

const tellDiff = (diff: ProfileDiff, json: boolean, { io, paint }: Context): void => {
  if (json) writeJson(io, 'explain-diff', diff)
  else io.out(diffText(diff, paint))
}

const WIDTH = 12
const LINE = 100
const INDENT = ' '.repeat(WIDTH + 2)

const said = (value: unknown): string => {
  if (Array.isArray(value)) return wrapped(value.join(', ') || 'none', LINE, INDENT)
  return typeof value === 'object' && value !== null
    ? columns(Object.entries(value)).join(`\n${INDENT}`)
    : wrapped(String(value), LINE, INDENT)
}

/** A name and what is said of it: beside each other, the longer text in lines of its own. */
const columns = (entries: readonly (readonly [string, unknown])[]): string[] => {
  const width = Math.max(...entries.map(([name]) => name.length))
  const hanging = INDENT + ' '.repeat(width + 2)
  return entries.map(([name, value]) => `${padded(name, width)}  ${wrapped(String(value), LINE - width, hanging)}`)
}
