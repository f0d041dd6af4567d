/** `halfopen replay FILE…`: did a real stack behave as the model allows, and what must it have been doing inside? */
import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { Sysctls } from '../../model/index.ts'
import type { ReplayCaptureOptions, Tap } from '../../traces/index.ts'
import { openInjected, ReadError, type Remedy, readRemedy, remedies } from '../../traces/index.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit, worst } from '../exit.ts'
import { isInterrupted, writeJson, writePieces } from '../io.ts'
import { replayShard } from '../matrix/captures.ts'
import { type Shard, shardOf } from '../matrix/shard.ts'
import { type Kernels, kernelsOf } from '../options/ends.ts'
import { duration, memory, names, whole } from '../options/values.ts'
import { assignment } from '../options/world.ts'
import { exitOfReplay, type ReplayedFile, replayFile, type Unreadable } from '../replay/file.ts'
import { follow } from '../replay/follow.ts'
import { replayJson } from '../replay/json.ts'
import { junit } from '../replay/junit.ts'
import { type PictureFormat, pictureFormats, pictureOf } from '../replay/picture.ts'
import { progressTo } from '../replay/progress.ts'
import { type ReplayTextOptions, replayText } from '../replay/text.ts'
import { tellReadError } from '../unreadable.ts'
import { endProgress } from '../words/progress.ts'

interface Options {
  readonly kernel?: Kernels
  readonly set?: Partial<Sysctls>
  readonly tap?: Exclude<Tap, 'unknown'>
  readonly stream?: number
  readonly duplication?: number
  readonly time?: number
  readonly memory?: number
  readonly sockets?: string
  readonly sysctl?: string
  readonly with?: string
  readonly counters?: readonly string[]
  readonly backlog?: number
  readonly injected?: string
  readonly explain?: true
  readonly only?: readonly string[]
  readonly port?: number
  readonly quiet?: true
  readonly json?: true
  readonly follow?: true
  readonly junit?: string
  readonly whatIf?: Remedy
  readonly to?: PictureFormat
  readonly output?: string
  readonly shard?: Shard
  readonly out?: string
}

/** @throws UsageError */
const remedyOf = (text: string): Remedy => {
  const remedy = readRemedy(text)
  if (remedy !== undefined) return remedy
  const cause = `"${text}" is no remedy that the model can try`
  throw new UsageError({ code: 'E_VALUE', place: '--what-if', cause, remedy: `give one of ${remedies.join(', ')}` })
}

const ANY = Number.POSITIVE_INFINITY

export const addReplay = (program: Command, context: Context): void => {
  program
    .command('replay')
    .description('replay captures against the model: verdict per connection, hidden states, diagnosis')
    .argument('<file...>', 'pcap, pcapng, the text of tcpdump, or a script of packetdrill; - is standard input')
    .option(
      '--kernel <name>',
      'of both ends, or client=NAME,server=NAME; auto (the default) tries them all and says which fit',
      kernelsOf,
    )
    .option('--set <name=value>', 'a sysctl of both ends', assignment)
    .addOption(new Option('--tap <where>', 'where it was taken').choices(['client', 'server', 'middle']))
    .option('--stream <n>', 'only this connection, from 0', whole('--stream', { min: 0, max: ANY }))
    .option(
      '--duplication <n>',
      'packets that the wire may have delivered twice (none unless told)',
      whole('--duplication', { min: 0, max: 10 }),
    )
    .option('--time <duration>', 'for one connection, as in 90, 90s, 5m (2m unless told)', duration('--time', 0.001))
    .option(
      '--memory <size>',
      'for the hypotheses of one connection, as in 512M (1200M unless told)',
      memory('--memory'),
    )
    .option('--sockets <file[@time]>', 'netstat -ant, ss -tan or /proc/net/tcp of an end, at a time of the capture')
    .option('--counters <files>', "the server's nstat -az, netstat -s or /proc/net/netstat; before,after", names)
    .option('--sysctl <file>', "the server's sysctl -a: it is replayed with these settings")
    .option('--with <capture>', "the other end's capture of the same connections")
    .option(
      '--backlog <n>',
      'of the listener, where the capture shows all its connections',
      whole('--backlog', { min: 0, max: 2 ** 31 - 1 }),
    )
    .option(
      '--injected <file>',
      'packets that another host put on the wire, as JSON lines: neither end has to account for them',
    )
    .option('--only <what>', 'only connections with these verdicts or diagnoses: diverges,ghost', names)
    .option('--port <n>', 'only connections of this port', whole('--port', { min: 1, max: 65_535 }))
    .option('--quiet', 'the conclusion, and the table where there are many connections')
    .option('--explain', 'every packet, every alternative, the story in sentences')
    .option('--what-if <remedy>', `what it would have done here, by the model: ${remedies.join(', ')}`, remedyOf)
    .option('--junit <file>', 'a test case per connection, as JUnit XML')
    .addOption(
      new Option('--to <format>', 'one connection with what both ends were, as a picture').choices(pictureFormats),
    )
    .option('--output <file>', 'where the picture goes; printed unless told')
    .option(
      '--follow',
      'of a pcap or pcapng on standard input that is still written: each connection as it ends or jams',
    )
    .option('--shard <k/n>', 'of many captures (files, directories, patterns), the k-th of n shares', shardOf)
    .option('--out <dir>', 'where the results of many captures go, a file for each (halfopen merge DIR)')
    .option('--json', 'one document (with --follow one a line)')
    .action(async (files: string[], options: Options) => {
      if (options.out !== undefined || options.shard !== undefined) {
        context.exit = replayMany(files, options, context)
        return
      }
      context.exit = options.follow ? await followed(files, options, context) : replayAll(files, options, context)
    })
}

