/** `halfopen trace run`: a path of the model, taken to the kernel of this machine. */
import type { Command } from 'commander'
import type { TakenPath } from '../../traces/live/path/index.ts'
import type { Context } from '../context.ts'
import { exit, worst } from '../exit.ts'
import { writeJson } from '../io.ts'
import { insideNamespaces } from '../live/inside.ts'
import { addWorldOptions, overridesOf, type WorldOptions } from '../options/world.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import { pathsMeant, type WorldPath } from './paths.ts'

interface Options extends WorldOptions {
  readonly path?: string
  readonly save?: string
  readonly json?: true
}

export const addRun = (trace: Command, context: Context): void => {
  const command = trace
    .command('run')
    .description(
      'take a path to the kernel of this machine: real sockets in namespaces of its own, nothing of it leaves them',
    )
    .argument('<path>', 'its code, a file that check --json or trace show --json wrote, or a scenario with --path')
    .option('--path <code>', 'the code that check printed')
    .option('--save <dir>', 'the run as a capture folder, which replay and the bench read')
  addWorldOptions(command)
  command.option('--json', 'one document')
  command.action(async (word: string, options: Options) => {
    const meant = pathsMeant(word, overridesOf(options), options.path)
    await insideNamespaces('trace run', context, () => taken(meant, options, context))
  })
}

const taken = async (meant: readonly WorldPath[], { json, save: folder }: Options, context: Context): Promise<void> => {
  const [{ thisKernel }, { takePaths }, { save }] = await Promise.all([
    import('../../traces/live/here.ts'),
    import('../../traces/live/path/index.ts'),
    import('../../traces/live/save.ts'),
  ])
  const all: TakenPath[] = []
  const paths = meant.map(({ scenario, setting, path }) => ({ name: scenario, setting, path }))
  takePaths(thisKernel, paths, (one, i) => {
    all[i] = one
  })
  if (folder !== undefined)
    for (const [i, { result }] of all.entries())
      if (result) save(all.length === 1 ? folder : `${folder}/${i + 1}`, result.recording)
  if (json) writeJson(context.io, 'trace-run', { runs: all.map((one, i) => runJson(one, meant[i]!)) })
  else context.io.out(all.map((one) => runText(one, context)).join('\n'))
  context.exit = worst(all.map(exitOf))
}

const exitOf = ({ result }: TakenPath) => {
  if (result === undefined) return exit.inconclusive
  return result.disagreement || result.counters?.mismatches.length ? exit.violated : exit.holds
}

const runJson = ({ trace, whyNot, result }: TakenPath, { scenario, code }: WorldPath) => ({
  scenario,
  path: code,
  steps: trace.steps.length,
  ...(whyNot !== undefined && { notTaken: whyNot }),
  ...(result && {
    kernel: result.recording.kernel,
    agreed: result.agreed,
    ...(result.disagreement && { disagreement: result.disagreement }),
    leftOut: result.repetitions,
    ...(result.counters && { counters: result.counters }),
  }),
})

const runText = ({ of, trace, whyNot, result }: TakenPath, page: Page): string => {
  const { paint } = page
  const head = `${paint('bold', of.name)}: ${count(trace.steps.length, 'step')}`
  if (result === undefined) return paragraph(page, `${head}, `, `not taken: ${whyNot}`, 2)
  const { agreed, disagreement: d, counters, repetitions, recording } = result
  const steps = trace.steps.slice(0, agreed + (d ? 1 : 0)).map(({ number, rule, connection, note }) => {
    const mark = d?.step === number ? paint('red', '✗') : paint('green', '✓')
    const whose = connection === undefined ? '' : ` ${connection}:`
    return paragraph(page, `  ${mark} ${String(number).padStart(2)}${whose} `, `${rule}${note ? ` ${note}` : ''}`)
  })
  const says = d
    ? `Linux ${recording.kernel} departs at step ${d.step}: ${d.says}.`
    : `Linux ${recording.kernel} has taken every step as the model does.`
  const wrong =
    counters?.mismatches.map((m) => `${m.host} counts ${m.counter} ${m.captured}, the model ${m.model}`) ?? []
  const counted = counters ? [`Counters: ${counters.matched} of ${counters.total} agree.`, ...wrong] : []
  const left = repetitions > 0 ? [`The path leaves out ${count(repetitions, 'packet')} of timers that ran on.`] : []
  return [`${head}\n`, ...steps, ...[says, ...counted, ...left].map((line) => paragraph(page, '', line, 2))].join('')
}
