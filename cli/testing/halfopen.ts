/** Runs the program as a user would, without a process. */
import * as v from 'valibot'
import type { Io } from '../io.ts'
import { run } from '../program.ts'
import type { SchemaName } from '../schemas/names.ts'
import { schemas } from '../schemas/schemas.ts'

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

/** The document that `--json` printed; it is what its schema says. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever it expects to be there
export const json = async (line: string | readonly string[], more: Partial<Io> = {}): Promise<any> =>
  valid(JSON.parse((await halfopen(line, more)).out))

/** A document that is what its schema says. @throws Error with the member at fault, if it is not */
export const valid = <D extends { schema: string }>(document: D): D => {
  const name = document.schema.split('/')[1] as SchemaName
  const { issues } = v.safeParse(schemas[name], document)
  if (issues === undefined) return document
  throw new Error(`${document.schema}: ${issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join('\n')}`)
}

/** What a report says, wherever its lines end. */
export const unwrapped = (report: string): string => report.replace(/\s+/g, ' ')
