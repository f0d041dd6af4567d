/** The command line of the random runs: `npm run live`. */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { LiveKernel } from './kernel.ts'
import { isInside, runInside, whyNotLive } from './namespaced.ts'

const USAGE = `usage: npm run live -- [--kernel uml] [--runs N] [--seed S] [--shrink SECONDS] [--save DIR] [--json]
       npm run live -- [--kernel uml] --counterexamples [--docs FILE] [--json]
       npm run live -- [--kernel uml] --differences [--runs N] [--seed S] [--docs FILE] [--json]
       npm run live -- --differences --both [--runs N] [--seed S] [--docs FILE] [--json]
       npm run live -- [--kernel uml] --tours [--paths N] [--worlds N] [--docs FILE] [--json] [SCENARIO…]

Random runs on this kernel, or with --kernel uml on that of the package user-mode-linux, each held against the model: every segment, state and counter. Counterexamples that have a name, and tours
through the transitions of scenarios, found in the model and taken to the kernel; FILE gets their tables. --differences: which of the
rules in which linux-6.1 and linux-6.18 differ the kernel has; --both: of this kernel and of user-mode-linux, held against the profiles.
Exit codes: 0 all agree, 1 some do not, 2 wrong usage, 3 no live runs are possible here.
`

const MAX_SEED = 2 ** 31 - 1

export const main = async (args: readonly string[]): Promise<number> => {
  const asked = parse(args)
  if (typeof asked === 'string') {
    process.stderr.write(`live: ${asked}\n${USAGE}`)
    return 2
  }
  const { UmlKernel, whyNoUml } = await import('./uml/index.ts')
  if (asked.uml || !isInside()) {
    const whyNot = asked.uml ? whyNoUml() : whyNotLive()
    if (whyNot === undefined) return asked.uml ? does(asked, new UmlKernel()) : runInside()
    process.stderr.write(`live: no live runs are possible: ${whyNot}\n`)
    return 3
  }
  const { thisKernel } = await import('./here.ts')
  return does(asked, thisKernel)
}

