/** The command that writes the tables of docs/conformance-suite.md: `npm run conform:pages`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isInside, runInside, whyNotLive } from '../../live/namespaced.ts'
import { published } from '../../live/published.ts'
import { whyNoUml } from '../../live/uml/boot.ts'
import { runInUml } from '../../live/uml/command.ts'
import { conform, type Judged, leftOut, type Requirement, requirements, type Target, withSameAs } from '../index.ts'
import { type Stack, stacks } from './stacks.ts'
import { departures, overview, requirementsTable, type Tried } from './table.ts'

const USAGE = `usage: npm run conform:pages -- [--time SECONDS] [--docs FILE]

Builds the stacks of traces/stacks/ and tries all requirements on each, side by side, and on this kernel and the model; a requirement may
take SECONDS (1250 unless said otherwise: twenty minutes for one of them). FILE (docs/conformance-suite.md) gets the tables.
Exit codes: 0 written, 2 wrong usage, 3 a stack cannot be built or no namespaces can be made: nothing is written.
`
const SECOND = 1_000

const tried = async (stack: Stack, folder: string, time: number): Promise<Tried> => {
  const { target } = stack
  const on = (asked: readonly Requirement[], most: number) =>
    target === 'uml' ? inUml(stack, asked, most) : triedOn(target(folder), stack, asked, most)
  const judged = await confirmed(await on(requirements, time), (asked) => on(asked, Math.min(time, AGAIN)))
  process.stderr.write(`conform:pages: ${stack.name} is done\n`)
  return { stack, judged }
}

/** How long a requirement may take when it is tried again, s. */
const AGAIN = 150

/** What is not met at first is tried once more, for on a busy machine an answer may come too late: it counts if it is met then. */
const confirmed = async (
  judged: readonly Judged[],
  tryAgain: (asked: readonly Requirement[]) => Promise<readonly Judged[]>,
): Promise<readonly Judged[]> => {
  const open = requirements.filter((_, i) => judged[i]!.verdict !== 'meets')
  const again = open.length === 0 ? [] : await tryAgain(open)
  const of = (id: string) => again.find((j) => j.id === id)
  return judged.map((j) => {
    const then = of(j.id)
    return then?.verdict === 'meets' || (j.verdict === 'not decided' && then?.verdict === 'departs') ? then : j
  })
}

const triedOn = async (
  target: Target,
  { msl }: Stack,
  asked: readonly Requirement[],
  time: number,
): Promise<readonly Judged[]> => {
  try {
    const options = { times: { most: time * SECOND, msl: msl * SECOND } }
    return await withSameAs(await conform(target, asked, options), asked, options)
  } finally {
    target.close()
  }
}

/** The program as a user runs it: the second kernel does. */
const HALFOPEN = fileURLToPath(new URL('../../../bin/main.js', import.meta.url))

/** @throws Error where it cannot be booted, or tells nothing */
const inUml = async ({ name, msl }: Stack, asked: readonly Requirement[], time: number): Promise<readonly Judged[]> => {
  const whyNot = whyNoUml()
  if (whyNot !== undefined) throw new Error(whyNot)
  let [out, err] = ['', '']
  const line = [
    'conform',
    'uml',
    '--json',
    '--time',
    `${time}`,
    '--msl',
    `${msl}`,
    '--requirement',
    asked.map(({ id }) => id).join(','),
  ]
  const streams = { out: (text: string) => (out += text), err: (text: string) => (err += text) }
  await runInUml([HALFOPEN, ...line], streams)
  if (out === '') throw new Error(`${name}: ${err}`)
  return (JSON.parse(out) as { readonly requirements: readonly Judged[] }).requirements
}

export const main = async (args: readonly string[]): Promise<number> => {
  const asked = parse(args)
  if (typeof asked === 'string') {
    process.stderr.write(`conform:pages: ${asked}\n${USAGE}`)
    return 2
  }
  if (!isInside()) {
    const whyNot = whyNotLive()
    if (whyNot === undefined) return runInside()
    process.stderr.write(`conform:pages: ${whyNot}\n`)
    return 3
  }
  const folder = mkdtempSync(join(tmpdir(), 'halfopen-stacks-'))
  try {
    const all = await Promise.all(stacks.map((stack) => tried(stack, folder, asked.time)))
    const tables = {
      overview: overview(all),
      requirements: requirementsTable(requirements, all),
      departures: departures(all),
      'left-out': `${Object.entries(leftOut)
        .map(([what, why]) => `* ${what}: ${why}`)
        .join('\n')}\n`,
    }
    const page = Object.entries(tables).reduce(
      (text, [name, table]) => published(text, name, table),
      readFileSync(asked.docs, 'utf8'),
    )
    writeFileSync(asked.docs, page)
    return 0
  } catch (error) {
    const { message, stderr } = error as Error & { stderr?: Uint8Array }
    const packages = stacks.flatMap((s) => s.packages).join(' ')
    process.stderr.write(
      `conform:pages: ${message}\n${stderr ?? ''}Debian: apt-get install gcc libc6-dev ${packages}\n`,
    )
    return 3
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const parse = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        time: { type: 'string', default: '1250' },
        docs: { type: 'string', default: 'docs/conformance-suite.md' },
      },
    })
    const time = Number(values.time)
    return time > 0 ? { time, docs: values.docs } : '--time is no number of seconds'
  } catch (error) {
    return (error as Error).message
  }
}
