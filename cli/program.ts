/** The command line as a function: arguments in, text out, an exit code back. Nothing here ends the process. */
import { Command, CommanderError } from 'commander'
import { nearestKernel, profileNames } from '../model/index.ts'
import { ReadError } from '../traces/index.ts'
import { addCheck } from './commands/check.ts'
import { addCompletion, complete } from './commands/completion.ts'
import { addConform } from './commands/conform.ts'
import { addExplain } from './commands/explain.ts'
import { addExplore } from './commands/explore.ts'
import { addGraph } from './commands/graph.ts'
import { addHost } from './commands/host.ts'
import { addInit } from './commands/init.ts'
import { addLearn } from './commands/learn.ts'
import { addList } from './commands/list.ts'
import { addMan } from './commands/man.ts'
import { addMcp } from './commands/mcp.ts'
import { addMerge } from './commands/merge.ts'
import { addRecord } from './commands/record.ts'
import { addReplay } from './commands/replay.ts'
import { addSimulate } from './commands/simulate.ts'
import { addStart } from './commands/start.ts'
import { addTrace } from './commands/trace.ts'
import { addWork } from './commands/work.ts'
import { type Context, contextOf } from './context.ts'
import { exitOf, oneLine, UsageError } from './error.ts'
import { type ExitCode, exit } from './exit.ts'
import type { Io } from './io.ts'
import { asMeant } from './meant.ts'
import { version } from './package.ts'
import { tellReadError } from './unreadable.ts'

/** @param args without the names of node and of the script */
export const run = async (given: readonly string[], terminal: Io): Promise<ExitCode> => {
  const { args, io } = colourless(given, terminal)
  const context = contextOf(io)
  try {
    if (args[0] === 'complete' && args[1] === '--') {
      complete(build(context), args.slice(2), io)
      return exit.holds
    }
    sayNearestKernels(args, context)
    const program = build(context)
    const known = program.commands.map((command) => command.name())
    await program.parseAsync(asMeant(args, known, io), { from: 'user' })
    return context.exit
  } catch (error) {
    return report(error, io)
  }
}

/** `--no-color` may stand anywhere before a bare `--`: it is NO_COLOR for one run. */
const colourless = (args: readonly string[], io: Io): { args: readonly string[]; io: Io } => {
  const end = args.indexOf('--')
  const at = args.indexOf('--no-color')
  if (at < 0 || (end >= 0 && end < at)) return { args, io }
  return { args: args.filter((_, i) => i !== at), io: { ...io, env: { ...io.env, NO_COLOR: '1' } } }
}

/** A kernel that has no profile is judged as the nearest one: said, for its answers may differ. */
const sayNearestKernels = (args: readonly string[], context: Context): void => {
  const values = args.flatMap((arg, i) => {
    const [option, value] = arg.split(/=(.*)/s)
    return ['--kernel', '--against', '--diff'].includes(option!) ? [value ?? args[i + 1] ?? ''] : []
  })
  for (const text of values.flatMap((v) => v.split(',')).map((v) => v.replace(/^(?:client|server)=/, ''))) {
    const nearest = (profileNames as readonly string[]).includes(text) ? undefined : nearestKernel(text)
    if (nearest)
      context.io.err(`${oneLine(text)}: judged as ${nearest.profile}, the nearest profile that is no newer\n`)
  }
}

const build = (context: Context): Command => {
  const program = new Command('halfopen')
    .description('a formal model checker and conformance suite for TCP connection management')
    .version(version())
    .option('--no-color', 'text without colour, as with NO_COLOR; anywhere in the line')
    .showSuggestionAfterError()
    .usage('[command] [options]')
    .enablePositionalOptions()
    .helpCommand('help [command]', 'what a command does')
    .allowExcessArguments()
  configure(program, context)
  addStart(program, context)
  addCheck(program, context)
  addInit(program, context)
  addSimulate(program, context)
  addReplay(program, context)
  addRecord(program, context)
  addConform(program, context)
  addLearn(program, context)
  addHost(program, context)
  addMerge(program, context)
  addWork(program, context)
  addTrace(program, context)
  addGraph(program, context)
  addExplore(program, context)
  addList(program, context)
  addExplain(program, context)
  addMcp(program, context, run)
  addCompletion(program, context)
  addMan(program, context)
  return program
}

/** Commander's own errors are thrown, and told by `report` like every other. Commands made from here on inherit it. */
const configure = (program: Command, { io, width }: Context): void => {
  program.exitOverride()
  program.configureOutput({
    writeOut: io.out,
    writeErr: io.err,
    outputError: () => {},
    getOutHelpWidth: () => width,
    getErrHelpWidth: () => width,
  })
}

const report = (error: unknown, io: Io): ExitCode => {
  if (error instanceof CommanderError) return commanderError(error, io)
  if (error instanceof UsageError) return tell(error, exitOf(error.code), io)
  if (error instanceof ReadError) return tellReadError(error, io)
  const message = error instanceof Error ? error.message : String(error)
  const fault = `internal fault: ${oneLine(message)}; report it with the command line (HALFOPEN_DEBUG=1 shows where) [E_INTERNAL]`
  return tell(error, exit.internal, io, fault)
}

const tell = (error: unknown, code: ExitCode, io: Io, words?: string): ExitCode => {
  const debug = (io.env.HALFOPEN_DEBUG ?? '') !== ''
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  io.err(`halfopen: ${words ?? message}\n${debug ? `${stack}\n` : ''}`)
  return code
}

/** `error: unknown option '--lose'\n(Did you mean --loss?)` becomes one line like ours. */
const commanderError = (error: CommanderError, io: Io): ExitCode => {
  if (error.exitCode === 0) return exit.holds
  const [first = '', guess] = error.message.split('\n')
  const cause = first.replace(/^error: /, '').replace(/\.$/, '')
  const remedy =
    guess?.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean $1?') ?? 'halfopen --help shows what there is'
  return tell(new UsageError({ code: 'E_OPTION', place: 'arguments', cause, remedy }), exit.usage, io)
}
