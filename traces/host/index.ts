/**
 * What a host's listeners and connections are in, from what the host says of itself: no capture is needed.
 *
 * Two readings, some seconds apart, tell what moves and what stands still; one tells what the rows show. Nothing is read here:
 * `cli/host/` reads a live host or files.
 *
 * @example
 * const report = examineHost({ now: { sockets: openSockets('ss.txt') } })
 * report.listeners[0].findings[0].words // 'the accept queue of 0.0.0.0:502 is full: 129 connections wait in it, …'
 *
 * Read next: `listeners.ts`, `connections.ts`.
 */
import { connectionFindings } from './connections.ts'
import type { Finding } from './finding.ts'
import { type ListenerReport, listenersOf } from './listeners.ts'
import { type HostReadings, secondsBetween } from './reading.ts'

export { findingMeanings } from './catalogue.ts'
export type { Finding, FindingId, SettingChange } from './finding.ts'
export type { ListenerReport } from './listeners.ts'
export { type Holder, holdersOf } from './processes.ts'
export { type HostReading, type HostReadings, settingsIn } from './reading.ts'

export interface HostReport {
  /** Between the readings. */
  readonly seconds?: number
  /** One paragraph: what is wrong, the worst first. */
  readonly conclusion: string
  readonly listeners: readonly ListenerReport[]
  /** What is wrong with connections, whatever listener they belong to. */
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
}

export interface ExamineOptions {
  /** Only listeners and connections of this port. */
  readonly port?: number
}

export const examineHost = (readings: HostReadings, { port }: ExamineOptions = {}): HostReport => {
  const of = port === undefined ? readings : onlyPort(readings, port)
  const listeners = listenersOf(of)
  const findings = connectionFindings(of)
  const seconds = secondsBetween(of)
  const all = [...listeners.flatMap((l) => l.findings), ...findings]
  return {
    ...(seconds !== undefined && { seconds }),
    conclusion: concluded(all, listeners),
    listeners,
    findings,
    notes: notesOf(of, listeners),
  }
}

const onlyPort = (readings: HostReadings, port: number): HostReadings => {
  const only = <T extends { sockets: HostReadings['now']['sockets'] }>(reading: T): T => ({
    ...reading,
    sockets: {
      ...reading.sockets,
      rows: reading.sockets.rows.filter(({ local, remote }) => local.port === port || remote.port === port),
    },
  })
  return { ...readings, now: only(readings.now), ...(readings.before && { before: only(readings.before) }) }
}

/** The order in which things are told: what keeps clients out comes first. */
const ORDER = [
  'accept-queue-full',
  'SYN-queue-full',
  'PAWS-rejects',
  'accept-queue-waits',
  'CLOSE_WAIT-stays',
  'requests-wait',
]

const concluded = (all: readonly Finding[], listeners: readonly ListenerReport[]): string => {
  if (all.length === 0) {
    const waiting = listeners.reduce((sum, { queue }) => sum + queue, 0)
    return `nothing is stuck: ${listeners.length} ${listeners.length === 1 ? 'listener' : 'listeners'}, ${waiting === 0 ? 'all accept queues empty' : `${waiting} waiting for accept()`}`
  }
  const rank = ({ id }: Finding): number => (ORDER.indexOf(id) + ORDER.length + 1) % (ORDER.length + 1)
  const [first, ...more] = [...all].sort((a, b) => rank(a) - rank(b))
  const why = first!.id === 'accept-queue-full' ? `; ${first!.shownBy.at(-1)}` : ''
  return `${first!.words}${why}.${more.length > 0 ? ` And ${more.length} more ${more.length === 1 ? 'finding' : 'findings'}, below.` : ''}`
}

const notesOf = ({ now, before }: HostReadings, listeners: readonly ListenerReport[]): string[] => [
  ...now.sockets.notes,
  ...(listeners.length > 0 && listeners.every(({ backlog }) => backlog === undefined)
    ? ['only ss prints the backlog of a listener: without it, a queue is known to be full only by what it leaves']
    : []),
  ...(before === undefined ? ['one reading only: what moves and what stands still takes two'] : []),
  ...(now.sockets.processesShown ? [] : ['no process is named: root sees them (ss -p)']),
]
