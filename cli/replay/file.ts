/** Replays one file, with whatever evidence was given beside it. */

import type { Capture, Diagnosis } from '../../traces/index.ts'
import {
  diagnoseCapture,
  openCapture,
  portNumber,
  type ReplayCaptureOptions,
  type ReplayReport,
  replay,
  withForwardedSyns,
} from '../../traces/index.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit } from '../exit.ts'
import { type Evidence, type EvidenceFiles, evidenceOf } from './evidence.ts'
import { collectSoon } from './memory.ts'

export interface ReplayedFile {
  readonly capture: Capture
  /** The connections of the report, in its order. */
  readonly replayed: Capture['connections']
  readonly report: ReplayReport
  readonly evidence: Evidence
  /** What only many connections together show. */
  readonly diagnoses: readonly Diagnosis[]
}

/** A file that could not be read, in a document about several. */
export interface Unreadable {
  readonly file: string
  readonly error: { readonly code: string; readonly message: string }
}

/** @throws ReadError for every file that cannot be read, UsageError for a connection that it does not have */
export const replayFile = (
  file: string,
  options: ReplayCaptureOptions,
  files: EvidenceFiles = {},
  port?: number,
): ReplayedFile => {
  const capture = withForwardedSyns(ofPort(openCapture(file), port))
  collectSoon(capture)
  const { stream } = options
  if (stream !== undefined && !capture.connections.some(({ id }) => id === stream)) {
    const cause = `${file} has no connection ${stream}`
    const last = capture.connections.length - 1
    const remedy = last < 0 ? 'it has none at all' : last === 0 ? 'it has only 0' : `give 0 to ${last}`
    throw new UsageError({ code: 'E_STREAM', place: `--stream ${stream}`, cause, remedy })
  }
  const diagnoses = stream === undefined ? diagnoseCapture(capture) : []
  const { host, told, notes } = evidenceOf(files, capture)
  const report = replay(capture, { ...options, evidence: host })
  const replayed = capture.connections.filter(({ id }) => stream === undefined || id === stream)
  return { capture, replayed, diagnoses, evidence: told, report: { ...report, notes: [...report.notes, ...notes] } }
}

/** Only the connections that have the port at either end. */
const ofPort = (capture: Capture, port: number | undefined): Capture =>
  port === undefined
    ? capture
    : {
        ...capture,
        connections: capture.connections.filter(
          ({ client, server }) => portNumber(server.port) === port || portNumber(client.port) === port,
        ),
      }

export const exitOfReplay = ({ report: { verdict, interrupted } }: ReplayedFile): ExitCode => {
  if (interrupted) return exit.interrupted
  if (verdict === 'diverges') return exit.violated
  return verdict === 'conforms' ? exit.holds : exit.inconclusive
}
