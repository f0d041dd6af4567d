/** `halfopen graph`: the states that a world really reaches, folded to the fields that were asked for. */
import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { modelOf } from '../../model/index.ts'
import { settingOf } from '../../properties/index.ts'
import { fieldNames } from '../../traces/index.ts'
import { boundLine } from '../check/bounds.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { exit } from '../exit.ts'
import { type Comparison, compare, compareText } from '../graph/compare.ts'
import { toDot, toJson, toMermaid, toOther, toSvg, toText } from '../graph/draw.ts'
import { endDiagram } from '../graph/ends.ts'
import { explore, type StateGraph } from '../graph/explore.ts'
import { figure5Svg } from '../graph/figure5-svg.ts'
import { projectionOf } from '../graph/projection.ts'
import { isInterrupted } from '../io.ts'
import { scenarioOf } from '../options/names.ts'
import { addSearchOptions, type SearchOptions, searchOf } from '../options/search.ts'
import { names } from '../options/values.ts'
import { addWorldOptions, checkWorld, overridesOf, type WorldOptions } from '../options/world.ts'
import { schemaOf } from '../schemas/names.ts'
import { count } from '../words/number.ts'
import { type Page, plainPage } from '../words/page.ts'
import { endProgress } from '../words/progress.ts'

interface Options extends WorldOptions, SearchOptions {
  readonly project?: readonly string[]
  readonly to: (typeof formats)[number]
  readonly compare?: 'rfc9293'
  readonly output?: string
  readonly json?: true
}

const formats = ['text', 'dot', 'svg', 'json', 'mermaid', 'graphml', 'aut'] as const

export const addGraph = (program: Command, context: Context): void => {
  const command = program
    .command('graph')
    .description('the states that a world reaches, folded to a few fields, as a diagram')
    .argument('<scenario>', 'halfopen list scenarios')
    .option(
      '--project <fields>',
      `which, apart by commas: ${fieldNames.join(', ')} (default client.state,server.state)`,
      names,
    )
    .addOption(new Option('--to <format>', 'how').choices(formats).default('text'))
    .addOption(new Option('--compare <with>', "an end's diagram beside figure 5 of RFC 9293").choices(['rfc9293']))
    .option('--output <file>', 'write it there instead')
  addWorldOptions(command)
  addSearchOptions(command)
  command.option('--json', 'the same as --to json')
  command.action(async (name: string, options: Options) => {
    const { io } = context
    const scenario = scenarioOf(name)
    const overrides = overridesOf(options)
    checkWorld(scenario, overrides)
    const model = modelOf(settingOf(scenario, overrides))
    const search = searchOf(options, io)
    const to = options.json ? 'json' : options.to
    if (options.compare) {
      const comparison = compare(endDiagram(model, search))
      endProgress(io)
      write(compared(comparison, name, to, options, context), options.output, context)
      context.exit = codeFor(comparison.exhausted, context)
      return
    }
    const projection = projectionOf(options.project ?? ['client.state', 'server.state'])
    const graph = explore(model, [projection], search)[0]!
    endProgress(io)
    const drawn = await draw(graph, name, to, options.output === undefined ? context : plainPage)
    write(drawn, options.output, context)
    summary(graph, context)
    context.exit = codeFor(graph.graph()!.report.exhausted, context)
  })
}

/** Text, one document, or the picture: no other format has a place for what is lacking. */
const compared = (
  comparison: Comparison,
  scenario: string,
  to: Options['to'],
  { output }: Options,
  context: Context,
) => {
  if (to === 'json')
    return `${JSON.stringify({ schema: schemaOf('graph'), scenario, compare: 'rfc9293', ...comparison }, null, 2)}\n`
  if (to === 'svg') return figure5Svg(comparison)
  if (to === 'text') return compareText(comparison, output === undefined ? context : plainPage)
  const cause = `a comparison cannot be written as ${to}`
  throw new UsageError({ code: 'E_OPTION', place: `--to ${to}`, cause, remedy: 'choose text, json or svg' })
}

/** To the file that was named, or to the screen. */
const write = (text: string, file: string | undefined, { io }: Context): void => {
  if (file === undefined) {
    io.out(text)
    return
  }
  save(file, text)
  io.err(`${file}: ${count(text.length, 'character')}\n`)
}

const codeFor = (exhausted: boolean, { io }: Context) =>
  isInterrupted(io) ? exit.interrupted : exhausted ? exit.holds : exit.inconclusive

const draw = async (graph: StateGraph, name: string, to: Options['to'], page: Page): Promise<string> => {
  if (to === 'dot') return toDot(graph, name)
  if (to === 'svg') return toSvg(graph, name)
  if (to === 'mermaid') return toMermaid(graph)
  if (to === 'graphml' || to === 'aut') return toOther(to, graph, name)
  return to === 'json'
    ? `${JSON.stringify({ schema: schemaOf('graph'), ...toJson(graph, name) }, null, 2)}\n`
    : toText(graph, page)
}

const summary = (graph: StateGraph, context: Context): void => {
  const { report } = graph.graph()!
  const drawn = `${count(graph.nodeCount(), 'node')}, ${count(graph.edgeCount(), 'edge')}`
  context.io.err(`${drawn} from ${count(report.states, 'state')}: ${boundLine(report, context.paint)}\n`)
  hint(context, 'halfopen graph close --compare rfc9293 compares with the state diagram of the RFC')
}

const save = (file: string, text: string): void => {
  try {
    writeFileSync(file, text)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new UsageError({ code: 'E_OUTPUT', place: file, cause, remedy: 'name a file that can be written' })
  }
}
