/** The command line of the random runs: `npm run live`. */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { profiles } from '../../model/index.ts'
import { isInside, runInside, whyNotLive } from './namespaced.ts'

const USAGE = `usage: npm run live -- [--runs N] [--seed S] [--shrink SECONDS] [--save DIR] [--json]

Random runs on this kernel, each held against the model: every segment, state and counter.
Exit codes: 0 all agree, 1 some do not, 2 wrong usage, 3 no live runs are possible here.
`

const MAX_SEED = 2 ** 31 - 1

export const main = async (args: readonly string[]): Promise<number> => {
  const asked = parse(args)
  if (typeof asked === 'string') {
    process.stderr.write(`live: ${asked}\n${USAGE}`)
    return 2
  }
  if (!isInside()) {
    const whyNot = whyNotLive()
    if (whyNot === undefined) return runInside()
    process.stderr.write(`live: no live runs are possible: ${whyNot}\n`)
    return 3
  }
  const { runs, seed, shrinking, json, folder } = asked
  // Only where it is needed: koffi is a binary, and the grammar draws with fast-check.
  const [{ compareRuns }, { draw, leftOut }, { reportJson, reportText }, { save }] = await Promise.all([
    import('./compare.ts'),
    import('./grammar.ts'),
    import('./report.ts'),
    import('./save.ts'),
  ])
  const started = Date.now()
  const progress = process.stderr.isTTY
    ? (row: { readonly mismatches: readonly string[] }, run: number) => {
        process.stderr.write(`run ${run}: ${row.mismatches[0] ?? 'agrees'}\n`)
      }
    : undefined
  const compared = compareRuns(draw(seed, runs), profiles['linux-6.18'], { shrinking, ...(progress && { progress }) })
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

const parse = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
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
    return { runs: runs!, seed: seed!, shrinking: seconds! * 1000, json: values.json, folder: values.save }
  } catch (error) {
    return (error as Error).message
  }
}