/** @throws UsageError */
const draw = (
  replayed: ReplayedFile | Unreadable,
  format: PictureFormat,
  output: string | undefined,
  io: Context['io'],
): void => {
  if ('error' in replayed) return
  const { connections } = replayed.report
  if (connections.length !== 1) {
    const cause = `the capture has ${connections.length} connections, and a picture shows one`
    throw new UsageError({ code: 'E_VALUE', place: '--to', cause, remedy: 'choose it with --stream n' })
  }
  const picture = pictureOf(format, connections[0]!, replayed.replayed[0]!)
  if (output === undefined) io.out(picture)
  else writeTo(output, picture)
}

const replayAll = (files: readonly string[], options: Options, context: Context): ExitCode => {
  const { io } = context
  if (options.to !== undefined && files.length > 1) {
    const cause = `${files.length} captures were given, and a picture shows one connection`
    throw new UsageError({ code: 'E_VALUE', place: '--to', cause, remedy: 'give one capture' })
  }
  if ((options.counters?.length ?? 0) > 2) {
    const cause = `${options.counters?.length} files are too many`
    throw new UsageError({ code: 'E_VALUE', place: '--counters', cause, remedy: 'give one, or before,after' })
  }
  const injected = forgedIn(options, context)
  if (typeof injected === 'number') return injected
  const codes: ExitCode[] = []
  const documents: object[] = []
  const done: (ReplayedFile | Unreadable)[] = []
  for (const file of files) {
    if (isInterrupted(io)) break
    const replayed = attempt(file, { ...optionsOf(options, io), ...injected }, options, context)
    if (options.junit !== undefined) done.push(replayed)
    codes.push('error' in replayed ? exit.unreadable : exitOfReplay(replayed))
    if (options.to !== undefined) draw(replayed, options.to, options.output, io)
    else if (options.json) documents.push('error' in replayed ? replayed : replayJson(replayed))
    else if (!('error' in replayed)) writePieces(io, replayText(replayed, textOptions(options), context))
  }
  if (options.to !== undefined) return codes.length < files.length ? exit.interrupted : worst(codes)
  if (options.json) writeJson(io, 'replay', files.length === 1 ? documents[0]! : { files: documents })
  if (options.junit !== undefined) writeTo(options.junit, junit(done))
  if (!options.json && !options.explain && !options.quiet && codes.some((code) => code !== exit.unreadable))
    hint(context, '--explain tells what else is possible, and what that would have to invent')
  if (!options.json && options.duplication === undefined && codes.includes(exit.violated))
    hint(context, '--duplication 1, where the wire may have delivered a packet twice')
  return codes.length < files.length ? exit.interrupted : worst(codes)
}

