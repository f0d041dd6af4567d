/** The command that gives the same again. */
import type { Overrides } from '../../properties/index.ts'
import { type SearchOptions, searchFlags } from '../options/search.ts'
import { worldFlags } from '../options/world.ts'
import type { Page } from '../words/page.ts'
import { paragraph, unbroken } from '../words/paragraph.ts'

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `"${word}"`)

export const commandLine = (...words: readonly string[]): string => ['halfopen', ...words].map(quoted).join(' ')

export const checkCommand = (
  scenario: string,
  overrides: Overrides,
  only: readonly string[] | undefined,
  search: SearchOptions,
): string => {
  const property = only === undefined ? [] : ['--property', only.join(',')]
  return commandLine('check', scenario, ...worldFlags(overrides), ...property, ...searchFlags(search))
}

export const traceCommand = (scenario: string, overrides: Overrides, code: string): string =>
  commandLine('trace', 'show', scenario, ...worldFlags(overrides), '--path', code)

/** The last line of a report, to be copied: a command is never wrapped. */
export const again = (page: Page, command: string): string =>
  paragraph(page, `${page.paint('dim', 'again:')} `, unbroken(command), 2)
