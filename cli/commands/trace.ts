/** `halfopen trace show`, `export` and `run` (`../trace/run.ts`): a path, drawn or written in the format of another tool by taking its steps again. */
import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { End, Setting } from '../../model/index.ts'
import { lastWorld, mermaid, type Trace, type TraceFormat, traceFormats, traceOf, traceTo } from '../../traces/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { writeJson } from '../io.ts'
import { whole } from '../options/values.ts'
import { addWorldOptions, overridesOf, type WorldOptions } from '../options/world.ts'
import { traceJson } from '../trace/json.ts'
import { lifelines } from '../trace/lifelines.ts'
import { pathIn } from '../trace/paths.ts'
import { addRun } from '../trace/run.ts'
import { stateText } from '../trace/state.ts'
import { listings, listingsText, type View, views } from '../trace/view.ts'
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'

interface Options extends WorldOptions {
  readonly path: string
  readonly to: 'text' | 'mermaid'
  readonly view?: View
  readonly json?: true
}

export const addTrace = (program: Command, context: Context): void => {
  const trace = program
    .command('trace')
    .description('paths through a world')
    .argument('[command]', 'show, export or run')
    .action((word: string | undefined) => {
      const cause = word === undefined ? 'what about it is missing' : `"${word}" is unknown`
      throw new UsageError({
        code: 'E_COMMAND',
        place: 'trace',
        cause,
        remedy: 'halfopen trace show SCENARIO --path CODE',
      })
    })
  addExport(trace, context)
  addRun(trace, context)
  const show = trace
    .command('show')
    .description('draw a path that a check has given, by taking its steps again')
    .argument('<scenario>', 'the scenario of the check, with the same flags for its world')
    .requiredOption('--path <code>', 'the code that check printed')
  addWorldOptions(show)
  show.addOption(new Option('--to <format>', 'how').choices(['text', 'mermaid']).default('text'))
  const view = 'only the last state, as these tools would print it at either end'
  show.addOption(new Option('--view <tool>', view).choices(views).conflicts('to'))
  show.option('--json', 'one document')
  show.action((scenario: string, options: Options) => {
    const { io, paint } = context
    const { drawn, setting } = read(scenario, options)
    if (options.view) {
      const all = listings(options.view, drawn, setting, options.kernel)
      if (options.json) writeJson(io, 'trace', { scenario, path: options.path, listings: all })
      else io.out(listingsText(all, paint))
    } else if (options.json) writeJson(io, 'trace', { scenario, path: options.path, ...traceJson(drawn) })
    else io.out(options.to === 'mermaid' ? mermaid(drawn) : text(scenario, drawn, context))
  })
}

interface ExportOptions extends WorldOptions {
  readonly path: string
  readonly to: TraceFormat
  readonly tap?: End
  readonly connection?: number
  readonly output?: string
  readonly json?: true
}

/** A file that other tools read; on the screen, where no file is named and it is text. */
const addExport = (trace: Command, { io }: Context): void => {
  const command = trace
    .command('export')
    .description('write a path that a check has given in the format of another tool')
    .argument('<scenario>', 'the scenario of the check, with the same flags for its world')
    .requiredOption('--path <code>', 'the code that check printed')
    .addOption(new Option('--to <format>', 'which').choices(traceFormats).makeOptionMandatory())
    .addOption(
      new Option('--tap <end>', 'only what this end sees; of packetdrill, the end under test').choices([
        'client',
        'server',
      ]),
    )
    .option(
      '--connection <n>',
      'which connection a packetdrill script is of (1)',
      whole('--connection', { min: 1, max: 16 }),
    )
    .option('--output <file>', 'where to')
  addWorldOptions(command)
  command.option('--json', 'what was written, as one document')
  command.action((name: string, options: ExportOptions) => {
    const { drawn, setting } = read(name, options)
    const { connection, tap, output } = options
    if (connection !== undefined && connection > setting.clients.length) {
      const cause = `the world has ${count(setting.clients.length, 'connection')}`
      throw new UsageError({
        code: 'E_RANGE',
        place: `--connection ${connection}`,
        cause,
        remedy: `give 1 to ${setting.clients.length}`,
      })
    }
    const of = { name, trace: drawn, setting, ...(tap && { tap }), ...(connection !== undefined && { connection }) }
    const { content } = traceTo(options.to, of)
    if (output !== undefined) {
      save(output, content)
      if (options.json) writeJson(io, 'trace-export', { file: output, format: options.to, bytes: content.length })
      else io.err(`${output}: ${count(content.length, 'byte')}\n`)
    } else if (typeof content === 'string') {
      if (options.json) writeJson(io, 'trace-export', { format: options.to, content })
      else io.out(content)
    } else {
      const cause = `${options.to} is no text`
      throw new UsageError({ code: 'E_OUTPUT', place: 'trace export', cause, remedy: 'name a file with --output' })
    }
  })
}

const read = (name: string, options: Pick<Options, 'path'> & WorldOptions): { drawn: Trace; setting: Setting } => {
  const { model, path, setting } = pathIn(name, overridesOf(options), options.path)
  return { drawn: traceOf(model, path), setting }
}

const save = (file: string, content: string | Uint8Array): void => {
  try {
    writeFileSync(file, content)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new UsageError({ code: 'E_OUTPUT', place: file, cause, remedy: 'name a file that can be written' })
  }
}

const text = (scenario: string, trace: Trace, page: Page): string =>
  [
    `${page.paint('bold', scenario)}: ${count(trace.steps.length, 'step')}\n`,
    lifelines(trace, page),
    `  The last state\n${stateText(lastWorld(trace), INDENT, page)}`,
  ].join('\n')

const INDENT = 6
