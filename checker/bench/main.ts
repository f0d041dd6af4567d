/**
 * `npm run bench`: engines side by side on the same machine in one run.
 * `-- --json` for one document, `-- --model reference --case B --engine bitset --runs 1` for less.
 */
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Case, cases, type Engine } from './cases.ts'
import { type Measured, median } from './measured.ts'
import { measureSpin } from './spin.ts'
import { measureTlc } from './tlc.ts'

interface Row extends Measured {
  readonly model: string
  readonly case: string
  readonly engine: Engine
  readonly statesPerSecond: number
  ratioToSpin?: number
  ratioToTlc?: number
  readonly note?: string
}

const { values } = understood()
const rows: Row[] = []
for (const one of cases) {
  if (!wanted(one.model, values.model) || !wanted(one.case, values.case)) continue
  const own: Row[] = []
  for (const engine of one.engines) {
    if (!wanted(engine, values.engine)) continue
    const row = await measure(one, engine)
    if (row === undefined) continue
    own.push(row)
    if (!values.json) process.stdout.write(`${line(row)}\n`)
  }
  for (const row of own) {
    const ratioTo = (peer: Engine): number | undefined => {
      const other = own.find(({ engine }) => engine === peer)
      return other && Math.round((row.statesPerSecond / other.statesPerSecond) * 10) / 10
    }
    const [toSpin, toTlc] = [ratioTo('spin'), ratioTo('tlc')]
    if (toSpin !== undefined) row.ratioToSpin = toSpin
    if (toTlc !== undefined) row.ratioToTlc = toTlc
  }
  rows.push(...own)
  if (!values.json) for (const row of own) if (row.ratioToSpin !== undefined) process.stdout.write(`${ratios(row)}\n`)
}
const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version, spin: version('spin') }
process.stdout.write(
  `${values.json ? JSON.stringify({ machine, rows }, null, 2) : Object.values(machine).join(' · ')}\n`,
)
if (rows.some(({ note }) => note?.startsWith('wrong'))) process.exitCode = 1

function understood() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        model: { type: 'string' },
        case: { type: 'string' },
        engine: { type: 'string' },
        runs: { type: 'string', default: '5' },
      },
    })
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n`)
    process.exit(2)
  }
}

function wanted(name: string, asked: string | undefined): boolean {
  return asked === undefined || asked === name
}

/** `undefined` when the peer is not installed. */
async function measure(one: Case, engine: Engine): Promise<Row | undefined> {
  const tenth = engine === 'spin' && one.case === 'D' ? Math.floor(one.states! / 10 / 1e6) * 1e6 : undefined
  const runs = engine === 'naive' || engine === 'tlc' || tenth !== undefined ? 1 : Number(values.runs)
  const all: Measured[] = []
  try {
    for (let run = 0; run < runs; run++) {
      if (engine === 'spin') all.push(await measureSpin(one.case, tenth))
      else if (engine === 'tlc') all.push(measureTlc(one.case))
      else all.push(measureOwn(one, engine))
    }
  } catch (error) {
    process.stderr.write(`${one.case} ${engine}: ${error instanceof Error ? error.message.split('\n')[0] : error}\n`)
    return undefined
  }
  const middle = median(all)
  const expected = one.states === undefined ? undefined : one.states + (engine === 'spin' ? 1 : 0)
  const isWrong = expected !== undefined && tenth === undefined && middle.states !== expected
  const note = isWrong ? `wrong: ${expected} states expected` : tenth === undefined ? undefined : 'its first tenth'
  const statesPerSecond = Math.round(middle.states / middle.seconds)
  return { model: one.model, case: one.case, engine, ...middle, statesPerSecond, ...(note && { note }) }
}

function measureOwn(one: Case, engine: Engine): Measured {
  const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './one.ts' : './one.js', import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, one.model, one.case, engine], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1) ?? 'failed')
  return JSON.parse(stdout)
}

function line({ model, case: name, engine, states, transitions, seconds, statesPerSecond, peakMB, note }: Row): string {
  const count = (n: number): string => n.toLocaleString('en')
  const rate = `${(statesPerSecond / 1e6).toFixed(2)} M/s`
  return [
    model.padEnd(9),
    name.padEnd(24),
    engine.padEnd(9),
    `${count(states)} states`.padStart(22),
    `${count(transitions)} transitions`.padStart(28),
    `${seconds.toFixed(2)} s`.padStart(9),
    rate.padStart(13),
    `${peakMB} MB`.padStart(8),
    note ?? '',
  ].join(' ')
}

function ratios({ case: name, engine, ratioToSpin, ratioToTlc }: Row): string {
  const toTlc = ratioToTlc === undefined ? '' : `, ${ratioToTlc} × TLC`
  return `  ${name} ${engine}: ${ratioToSpin} × SPIN's states/s${toTlc}`
}

function version(command: string): string {
  const { stdout, error } = spawnSync(command, ['-V'], { encoding: 'utf8' })
  return error ? `no ${command}` : stdout.trim()
}