const does = async (asked: Asked, on: LiveKernel): Promise<number> => {
  if (asked.asks === 'counterexamples') return counterexamples(on, asked)
  if (asked.asks === 'tours') return tour(on, asked)
  if (asked.asks === 'differences') return asked.both ? hold(on, asked) : differ(on, asked)
  const { runs, seed, shrinking, json, folder } = asked
  // Only where it is needed: koffi is a binary, and the grammar draws with fast-check.
  const [{ compareRuns }, { draw, leftOut }, { profileOf }, { reportJson, reportText }, { save }] = await Promise.all([
    import('./compare.ts'),
    import('./grammar.ts'),
    import('./kernel.ts'),
    import('./report.ts'),
    import('./save.ts'),
  ])
  const started = Date.now()
  const progress = process.stderr.isTTY
    ? (row: { readonly mismatches: readonly string[] }, run: number) => {
        process.stderr.write(`run ${run}: ${row.mismatches[0] ?? 'agrees'}\n`)
      }
    : undefined
  const compared = compareRuns(on, draw(seed, runs), profileOf(on), { shrinking, ...(progress && { progress }) })
  if (folder !== undefined)
    for (const d of compared.disagreements) save(join(folder, `seed-${seed}-run-${d.run}`), d.recording)
  const wallSeconds = (Date.now() - started) / 1000
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...reportJson(seed, compared), leftOut, wallSeconds }, null, 2)}\n`
      : `${reportText(seed, compared)}not drawn: ${Object.keys(leftOut).join('; ')}\n`,
  )
  return compared.disagreements.length === 0 ? 0 : 1
}

interface Published {
  readonly json: boolean
  readonly docs: string | undefined
}

const counterexamples = async (on: LiveKernel, { json, docs }: Published): Promise<number> => {
  const { happened, happenedTable } = await import('./counterexamples.ts')
  const rows = happened(on)
  await show({ json, docs }, await placeOf('counterexamples', on), rows, happenedTable(rows))
  return rows.every((row) => row.asExpected) ? 0 : 1
}

const tour = async (
  on: LiveKernel,
  asked: Published & { paths: number; worlds: number; scenarios: readonly string[] },
) => {
  const { toured, tours, toursTable } = await import('./tour/tours.ts')
  const known = toured()
  const wrong = asked.scenarios.find((name) => !known.some((s) => s.name === name))
  if (wrong !== undefined) {
    process.stderr.write(`live: no tour of ${wrong}; there are ${known.map((s) => s.name).join(', ')}\n`)
    return 2
  }
  const of = asked.scenarios.length === 0 ? known : known.filter((s) => asked.scenarios.includes(s.name))
  const rows = tours(on, of, asked)
  await show(asked, await placeOf('tours', on), rows, toursTable(rows))
  return rows.every((row) => row.disagreed.length === 0) ? 0 : 1
}

/** Where a table of the kernel stands in a page: `tours`, `tours-6.1`. */
const placeOf = async (name: string, on: LiveKernel): Promise<string> => {
  const { profileOf } = await import('./kernel.ts')
  const { name: profile } = profileOf(on)
  return profile === 'linux-6.18' ? name : `${name}-${profile.replace('linux-', '')}`
}

const show = async ({ json, docs }: Published, name: string, rows: unknown, table: string): Promise<void> => {
  const { publish } = await import('./published.ts')
  if (docs !== undefined) publish(docs, name, table)
  process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : table)
}

const differ = async (on: LiveKernel, asked: Published & { runs: number; seed: number }): Promise<number> => {
  const { differences, differencesTable } = await import('./differences.ts')
  const found = differences(on, asked)
  await show(asked, await placeOf('differences', on), found, differencesTable(found))
  return found.rows.every((row) => row.forOlder.length === 0 || row.forNewer.length === 0) ? 0 : 1
}

/** Both kernels are run, and what they do differently is held against what the model says of them. */
const hold = async (here: LiveKernel, asked: Published & { runs: number; seed: number }): Promise<number> => {
  const [{ UmlKernel, whyNoUml }, { profileOf }, { differences, heldAgainst, heldTable, isHeld }] = await Promise.all([
    import('./uml/index.ts'),
    import('./kernel.ts'),
    import('./differences.ts'),
  ])
  const whyNot = whyNoUml()
  if (whyNot !== undefined) {
    process.stderr.write(`live: no live runs are possible: ${whyNot}\n`)
    return 3
  }
  const kernels = [new UmlKernel(), here] as const
  const found = [differences(kernels[0], asked), differences(kernels[1], asked)] as const
  const rows = heldAgainst(found, [profileOf(kernels[0]), profileOf(kernels[1])])
  await show(asked, 'differences-held', { found, rows }, heldTable(rows))
  return rows.every(isHeld) ? 0 : 1
}

type Asked = Exclude<ReturnType<typeof parse>, string>

const parse = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kernel: { type: 'string' },
        counterexamples: { type: 'boolean', default: false },
        tours: { type: 'boolean', default: false },
        differences: { type: 'boolean', default: false },
        both: { type: 'boolean', default: false },
        paths: { type: 'string', default: '12' },
        worlds: { type: 'string', default: '1500' },
        docs: { type: 'string' },
        runs: { type: 'string', default: '30' },
        seed: { type: 'string' },
        shrink: { type: 'string', default: '60' },
        save: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [runs, seed, seconds] = [values.runs, values.seed ?? `${randomInt(MAX_SEED)}`, values.shrink].map(Number)
    if (!Number.isInteger(runs) || runs! < 1) return '--runs is no whole number above 0'
    if (!Number.isInteger(seed) || seed! < 0) return '--seed is no whole number'
    if (!(seconds! >= 0)) return '--shrink is no number of seconds'
    const { json, docs, kernel } = values
    if (kernel !== undefined && kernel !== 'uml')
      return `--kernel ${kernel}: there is uml, and without it the kernel that runs here`
    const uml = kernel === 'uml'
    const { both } = values
    if (both && (!values.differences || uml)) return '--both goes with --differences, and without --kernel'
    if (values.differences) return { asks: 'differences' as const, uml, both, json, docs, runs: runs!, seed: seed! }
    if (values.counterexamples) return { asks: 'counterexamples' as const, uml, json, docs }
    const [paths, worlds] = [values.paths, values.worlds].map(Number)
    if (![paths, worlds].every((n) => Number.isInteger(n) && n! > 0))
      return '--paths and --worlds are whole numbers above 0'
    if (values.tours)
      return { asks: 'tours' as const, uml, json, docs, paths: paths!, worlds: worlds!, scenarios: positionals }
    if (positionals.length > 0) return `nothing is known of ${positionals[0]}`
    return {
      asks: 'runs' as const,
      uml,
      runs: runs!,
      seed: seed!,
      shrinking: seconds! * 1000,
      json: values.json,
      folder: values.save,
    }
  } catch (error) {
    return (error as Error).message
  }
}
