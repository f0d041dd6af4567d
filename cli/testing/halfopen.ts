/** Runs the program as a user would, without a process. */
import type { Io } from '../io.ts'
import { run } from '../program.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export const halfopen = async (line: string | readonly string[], more: Partial<Io> = {}): Promise<Ran> => {
  const args = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line
  const said = { out: '', err: '' }
  const into = (stream: keyof typeof said) => (text: string) => {
    said[stream] += text
  }
  const io: Io = {
    out: into('out'),
    err: into('err'),
    isTTY: { out: false, err: false },
    env: {},
    ...more,
  }
  return { code: await run(args, io), ...said }
}

/** The document that `--json` printed. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever it expects to be there
export const json = async (line: string | readonly string[]): Promise<any> => JSON.parse((await halfopen(line)).out)

/** What a report says, wherever its lines end. */
export const unwrapped = (report: string): string => report.replace(/\s+/g, ' ')
