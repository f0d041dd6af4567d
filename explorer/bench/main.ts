/**
 * `npm run bench:page`: what the page weighs, and how long it takes, in a headless Chromium without a graphics card. Each
 * time is the least of several runs, for a machine that does other things, too, makes all of them longer; the median
 * and the CPU time of page, workers and drawing stand beside it. `-- --runs N`, `-- --json`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { openedWith, serve, standalonePage } from '../index.ts'
import { weight } from '../server/weight.ts'
import { CHROMIUM } from '../testing/chromium.ts'
import { benchUsable, captureOpens, firstPaint, graphPans, graphShows, type Measure, stepShown } from './measures.ts'

const values = understood()
const runs = Number(values.runs)
if (!Number.isInteger(runs) || runs < 1) fail(`--runs ${values.runs}: a number of runs, at least 1`)
if (CHROMIUM === undefined) fail('no chromium is installed (apt-get install chromium)')

export interface Row {
  readonly what: string
  readonly least: number
  readonly median: number
  /** CPU time: what it would take on a machine that does nothing else. */
  readonly cpu?: number
  /** Below which it should stay. */
  readonly budget: number
  readonly unit: 'ms' | 'kB'
}

const weighed = (what: string, bytes: number, budget: number): Row => {
  const kB = Math.ceil(bytes / 1000)
  return { what, least: kB, median: kB, budget, unit: 'kB' }
}

const timed = async (what: string, budget: number, measure: Measure): Promise<Row> => {
  const times: number[] = []
  let cpu = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i++) {
    const measured = await measure()
    times.push(...measured.times)
    cpu = Math.min(cpu, measured.cpu)
  }
  times.sort((a, b) => a - b)
  const [least, median] = [times[0]!, times[Math.floor(times.length / 2)]!]
  return { what, least: Math.round(least), median: Math.round(median), cpu: Math.round(cpu), budget, unit: 'ms' }
}

const rows: Row[] = []
const show = (row: Row): void => {
  rows.push(row)
  const { what, least, median, cpu, budget, unit } = row
  if (!values.json)
    process.stdout.write(
      `${what.padEnd(58)}${`${least} ${unit}`.padStart(10)}${(unit === 'kB' ? '' : `${median}`).padStart(9)}${(cpu === undefined ? '' : `${cpu}`).padStart(9)}${`< ${budget}`.padStart(10)}  ${least < budget ? 'met' : cpu !== undefined && cpu < budget ? 'met in CPU time: the machine is busy' : 'MISSED'}\n`,
    )
}

if (!values.json)
  process.stdout.write(
    `${''.padEnd(58)}${'least'.padStart(10)}${'median'.padStart(9)}${'CPU'.padStart(9)}${'budget'.padStart(10)}\n`,
  )
const { en, zh } = weight()
show(weighed('page, model, checker, English words, gzipped', en, 300))
show(weighed('page, model, checker, Chinese words, gzipped', zh, 300))
show(weighed('the page as one file', Buffer.byteLength(await standalonePage()), 2000))

const scratch = mkdtempSync(join(tmpdir(), 'halfopen-page-'))
const { url, close } = await serve({ opened: openedWith() })
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
try {
  show(await timed('first contentful paint', 1000, firstPaint(browser, url)))
  show(await timed('the bench can be used', 1500, benchUsable(browser, url)))
  show(await timed('a step on the bench, to the next frame', 50, stepShown(browser, url)))
  show(await timed('a graph of 10,000 states, from opening to still', 3000, graphShows(browser, url)))
  show(await timed('panning it, to the next frame', 150, graphPans(browser, url)))
  show(await timed('a capture of 20,000 packets, from opening to summary', 5000, captureOpens(browser, url, scratch)))
} finally {
  await browser.close()
  await close()
  rmSync(scratch, { recursive: true })
}
const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version, load: loadavg()[0] }
process.stdout.write(
  values.json ? `${JSON.stringify({ machine, rows }, null, 2)}\n` : `${Object.values(machine).join(' · ')}\n`,
)

function understood() {
  try {
    return parseArgs({ options: { runs: { type: 'string', default: '5' }, json: { type: 'boolean' } } }).values
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

function fail(cause: string): never {
  process.stderr.write(`${cause}\n`)
  process.exit(2)
}
