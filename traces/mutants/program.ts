/** The command line of the mutants. */
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Capture } from '../capture.ts'
import { openCapture, ReadError } from '../readers/index.ts'
import { capturesIn, injectedInto } from './files.ts'
import { judgeMutants, type MutantRow } from './judge.ts'
import { page, shares, table } from './table.ts'

interface Writer {
  write(text: string): unknown
}

const USAGE = 'usage: npm run mutants -- [--json] [--most N] [--connections N] [--docs FILE] DIR…|FILE…\n'

/** At least this share of what must be rejected has to be. */
const ENOUGH = 0.95

/** Exit code: 0 if the replay has teeth, 1 if not, 2 for wrong usage, 4 for a file that cannot be read. */
export const main = (args: readonly string[], out: Writer, errors: Writer): 0 | 1 | 2 | 4 => {
  const asked = parse(args)
  if (typeof asked === 'string') {
    errors.write(`mutants: ${asked}\n${USAGE}`)
    return 2
  }
  const { paths, json, docs, ...options } = asked
  const empty = paths.find((path) => existsSync(path) && capturesIn(path).length === 0)
  if (empty !== undefined) {
    errors.write(`mutants: ${empty}: no capture in it; name a capture, or a folder that holds some\n`)
    return 4
  }
  const rows: MutantRow[] = []
  for (const file of paths.flatMap(capturesIn)) {
    const capture = opened(file)
    if (!(capture instanceof ReadError)) {
      rows.push(...judgeMutants(capture, options, injectedInto(file)))
      continue
    }
    const isNamed = paths.includes(file)
    errors.write(`mutants: ${isNamed ? '' : 'passed over: '}${capture.message}\n`)
    if (isNamed) return 4
  }
  out.write(json ? `${JSON.stringify({ rows }, null, 2)}\n` : table(rows))
  const limits = Object.entries(options).map(([name, most]) => `--${name} ${most}`)
  if (docs !== undefined) writeFileSync(docs, page(rows, limits))
  const { rejected, accepted } = shares(rows)
  return rejected >= ENOUGH && accepted === 1 ? 0 : 1
}

const opened = (file: string): Capture | ReadError => {
  try {
    return openCapture(file)
  } catch (error) {
    if (error instanceof ReadError) return error
    throw error
  }
}

const parse = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        most: { type: 'string' },
        connections: { type: 'string' },
        docs: { type: 'string' },
      },
    })
    if (positionals.length === 0) return 'no capture is named'
    const { json, docs } = values
    const [most, connections] = [count(values.most), count(values.connections)]
    if (Number.isNaN(most) || Number.isNaN(connections)) return '--most and --connections take a positive number'
    return {
      paths: positionals,
      json,
      ...(docs === undefined ? {} : { docs }),
      ...(most === undefined ? {} : { most }),
      ...(connections === undefined ? {} : { connections }),
    }
  } catch (error) {
    return (error as Error).message
  }
}

const count = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  return /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN
}
