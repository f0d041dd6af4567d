/** What a command is given: the outside, and a place for its exit code. */
import type { ExitCode } from './exit.ts'
import type { Io } from './io.ts'
import { type Page, pageFor } from './words/page.ts'

export interface Context extends Page {
  readonly io: Io
  exit: ExitCode
}

export const contextOf = (io: Io): Context => ({ io, ...pageFor(io), exit: 0 })

/** One useful next step, where it does not get into the results. */
export const hint = ({ io, paint }: Context, text: string): void => io.err(`${paint('dim', 'next:')} ${text}\n`)
