/** A command line that is nearly one: what was meant is done, and said. */
import { statSync } from 'node:fs'
import { oneLine, UsageError } from './error.ts'
import type { Io } from './io.ts'
import { isOwn } from './own/load.ts'
import { nearest } from './words/nearest.ts'

/** Commands that only tell: they write no file and send nothing. */
const TELL = ['check', 'explain', 'graph', 'host', 'list', 'replay', 'simulate']

/**
 * `reply FILE` is `replay FILE`, and so is `FILE`; a word that is no name of a command, alone, is left to be refused.
 * @throws UsageError E_COMMAND for help of what there is not
 */
export const asMeant = (args: readonly string[], known: readonly string[], io: Io): readonly string[] => {
  const [word, ...more] = args
  if (word === undefined || word.startsWith('-') || known.includes(word)) return args
  if (word === 'help') return more.length === 1 ? ['help', helped(more[0]!, known, io)] : args
  if (statSync(word, { throwIfNoEntry: false })?.isFile() === true)
    return said([isOwn(word) && /[jt]s$/.test(word) ? 'check' : 'replay', ...args], word, io)
  const name = more.length === 0 ? undefined : nearest(word, TELL)
  return name === undefined ? args : said([name, ...more], word, io)
}

const helped = (word: string, known: readonly string[], io: Io): string => {
  const name = known.includes(word) ? word : nearest(word, known)
  if (name === undefined) {
    const remedy = 'halfopen --help lists them'
    throw new UsageError({ code: 'E_COMMAND', place: 'help', cause: `there is no command "${word}"`, remedy })
  }
  if (name !== word) said(['help', name], word, io)
  return name
}

const said = (meant: readonly string[], word: string, { err }: Io): readonly string[] => {
  err(`${oneLine(word)}: taken for halfopen ${oneLine(meant.join(' '))}\n`)
  return meant
}
