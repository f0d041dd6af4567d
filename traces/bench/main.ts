/**
 * `npm run bench:replay -- [--case NAME]... [--packets N] [--limit SECONDS] [--keep DIR] [--json] [FILE]...`: what the replay
 * of captures costs, beside tshark counting their conversations in the same run. Whole processes: start-up, reading and
 * printing are in it. Without a file the captures are those of `cases.ts`.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { openCapture } from '../readers/index.ts'
import { type Case, cases } from './cases.ts'
import { published } from './published.ts'
import { heading, publishedText, type Row, rowText } from './report.ts'
import { halfopen, tshark, verdictOf } from './run.ts'

const PUBLISHED = 'published'
const names = [...cases.map(({ name }) => name), PUBLISHED]

const { values, positionals } = understood()

const limit = Number(values.limit)
const size = values.packets === undefined ? undefined : Number(values.packets)
const isAsked = (name: string): boolean =>
  values.case.length === 0 ? positionals.length === 0 : values.case.some((c) => name === c || name.startsWith(`${c}/`))
const unknown = values.case.find((c) => !names.some((name) => name === c || name.startsWith(`${c}/`)))
if (unknown !== undefined) usage(`no case is called ${unknown}; cases: ${names.join(', ')}`)
if (!(limit > 0)) usage(`--limit ${values.limit}: seconds, more than 0`)
if (size !== undefined && !(Number.isInteger(size) && size > 10))
  usage(`--packets ${values.packets}: a number above 10`)

for (const file of positionals)
  if (!existsSync(file)) usage(`${file}: no such file; a case is chosen with --case: ${names.join(', ')}`)

const scratch = values.keep ?? mkdtempSync(join(tmpdir(), 'halfopen-'))
mkdirSync(scratch, { recursive: true })
try {
  const rows: Row[] = []
  const show = (row: Row): void => {
    rows.push(row)
    if (!values.json) process.stdout.write(rowText(row))
  }
  if (!values.json) process.stdout.write(heading)
  for (const one of cases.filter(({ name }) => isAsked(name))) show(await measureCase(one))
  for (const file of positionals) show(await measure(basename(file), file))
  const small = isAsked(PUBLISHED) ? await published() : undefined
  const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version }
  if (values.json)
    process.stdout.write(`${JSON.stringify({ machine, rows, ...(small && { published: small }) }, null, 2)}\n`)
  else if (small) process.stdout.write(publishedText(small))
} finally {
  if (values.keep === undefined) rmSync(scratch, { recursive: true })
}

async function measureCase({ name, size: usual, write }: Case): Promise<Row> {
  const file = join(scratch, `${name.replace('/', '-')}.pcap`)
  write(file, size ?? usual)
  const row = await measure(name, file)
  if (values.keep === undefined) rmSync(file)
  return row
}

async function measure(name: string, file: string): Promise<Row> {
  const { packets, connections } = counted(file)
  const took = await halfopen(['replay', file], limit)
  const other = await tshark(file, limit)
  return {
    case: name,
    packets,
    connections,
    seconds: took.seconds,
    tsharkSeconds: other?.seconds ?? null,
    ratio: other === undefined || took.exitCode === undefined ? null : other.seconds / took.seconds,
    peakMB: took.peakMB ?? null,
    verdict: took.exitCode === undefined ? `not done after ${limit} s` : verdictOf(took.exitCode),
  }
}

/** Read here, outside of what is measured. */
function counted(file: string): Pick<Row, 'packets' | 'connections'> {
  const { connections } = openCapture(file)
  return { packets: connections.reduce((sum, c) => sum + c.packets.length, 0), connections: connections.length }
}

function understood() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        case: { type: 'string', multiple: true, default: [] },
        packets: { type: 'string' },
        limit: { type: 'string', default: '120' },
        keep: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return usage((error as Error).message)
  }
}

function usage(message: string): never {
  process.stderr.write(`bench:replay: ${message}\n`)
  process.exit(2)
}
