/** `halfopen check`: explore, a verdict per property, the shortest counterexample. */
import { type Command, Option } from 'commander'
import type { ProfileName } from '../../model/index.ts'
import type { Scenario, TcpProperty } from '../../properties/index.ts'
import { checkAgainst } from '../check/against.ts'
import { checkAll, checkAllJson } from '../check/all.ts'
import { checkpointOf, tellWhatIsNotKept } from '../check/checkpoint.ts'
import { found } from '../check/counterexample.ts'
import { checkJson } from '../check/json.ts'
import { remediesJson, remediesText, remediesVerdict, tryRemedies } from '../check/remedies.ts'
import { checkCommand, traceCommand } from '../check/reproduce.ts'
import { answer } from '../check/run.ts'
import { checkText } from '../check/text.ts'
import { exitOf } from '../check/verdicts.ts'
import { checkClaims } from '../claims/check.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { checkEvery } from '../every/check.ts'
import { type ExitCode, exit, worst } from '../exit.ts'
import { isInterrupted, writeJson } from '../io.ts'
import { sendMatrix } from '../many/send.ts'
import { checkMatrix, type MatrixFlags } from '../matrix/check.ts'
import { shardOf } from '../matrix/shard.ts'
import { addCheckpointOptions, type CheckpointFlags, checkCheckpoint } from '../options/checkpoint.ts'
import { kernelOf, propertyOf, scenarioOf } from '../options/names.ts'
import { addEngineOptions, addSearchOptions, type SearchOptions, searchFlags, searchOf } from '../options/search.ts'
import { names } from '../options/values.ts'
import { addWorldOptions, overridesOf, type WorldOptions, worldFlags } from '../options/world.ts'
import { isOwn, loadOwn, type Own } from '../own/load.ts'
import { type CheckedSystem, checkSystem } from '../own/system.ts'
import { exitFor } from '../words/verdict.ts'

interface Options extends WorldOptions, SearchOptions, CheckpointFlags, MatrixFlags {
  readonly property?: readonly string[]
  readonly remedies?: true
  readonly against?: ProfileName
  readonly claims?: true
  readonly json?: true
}

/** As they are typed: the number of clients may be left open. */
type GivenOptions = Omit<Options, 'clients'> & { readonly clients?: number | 'any' }

export const addCheck = (program: Command, context: Context): void => {
  const command = program
    .command('check')
    .description('explore a bounded world and decide its properties; all scenarios if none is named')
    .argument('[scenario...]', 'halfopen list scenarios; or a module of your own, ./mine.ts (halfopen init)')
    .option('--property <ids>', 'only these, apart by commas (halfopen list properties)', names)
    .option('--against <kernel>', 'a shortest run on which the two kernel profiles answer differently', kernelOf)
    .option('--remedies', 'what people recommend against ghost connections, tried')
    .option('--claims', 'what is read about opening a connection, decided by running (halfopen list claims)')
    .option('--matrix <cells>', "many checks: 'scenario=…; kernel=all; backlog=0..4; tcp_syncookies=0,1,2'")
    .option('--shard <k/n>', 'of a matrix, the k-th of n shares', shardOf)
    .option('--via <url>', 'have a matrix done by workers (halfopen work), by way of redis://host:port')
    .addOption(new Option('--cell <id>', 'of a matrix, this cell alone, written out').hideHelp())
    .option('--out <dir>', 'where the results of a matrix go, a file for each (halfopen merge DIR)')
  addWorldOptions(command, 'any')
  addEngineOptions(command)
  addSearchOptions(command)
  addCheckpointOptions(command)
  command.option('--json', 'one document')
  command.action(async (scenarios: string[], { clients, ...rest }: GivenOptions) => {
    if (rest.matrix !== undefined || rest.shard || rest.out !== undefined) {
      context.exit = await matrixOf(scenarios, { ...rest, ...(typeof clients === 'number' && { clients }) }, context)
      return
    }
    if (clients === 'any') {
      context.exit = checkEvery(scenarios, overridesOf(rest), onlyOf(rest), rest, context)
      return
    }
    const options: Options = { ...rest, ...(clients !== undefined && { clients }) }
    checkCheckpoint(options, options.remedies || options.against || options.claims ? 0 : scenarios.length)
    context.exit = options.claims
      ? claimed(scenarios, options, context)
      : options.against
        ? checkAgainst(scenarios, options.against, options, context)
        : options.remedies
          ? checkRemedies(scenarios, options, context)
          : scenarios.length === 0
            ? everything(options, context)
            : await named(scenarios, options, context)
  })
}

/** What is checked, and in which worlds, the matrix says. */
const matrixOf = async (scenarios: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const refuse = (place: string, cause: string, remedy: string): never => {
    throw new UsageError({ code: 'E_OPTION', place, cause, remedy })
  }
  if (options.matrix === undefined) refuse(options.shard ? '--shard' : '--out', 'there is no matrix', 'give --matrix')
  const others = ['property', 'remedies', 'against', 'claims', 'checkpoint', 'resume'] as const
  const flag = others.find((name) => options[name] !== undefined)
  const [world] = worldFlags(overridesOf(options))
  if (flag !== undefined) refuse(`--${flag}`, 'a matrix asks every property of every cell', 'leave it out')
  if (world !== undefined) refuse(world, 'the matrix says what the worlds are', 'put it into the matrix')
  if (scenarios.length > 0) refuse(scenarios[0]!, 'the matrix says which scenarios', 'write scenario=… in the matrix')
  return options.via === undefined ? checkMatrix(options, context) : sendMatrix(options, options.via, context)
}

