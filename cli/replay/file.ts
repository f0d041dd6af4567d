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
import { count } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import { conclusionOf } from './conclusion.ts'
import { connectionText, contradictionText, type Replayed, verdictWord } from './connection.ts'
import { diagnosisText } from './diagnosis.ts'
import { type Evidence, type EvidenceFiles, evidenceOf } from './evidence.ts'
import { evidenceText } from './evidence-text.ts'
import { hostsText } from './hosts.ts'
import { listenerText } from './listener.ts'
import { collectSoon } from './memory.ts'
import { MANY, summaryTable } from './summary.ts'

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

export const replayJson = ({ capture, replayed, report, evidence, diagnoses }: ReplayedFile) => ({
  ...report,
  conclusion: conclusionOf({ report, replayed, diagnoses }),
  reason: reasonOf(report),
  diagnoses,
  ...evidence,
  ...(capture.script && { script: capture.script }),
})

/** Why the whole is inconclusive: the first connection that is, or that there is nothing. */
const reasonOf = ({ verdict, connections, listeners, interrupted }: ReplayReport): string | undefined =>
  verdict !== 'inconclusive'
    ? undefined
    : ((interrupted && 'it was interrupted') ??
      connections.find((c) => c.reason !== undefined)?.reason ??
      listeners.flatMap(({ conflicts }) => conflicts)[0]?.words ??
      'the capture has no TCP packet')

export interface ReplayTextOptions {
  readonly explain?: boolean
  /** The conclusion and the table alone. */
  readonly quiet?: boolean
  /** Only connections with one of these verdicts or diagnoses. */
  readonly only?: readonly string[]
}

export function* replayText(
  replayedFile: ReplayedFile,
  { explain = false, quiet = false, only }: ReplayTextOptions,
  page: Page,
): Generator<string> {
  const { replayed, report, evidence, diagnoses } = replayedFile
  const { connections, packets, file, notes } = report
  const { paint } = page
  const counts = `${count(packets, 'packet')}, ${count(connections.length, 'connection')}`
  const several = connections.length > 1
  const isNews = news()
  const isWanted = wanted(only)
  yield [
    paragraph(page, '', `${paint('bold', file)}: ${counts}, ${verdictWord(report.verdict, paint)}`, 2),
    paragraph(page, '  ', conclusionOf(replayedFile)),
    ...(connections.length > MANY ? [summaryTable(replayedFile, page)] : []),
  ].join('')
  if (quiet) return
  yield [
    ...notes.map((note) => paragraph(page, '  note: ', note)),
    ...report.contradictions.map((words) => contradictionText(words, '  ', page)),
    ...diagnoses.map((d) => diagnosisText(d, page)),
    ...report.listeners.map((l) => listenerText(l, explain, page)),
    hostsText(report.hosts, explain, page),
  ].join('')
  for (const [i, r] of connections.entries()) {
    const isNew = isNews(r)
    if (!isWanted(r) || (connections.length > MANY && !isNew && !explain && only === undefined)) continue
    const shown = isNew || !several ? 'drawn' : 'line'
    yield `\n${connectionText(r, replayed[i]!, explain ? 'explained' : shown, page)}`
  }
  if (connections.length === 0) yield '\n'
  if (several) yield tally(connections, page)
  if (Object.keys(evidence).length > 0) yield `\n${evidenceText(evidence, page)}`
}

/** `ghost` stands for every diagnosis that begins so. */
const wanted =
  (only: readonly string[] | undefined) =>
  ({ verdict, diagnoses }: Replayed): boolean =>
    only === undefined ||
    only.some((word) => verdict === word || diagnoses.some(({ id }) => id.toLowerCase().startsWith(word.toLowerCase())))

/** Among many are drawn: those that diverge, and the first of each diagnosis. */
const news = (): ((r: Replayed) => boolean) => {
  const told = new Set<string>()
  return ({ verdict, diagnoses }) => {
    const isNew = diagnoses.some(({ id }) => !told.has(id))
    for (const { id } of diagnoses) told.add(id)
    return verdict === 'diverges' || isNew
  }
}

const tally = (connections: readonly Replayed[], page: Page): string => {
  const verdicts = [...new Set(connections.map(({ verdict }) => verdict))]
  const counts = verdicts.map(
    (v) => `${connections.filter((c) => c.verdict === v).length} ${verdictWord(v, page.paint)}`,
  )
  return `\n${paragraph(page, '', `${counts.join(' · ')} (--explain draws every connection, --stream n one)`, 2)}`
}
