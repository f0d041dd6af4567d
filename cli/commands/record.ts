/** `halfopen record`: new capture folders, made on the kernel of this machine, in the format of traces/corpus/. */
import { randomInt } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { ask } from '../../properties/index.ts'
import type { Recording } from '../../traces/conformance/folder.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { writeJson } from '../io.ts'
import { insideNamespaces } from '../live/inside.ts'
import { scenarioOf } from '../options/names.ts'
import { whole } from '../options/values.ts'
import { count } from '../words/number.ts'

interface Options {
  readonly runs: number
  readonly seed?: number
  readonly json?: true
}

const MAX_SEED = 2 ** 31 - 1
const RANDOM = 'random'

export const addRecord = (program: Command, context: Context): void => {
  program
    .command('record')
    .description('record runs on the kernel of this machine: captures of both ends, calls, states, counters')
    .argument(
      '<scenario>',
      `the shortest path to everything that its properties reach; or ${RANDOM}: runs that are drawn`,
    )
    .argument('<dir>', 'a new directory, for a folder of each run')
    .option('--runs <n>', `how many, where they are ${RANDOM}`, whole('--runs', { min: 1, max: 10_000 }), 1)
    .option('--seed <n>', 'which; drawn and told otherwise', whole('--seed', { min: 0, max: MAX_SEED }))
    .option('--json', 'what was written, as one document')
    .action(async (name: string, dir: string, options: Options) => {
      if (name !== RANDOM) scenarioOf(name)
      if (existsSync(dir) && readdirSync(dir).length > 0) {
        const remedy = 'name a directory that is empty, or not there yet'
        throw new UsageError({ code: 'E_OUTPUT', place: dir, cause: 'there is something in it already', remedy })
      }
      await insideNamespaces('record', context, () => recorded(name, dir, options, context))
    })
}

const recorded = async (name: string, dir: string, options: Options, { io }: Context): Promise<void> => {
  const { save } = await import('../../traces/live/save.ts')
  const folders: string[] = []
  const write = (folder: string, recording: Recording) => {
    save(join(dir, folder), { ...recording, name: folder })
    folders.push(join(dir, folder))
  }
  const seed = options.seed ?? randomInt(MAX_SEED)
  if (name === RANDOM) await drawn(seed, options.runs, write)
  else await paths(name, write)
  if (options.json) writeJson(io, 'record', { ...(name === RANDOM && { seed }), folders })
  else io.out(`${folders.join('\n')}\n${count(folders.length, 'run')}${name === RANDOM ? ` of seed ${seed}` : ''}\n`)
}

type Write = (folder: string, recording: Recording) => void

const drawn = async (seed: number, runs: number, write: Write): Promise<void> => {
  const { draw } = await import('../../traces/live/grammar.ts')
  const { runAll } = await import('../../traces/live/worlds.ts')
  runAll(draw(seed, runs), (recording, _, i) => write(`seed-${seed}-run-${i}`, recording))
}

const paths = async (name: string, write: Write): Promise<void> => {
  const { thisKernel } = await import('../../traces/live/here.ts')
  const { takePaths } = await import('../../traces/live/path/index.ts')
  const { asked, setting } = ask(scenarioOf(name))
  const all = asked.flatMap(({ property, finding: { path } }) => (path ? [{ name: property.id, setting, path }] : []))
  takePaths(thisKernel, all, ({ of, result }) => {
    if (result) write(`${name}-${of.name.replaceAll("'", '′')}`, result.recording)
  })
}
