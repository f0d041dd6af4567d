/** Pages of the docs as their readers follow them: each file is written, each command run, each output compared. */
import { describe, expect, test } from 'vitest'
import { commandsOf, documentedPages, folderOf, isBuilt, pageOf, patternOf, printed, steady } from './documented.ts'

describe.skipIf(!isBuilt).each(documentedPages)('%s', (file) => {
  const page = pageOf(file)
  const folder = folderOf(page)
  test.each(commandsOf(page))('$line', { timeout: 120_000 }, ({ line, output }) => {
    const now = steady(printed(line, folder))
    if (output.split('\n').some((l) => l.trim() === '…')) expect(now).toMatch(patternOf(output))
    else expect(now).toBe(steady(output))
  })
})