/** Claims have worlds of their own. */
const claimed = (ids: readonly string[], options: Options, context: Context): ExitCode => {
  const others = [options.against && '--against', options.remedies && '--remedies', options.property && '--property']
  const [flag] = [...worldFlags(overridesOf(options)), ...others.filter((f) => f !== undefined)]
  if (flag === undefined) return checkClaims(ids, options, context)
  const cause = 'claims are decided in worlds of their own, with questions of their own'
  throw new UsageError({ code: 'E_OPTION', place: flag, cause, remedy: 'leave it out' })
}

const onlyOf = ({ property }: Options, own: readonly TcpProperty[] = []): string[] | undefined =>
  property?.map((id) => own.find((p) => p.id === id)?.id ?? propertyOf(id).id)

const everything = (options: Options, context: Context): ExitCode => {
  const overrides = overridesOf(options)
  const only = onlyOf(options)
  const question = { overrides, search: searchOf(options, context.io), ...(only && { only }) }
  return options.json ? checkAllJson(question, options, context) : checkAll(question, context)
}

const named = async (scenarios: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const { io } = context
  const overrides = overridesOf(options)
  const codes: ExitCode[] = []
  const documents: object[] = []
  let isSystem = false
  for (const given of await Promise.all(scenarios.map((name) => givenAs(name, context)))) {
    if (isInterrupted(io)) break
    if (given.is === 'system') {
      const { code, document } = systemOf(given, options, context)
      codes.push(code)
      documents.push(document)
      isSystem = scenarios.length === 1
      continue
    }
    const { scenario, properties: own } = given
    const only = onlyOf(options, own)
    const { name } = scenario
    const kept = checkpointOf(options, checkCommand(name, overrides, only, {}), io)
    const search = { ...searchOf(options, io), ...kept }
    const answers = answer({ scenario, overrides, search, ...(only && { only }), own }, io)
    tellWhatIsNotKept(kept, answers.report, io)
    const reproduce = checkCommand(name, overrides, only, options)
    codes.push(exitOf(answers))
    if (options.json) {
      documents.push(checkJson(answers, overrides.kernel ?? 'linux-6.18', overrides, reproduce))
      continue
    }
    const drawn = (code: string) =>
      given.isShipped ? traceCommand(name, overrides, code) : checkCommand(name, overrides, ['ID'], {})
    const again = { reproduce, traceCommand: drawn }
    io.out(checkText(answers, { ...again, ...(only && { only }) }, context))
    const [first] = found(answers)
    hint(
      context,
      nextStep(name, answers.report.exhausted, first?.finding.verdict === 'violated' ? first.property.id : undefined),
    )
  }
  if (options.json)
    writeJson(io, isSystem ? 'system' : 'check', documents.length === 1 ? documents[0]! : { scenarios: documents })
  return isInterrupted(io) ? exit.interrupted : worst(codes)
}

type Given =
  | {
      readonly is: 'scenario'
      readonly isShipped?: true
      readonly scenario: Scenario
      readonly properties: readonly TcpProperty[]
    }
  | (Extract<Own, { readonly is: 'system' }> & { readonly file: string })

/** A shipped scenario by its name, or a module of the user's by its file. */
const givenAs = async (name: string, { io }: Context): Promise<Given> => {
  if (!isOwn(name)) return { is: 'scenario', isShipped: true, scenario: scenarioOf(name), properties: [] }
  const own = await loadOwn(name, io)
  return own.is === 'system' ? { ...own, file: name } : own
}

/** Settings of kernels and worlds are of TCP alone. */
const systemOf = (given: Extract<Given, { is: 'system' }>, options: Options, context: Context): CheckedSystem => {
  const [flag] = worldFlags(overridesOf(options))
  if (flag !== undefined) {
    const cause = `${given.file} is a system of its own, and no world of TCP`
    throw new UsageError({ code: 'E_OPTION', place: flag, cause, remedy: 'leave it out' })
  }
  const { property: only } = options
  const flags = [...(only ? ['--property', only.join(',')] : []), ...searchFlags(options)]
  const search = searchOf(options, context.io)
  return checkSystem(given, { file: given.file, search, flags, ...(only && { only }) }, options.json === true, context)
}

const nextStep = (scenario: string, exhausted: boolean, violated: string | undefined): string => {
  if (!exhausted) return 'give it more with --memory or --time, or a smaller world (--clients, --loss, --retries)'
  if (scenario === 'ghost-connection') return 'halfopen check ghost-connection --remedies tells what helps'
  if (violated !== undefined) return `halfopen explain ${violated} tells what it means and where it comes from`
  return `halfopen graph ${scenario} draws the states that it reaches`
}

/** They are tried in the scenario's own world, and nowhere else. */
const checkRemedies = (scenarios: readonly string[], options: Options, context: Context): ExitCode => {
  if (scenarios.length !== 1 || scenarioOf(scenarios[0]!).name !== 'ghost-connection') {
    const cause = 'the remedies are those of one scenario'
    throw new UsageError({
      code: 'E_OPTION',
      place: '--remedies',
      cause,
      remedy: 'halfopen check ghost-connection --remedies',
    })
  }
  const [flag] = worldFlags(overridesOf(options))
  if (flag !== undefined || options.property) {
    const cause = "the remedies are tried in the scenario's own world, with questions of their own"
    throw new UsageError({ code: 'E_OPTION', place: flag ?? '--property', cause, remedy: 'leave it out' })
  }
  const { io } = context
  const rows = tryRemedies(searchOf(options, io), io)
  if (options.json) writeJson(io, 'remedies', { scenario: 'ghost-connection', remedies: remediesJson(rows) })
  else io.out(remediesText(rows, context))
  return isInterrupted(io) ? exit.interrupted : exitFor(remediesVerdict(rows))
}
