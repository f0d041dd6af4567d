/** `halfopen trace show`: draws a path by taking its steps again. */
import { type Command, Option } from 'commander'
import { decodePath, isPathOf } from '../../checker/index.ts'
import { modelOf, profileNames, type Setting } from '../../model/index.ts'
import { type Overrides, type Scenario, scenarios, settingOf } from '../../properties/index.ts'
import { lastWorld, mermaid, type Trace, traceOf } from '../../traces/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { writeJson } from '../io.ts'
import { scenarioOf } from '../options/names.ts'
import { addWorldOptions, checkWorld, overridesOf, type WorldOptions } from '../options/world.ts'
import { traceJson } from '../trace/json.ts'
import { lifelines } from '../trace/lifelines.ts'
import { stateLines } from '../trace/state.ts'
import { listings, listingsText, type View, views } from '../trace/view.ts'
import { count } from '../words/number.ts'
import type { Paint } from '../words/paint.ts'

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
    .argument('[command]', 'show')
    .action((word: string | undefined) => {
      const cause = word === undefined ? 'what about it is missing' : `"${word}" is unknown`
      throw new UsageError({
        code: 'E_COMMAND',
        place: 'trace',
        cause,
        remedy: 'halfopen trace show SCENARIO --path CODE',
      })
    })
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
      if (options.json) writeJson(io, { scenario, path: options.path, listings: all })
      else io.out(listingsText(all, paint))
    } else if (options.json) writeJson(io, { scenario, path: options.path, ...traceJson(drawn) })
    else io.out(options.to === 'mermaid' ? mermaid(drawn) : text(scenario, drawn, paint))
  })
}

const read = (name: string, options: Options): { drawn: Trace; setting: Setting } => {
  const scenario = scenarioOf(name)
  const overrides = overridesOf(options)
  checkWorld(scenario, overrides)
  const setting = settingOf(scenario, overrides)
  const model = modelOf(setting)
  try {
    return { drawn: traceOf(model, decodePath(model, options.path)), setting }
  } catch (error) {
    const place = `--path ${options.path}`
    const cause = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    const made = madeFor(name, overrides, options.path)
    const remedy = `copy the whole command that check printed, with its flags${made ? ` (it may be one of ${made})` : ''}`
    throw new UsageError({ code: 'E_PATH', place, cause, remedy })
  }
}

/** Another scenario, or another kernel, whose path the code is. */
const madeFor = (name: string, overrides: Overrides, code: string): string | undefined => {
  const isOf = (scenario: Scenario, o: Overrides): boolean => {
    try {
      return isPathOf(modelOf(settingOf(scenario, o)), code)
    } catch {
      return false
    }
  }
  const other = scenarios.find((scenario) => isOf(scenario, overrides))
  if (other !== undefined) return other.name === name ? undefined : other.name
  const kernel = profileNames.find((kernel) => isOf(scenarioOf(name), { ...overrides, kernel }))
  return kernel && `${name} --kernel ${kernel}`
}

const text = (scenario: string, trace: Trace, paint: Paint): string =>
  [
    `${paint('bold', scenario)}: ${count(trace.steps.length, 'step')}`,
    '',
    lifelines(trace, paint),
    '  The last state',
    ...stateLines(lastWorld(trace)).map((line) => `      ${line}`),
    '',
  ].join('\n')
