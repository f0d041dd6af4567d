/** `halfopen host`: what this Linux host's listeners and connections are in, why, and what would change it. No capture. */
import type { Command } from 'commander'
import { nearestKernel } from '../../model/index.ts'
import { examineHost, type HostReadings, holdersOf, ReadError } from '../../traces/index.ts'
import type { Context } from '../context.ts'
import { exit } from '../exit.ts'
import { readingsOfFiles } from '../host/files.ts'
import { liveProcessStates, liveRelease, liveSettings, readLiveHost } from '../host/live.ts'
import { hostText, modelLines } from '../host/text.ts'
import { isInterrupted, writeJson } from '../io.ts'
import { names, whole } from '../options/values.ts'
import { schemaOf } from '../schemas/names.ts'
import { tellReadError } from '../unreadable.ts'

interface Options {
  readonly seconds: number
  readonly watch?: true
  readonly port?: number
  readonly sockets?: readonly string[]
  readonly counters?: readonly string[]
  readonly sysctl?: string
  readonly explain?: true
  readonly json?: true
}

export const addHost = (program: Command, context: Context): void => {
  program
    .command('host')
    .description('what this Linux host is stuck in: listeners, queues, connections; nothing is captured or changed')
    .option('--seconds <n>', 'between the two readings; 0 reads once', whole('--seconds', { min: 0, max: 86_400 }), 10)
    .option('--watch', 'again and again, until Ctrl-C')
    .option('--port <n>', 'only listeners and connections of this port', whole('--port', { min: 1, max: 65_535 }))
    .option('--sockets <files>', 'not of this host: ss -tanp or netstat -antp of another; before,after', names)
    .option('--counters <files>', 'its nstat -az, netstat -s or /proc/net/netstat; before,after', names)
    .option('--sysctl <file>', 'its sysctl -a')
    .option('--explain', 'everything that the model shows of each setting')
    .option('--json', 'one document (with --watch one a line)')
    .action(async (options: Options) => {
      context.exit = exit.holds
      try {
        await told(options, context)
      } catch (error) {
        if (!(error instanceof ReadError)) throw error
        context.exit = tellReadError(error, context.io)
      }
    })
}

const isOfFiles = ({ sockets, counters, sysctl }: Options): boolean =>
  sockets !== undefined || counters !== undefined || sysctl !== undefined

const told = async (options: Options, context: Context): Promise<void> => {
  if (isOfFiles(options)) return tell(readingsOfFiles(options), options, context)
  let before = options.seconds === 0 ? undefined : readLiveHost()
  do {
    if (options.seconds > 0 && !(await waited(options.seconds, context))) {
      context.exit = exit.interrupted
      return
    }
    const now = readLiveHost()
    tell({ now, ...(before && { before }), ...surroundings(now) }, options, context)
    before = now
  } while (options.watch && !isInterrupted(context.io))
}

const surroundings = (now: HostReadings['now']): Omit<HostReadings, 'now' | 'before'> => {
  const release = liveRelease()
  const listening = now.sockets.rows.filter(({ state }) => state === 'LISTEN')
  return {
    settings: liveSettings(),
    ...(release !== undefined && { release }),
    processStates: liveProcessStates(listening.flatMap((row) => holdersOf(row).map(({ pid }) => pid))),
  }
}

const tell = (readings: HostReadings, { port, json, explain, watch }: Options, context: Context): void => {
  const { io } = context
  const report = examineHost(readings, port === undefined ? {} : { port })
  const { release } = readings
  const kernel = release === undefined ? undefined : nearestKernel(release)
  const stuck = report.listeners.some(({ full }) => full)
  if (stuck) context.exit = exit.violated
  if (!json) {
    const shown = {
      explain: explain === true,
      ...(kernel && { kernel }),
      ...(release !== undefined && { release }),
    }
    io.out(hostText(report, shown, context))
    return
  }
  const withModel = {
    ...report,
    ...(release !== undefined && { release }),
    ...(kernel && { kernel: kernel.profile }),
    model: Object.fromEntries(
      [...report.listeners.flatMap((l) => l.findings), ...report.findings].flatMap(({ changes }) =>
        changes.flatMap((change) =>
          change.knob === undefined ? [] : [[change.knob, modelLines(change, true)] as const],
        ),
      ),
    ),
  }
  if (watch) io.out(`${JSON.stringify({ schema: schemaOf('host'), ...withModel })}\n`)
  else writeJson(io, 'host', withModel)
}

/** In steps, so that Ctrl-C is heard. @returns false if it was */
const waited = async (seconds: number, { io }: Context): Promise<boolean> => {
  const until = Date.now() + seconds * 1000
  while (Date.now() < until) {
    if (isInterrupted(io)) return false
    await new Promise((done) => setTimeout(done, Math.min(100, Math.max(0, until - Date.now()))))
  }
  return true
}
