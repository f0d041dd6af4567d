/** `halfopen simulate`: random runs through a world, however large, and how often they met what is asked for. */
import type { Command } from 'commander'
import { commandLine, traceCommand } from '../check/reproduce.ts'
import { type Context, hint } from '../context.ts'
import { exit } from '../exit.ts'
import { writeJson } from '../io.ts'
import { propertyOf, scenarioOf } from '../options/names.ts'
import { duration, names, whole } from '../options/values.ts'
import { addWorldOptions, overridesOf, type WorldOptions, worldFlags } from '../options/world.ts'
import { simulationJson } from '../simulate/json.ts'
import { type Simulated, simulated, verdictOf } from '../simulate/run.ts'
import { simulationText } from '../simulate/text.ts'
import { paragraph } from '../words/paragraph.ts'
import { exitFor } from '../words/verdict.ts'

interface Options extends WorldOptions {
  readonly property?: readonly string[]
  readonly runs: number
  readonly steps: number
  readonly seed: number
  readonly time?: number
  readonly json?: true
}

const MANY = 2 ** 32 - 1

const EXIT_CODES = [
  'A violation that is found is made as short as leaving out steps can make it.',
  'Exit codes: 1 something is violated; 3 nothing was, which proves nothing; 0 only if all that was asked with --property was to be reached, and was.',
]

export const addSimulate = (program: Command, context: Context): void => {
  const command = program
    .command('simulate')
    .description('random runs through a world, however large: what they meet, and how often')
    .argument('[scenario]', 'halfopen list scenarios', 'ghost-connection')
    .option('--property <ids>', 'only these, apart by commas (halfopen list properties)', names)
    .option('--runs <n>', 'how many runs', whole('--runs', { min: 1, max: MANY }), 1000)
    .option('--steps <n>', 'the longest run', whole('--steps', { min: 1, max: 1_000_000 }), 200)
    .option('--seed <n>', 'the same seed gives the same runs', whole('--seed', { min: 0, max: MANY }), 1)
    .option('--time <duration>', 'stop after so long, as in 90, 90s, 5m, 2h', duration('--time', 0.001))
  addWorldOptions(command)
  command.option('--json', 'one document').addHelpText(
    'after',
    `\n${EXIT_CODES.map((line) => paragraph(context, '', line))
      .join('')
      .trimEnd()}`,
  )
  command.action((name: string, options: Options) => {
    const { io } = context
    const scenario = scenarioOf(name)
    const overrides = overridesOf(options)
    const only = options.property?.map((id) => propertyOf(id).id)
    const { runs, steps, seed, time } = options
    const bounds = { runs, steps, seed, ...(time !== undefined && { maxSeconds: time }) }
    const met = simulated({ scenario, overrides, options: bounds, ...(only && { only }) }, io)
    const reproduce = commandLine('simulate', scenario.name, ...worldFlags(overrides), ...flags(options, only))
    context.exit = met.report.bound === 'stopped' ? exit.interrupted : exitFor(verdictOf(met))
    if (options.json) {
      writeJson(io, 'simulate', simulationJson(met, overrides, reproduce))
      return
    }
    const again = { reproduce, traceCommand: (code: string) => traceCommand(scenario.name, overrides, code) }
    io.out(simulationText(met, { ...again, ...(only && { only }) }, context))
    hint(context, nextStep(met))
  })
}

/** The flags that give the same runs again. */
const flags = ({ runs, steps, seed, time }: Options, only: readonly string[] | undefined): string[] => [
  ...(only === undefined ? [] : ['--property', only.join(',')]),
  ...['--runs', `${runs}`, '--steps', `${steps}`, '--seed', `${seed}`],
  ...(time === undefined ? [] : ['--time', `${time}`]),
]

const nextStep = ({ asked, scenario }: Simulated): string => {
  const violated = asked.find(({ finding }) => finding.verdict === 'violated')
  if (violated !== undefined)
    return `halfopen explain ${violated.property.id} tells what it means and where it comes from`
  return `halfopen check ${scenario.name} decides what random runs cannot, where the world is small enough`
}
