/** `halfopen replay - --follow`: each connection is judged as it ends, jams, or has been silent for long. */
import type { Capture, ReplayCaptureOptions } from '../../traces/index.ts'
import { endpointText, Follower, livePackets, ReadError, replay, type Told } from '../../traces/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit, worst } from '../exit.ts'
import { isInterrupted } from '../io.ts'
import { schemaOf } from '../schemas/names.ts'
import { tellReadError } from '../unreadable.ts'
import { paragraph } from '../words/paragraph.ts'
import { conclusionOf } from './conclusion.ts'
import { connectionText, verdictWord } from './connection.ts'
import { exitOfReplay, type ReplayedFile } from './file.ts'
import { replayJson } from './json.ts'

const INPUT = 'standard input'
/** Milliseconds between two looks at what has become due, and at whether the user wants to stop. */
const LOOK = 200

export interface FollowOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly explain?: boolean
  readonly port?: number
}

export const follow = async (
  asked: ReplayCaptureOptions,
  options: FollowOptions,
  context: Context,
): Promise<ExitCode> => {
  const { io } = context
  if (io.stdin === undefined) {
    const remedy = 'tcpdump -U -w - | halfopen replay - --follow'
    throw new UsageError({ code: 'E_OPTION', place: '--follow', cause: 'there is no standard input', remedy })
  }
  let code: ExitCode = exit.holds
  const follower = new Follower((told) => {
    if (!isWanted(told, options)) return
    code = worst([code, tell(told, asked, options, context)])
  })
  let heard = { at: performance.now(), time: Number.NEGATIVE_INFINITY }
  const decoder = livePackets(INPUT, (packet) => {
    follower.take(packet)
    heard = { at: performance.now(), time: packet.time ?? heard.time }
  })
  const input = io.stdin[Symbol.asyncIterator]()
  let next = input.next()
  try {
    while (!isInterrupted(io)) {
      const piece = await Promise.race([next, pause()])
      if (piece === 'looked') follower.tick(heard.time + (performance.now() - heard.at) / 1000)
      else if (piece.done) break
      else {
        decoder.push(piece.value)
        next = input.next()
      }
    }
    follower.end()
    if (isInterrupted(io)) return exit.interrupted
    decoder.end()
    return code
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    follower.end()
    return worst([tellReadError(error, io), code])
  }
}

const pause = (): Promise<'looked'> => new Promise((done) => setTimeout(() => done('looked'), LOOK))

const isWanted = ({ connection: { client, server } }: Told, { port }: FollowOptions): boolean =>
  port === undefined || client.port === port || server.port === port

/** Prints one connection: a line, and more where it is no plain one. */
const tell = (told: Told, asked: ReplayCaptureOptions, options: FollowOptions, context: Context): ExitCode => {
  const { io, paint } = context
  const { because, at, connection } = told
  const capture: Capture = {
    file: INPUT,
    format: 'pcap',
    packets: connection.packets,
    connections: [connection],
    notes: [],
  }
  const report = replay(capture, asked)
  const replayed: ReplayedFile = { capture, replayed: [connection], report, evidence: {}, diagnoses: [] }
  const [result] = report.connections
  if (options.json) {
    const { conclusion } = replayJson(replayed)
    const line = { schema: schemaOf('follow'), because, at, conclusion, ...result!.toJSON() }
    io.out(`${JSON.stringify(line)}\n`)
    return exitOfReplay(replayed)
  }
  const ends = `${endpointText(connection.client)} > ${endpointText(connection.server)}`
  const time = Number.isFinite(at) ? `${new Date(at * 1000).toISOString().slice(11, 23)} ` : ''
  io.out(paragraph(context, time, `${ends}: ${because}, ${verdictWord(result!.verdict, paint)}`))
  if (result!.diagnoses.length > 0 || result!.verdict === 'diverges') {
    io.out(paragraph(context, '  ', conclusionOf(replayed)))
    if (!options.quiet)
      io.out(`${connectionText(result!, connection, options.explain ? 'explained' : 'drawn', context)}\n`)
  }
  return exitOfReplay(replayed)
}