/** @throws UsageError for what cannot be merged */
const replayMany = (files: readonly string[], options: Options, context: Context): ExitCode => {
  const refuse = (place: string, cause: string, remedy: string): never => {
    throw new UsageError({ code: 'E_OPTION', place, cause, remedy })
  }
  const { out, shard, json, port, memory } = options
  if (out === undefined) return refuse('--shard', 'has nowhere to put its results', 'say where with --out DIR')
  if (options.time !== undefined)
    refuse('--time', 'an answer that depends on the speed of a machine cannot be merged', 'bound it with --memory')
  const ofOne = [
    'stream',
    'sockets',
    'counters',
    'sysctl',
    'with',
    'injected',
    'only',
    'junit',
    'to',
    'output',
    'follow',
    'explain',
    'quiet',
  ] as const
  const flag = ofOne.find((name) => options[name] !== undefined)
  if (flag !== undefined) refuse(`--${flag}`, 'captures in shards are replayed whole, each by itself', 'leave it out')
  const { bounds: _, ...settings } = optionsOf(options, context.io)
  const how = { ...settings, ...(memory !== undefined && { memory }), ...(port !== undefined && { port }) }
  return replayShard(files, how, { out, ...(shard && { shard }), ...(json && { json }) }, context)
}

/** What belongs to a whole capture is not there yet. */
const followed = (files: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const refuse = (place: string, cause: string, remedy: string): never => {
    throw new UsageError({ code: 'E_OPTION', place, cause, remedy })
  }
  if (files.length !== 1 || files[0] !== '-')
    refuse('--follow', 'only standard input is followed', 'tcpdump -U -w - | halfopen replay - --follow')
  const whole = [
    'stream',
    'sockets',
    'counters',
    'sysctl',
    'with',
    'injected',
    'only',
    'junit',
    'to',
    'output',
  ] as const
  const flag = whole.find((name) => options[name] !== undefined)
  if (flag !== undefined) refuse(`--${flag}`, 'it is of a whole capture', 'leave it out, or record first')
  const { json, quiet, explain, port } = options
  const how = { ...(json && { json }), ...(quiet && { quiet }), ...(explain && { explain }), ...(port && { port }) }
  return follow(optionsOf(options, context.io), how, context)
}

const textOptions = ({ explain, quiet, only }: Options): ReplayTextOptions => ({
  ...(explain && { explain }),
  ...(quiet && { quiet }),
  ...(only && { only }),
})

/** @throws UsageError */
const writeTo = (file: string, text: string): void => {
  try {
    writeFileSync(file, text)
  } catch (error) {
    const cause = `cannot be written: ${(error as NodeJS.ErrnoException).code}`
    throw new UsageError({ code: 'E_OUTPUT', place: file, cause, remedy: 'give a file in a folder that exists' })
  }
}

/** One file that cannot be read does not keep the others from being replayed. */
const attempt = (
  file: string,
  asked: ReplayCaptureOptions,
  options: Options,
  { io }: Context,
): ReplayedFile | Unreadable => {
  try {
    return replayFile(
      file,
      { ...asked, ...progressTo(io), shouldStop: () => isInterrupted(io) },
      {
        ...(options.sockets !== undefined && { sockets: options.sockets }),
        ...(options.counters && { counters: options.counters }),
        ...(options.sysctl !== undefined && { sysctl: options.sysctl }),
        ...(options.with !== undefined && { with: options.with }),
      },
      options.port,
    )
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    tellReadError(error, io)
    return { file, error: { code: error.code, message: error.message } }
  } finally {
    endProgress(io)
  }
}

/** What was injected holds for every file: it is read once, and first. */
const forgedIn = ({ injected }: Options, { io }: Context): Pick<ReplayCaptureOptions, 'forged'> | ExitCode => {
  if (injected === undefined) return {}
  try {
    return { forged: openInjected(injected) }
  } catch (error) {
    if (error instanceof ReadError) return tellReadError(error, io)
    throw error
  }
}

const optionsOf = (
  { kernel, set, tap, stream, duplication, time, memory, whatIf, backlog }: Options,
  io: Context['io'],
): ReplayCaptureOptions => ({
  ...(kernel && { kernels: kernel }),
  ...(set && { sysctls: set }),
  ...(tap && { tap }),
  ...(whatIf && { remedy: whatIf }),
  ...(backlog !== undefined && { backlog }),
  ...(stream !== undefined && { stream }),
  ...(duplication !== undefined && { limits: { copies: duplication } }),
  bounds: {
    ...(time !== undefined && { seconds: time }),
    ...(memory !== undefined && { memory }),
    shouldStop: () => isInterrupted(io),
  },
})
