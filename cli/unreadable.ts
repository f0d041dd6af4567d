/** A file that cannot be read: one line, and what was read until there. */
import type { ReadError } from '../traces/index.ts'
import { type ExitCode, exit } from './exit.ts'
import type { Io } from './io.ts'
import { count } from './words/number.ts'

export const tellReadError = ({ message, partial, stack }: ReadError, io: Io): ExitCode => {
  const debug = (io.env.HALFOPEN_DEBUG ?? '') !== ''
  io.err(`halfopen: ${message}\n${debug ? `${stack}\n` : ''}`)
  if (partial !== undefined && partial.packets.length > 0) {
    io.err(
      `until there: ${count(partial.packets.length, 'packet')} of ${count(partial.connections.length, 'connection')}\n`,
    )
  }
  return exit.unreadable
}
