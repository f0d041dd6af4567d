/** The most economical explanation of a socket listing, from the listeners' point of view. */
import { type Capture, endpointText } from '../capture.ts'
import { portNumber } from '../readers/services.ts'
import { type AcceptQueue, acceptQueueOf } from './accept-queue.ts'
import { sameSocket } from './addresses.ts'
import type { CounterValues } from './counters.ts'
import type { ListenerExplanation, ListingExplanation } from './explanation.ts'
import { addressesApart } from './nat.ts'
import type { SocketRow } from './sockets.ts'
import { synQueueNote } from './syn-queue.ts'

export interface ExplainOptions {
  /** Only listeners on this port. */
  readonly port?: number
  /** Whether the listing was made with -p (`SocketListing.processesShown`). */
  readonly processesShown?: boolean
  /** Counters of the same host. */
  readonly counters?: CounterValues
  /** A capture of the same trouble, to compare addresses with. */
  readonly capture?: Capture
}

export const explainListing = (rows: readonly SocketRow[], options: ExplainOptions = {}): ListingExplanation => {
  const latest = [
    ...new Map(rows.map((row) => [`${endpointText(row.local)} ${endpointText(row.remote)}`, row])).values(),
  ]
  const ofPort = latest.filter((row) => options.port === undefined || portNumber(row.local.port) === options.port)
  const listeners = ofPort.filter((row) => row.state === 'LISTEN')
  return {
    listeners: listeners.map((listener) => explainListener(listener, latest, options)),
    notes: [
      ...(latest.length < rows.length ? ['some sockets are listed twice: the last row of each counts'] : []),
      ...(listeners.length === 0 && !isOfClient(latest, options.capture)
        ? ['no listener is listed: add -a to netstat or ss']
        : []),
      ...(options.capture ? addressesApart(latest, options.capture) : []),
    ],
  }
}

/** A listing of a client's host has no listener to tell of. */
const isOfClient = (rows: readonly SocketRow[], capture: Capture | undefined): boolean =>
  capture?.connections.some(({ client }) => rows.some(({ local }) => sameSocket(local, client))) === true

const explainListener = (
  listener: SocketRow,
  rows: readonly SocketRow[],
  { counters, processesShown = false }: ExplainOptions,
): ListenerExplanation => {
  const queue = acceptQueueOf(listener, rows)
  const size = listener.recvQ
  // Of a listing of listeners alone (-l) nothing is told of the connections in the queue.
  const listed = rows.some(({ state }) => state !== 'LISTEN')
  const backlog = backlogOf(listener, queue)
  const full = backlog.certainty === 'at least' ? undefined : size > backlog.value
  const isFull = full === true
  return {
    listener,
    acceptQueue: size,
    backlog,
    ...(full === undefined ? {} : { full }),
    ...queue,
    because: [
      `${endpointText(listener.local)} has ${count(size, 'connection')} in its accept queue (Recv-Q of LISTEN), not accepted yet`,
      ...backlogSentence(backlog, size, full),
      ...(listed ? queuedSentences(queue) : []),
      ...requestSentence(queue, isFull),
      ...counterSentences(counters),
    ],
    unless: [
      ...(queue.unaccepted.length > 0 && !processesShown
        ? [
            `a connection that its client reset keeps its slot and has no line: if a process owns some of the ${queue.unaccepted.length} sockets counted here, as many dead ones fill the queue instead (netstat -p or ss -p tells)`,
          ]
        : []),
      ...(queue.others > 0 && size > 0
        ? [`${count(queue.others, 'more socket')} could be in the queue as well: which ones were accepted, -p tells`]
        : []),
      ...(backlog.certainty === 'if full'
        ? [
            `if the backlog is larger than ${backlog.value} the queue is not full, and the ${count(queue.requests.length, 'request')} wait for something else (Send-Q of ss -lnt shows the backlog)`,
          ]
        : []),
    ],
    notes: isFull ? synQueueNote(queue.requests.length, backlog.value) : [],
  }
}

/** The queue is full when it holds more than the backlog, so at most backlog + 1. linux: sk_acceptq_is_full */
const backlogOf = (listener: SocketRow, queue: AcceptQueue): ListenerExplanation['backlog'] => {
  if (listener.backlog !== undefined) return { value: listener.backlog, certainty: 'shown' }
  const value = Math.max(listener.recvQ - 1, 0)
  return { value, certainty: listener.recvQ > 0 && queue.requests.length > 0 ? 'if full' : 'at least' }
}

const backlogSentence = (
  { value, certainty }: ListenerExplanation['backlog'],
  size: number,
  full: boolean | undefined,
): string[] => {
  if (certainty === 'at least') return size > 0 ? [`its backlog is at least ${value}: a queue holds backlog + 1`] : []
  if (certainty === 'if full') return [`the queue is full if the backlog is ${value}, for it holds backlog + 1`]
  return [full ? `its backlog is ${value}, so the queue is full` : `its backlog is ${value}: ${value + 1 - size} free`]
}

const queuedSentences = ({ unaccepted, dead }: AcceptQueue): string[] => {
  const closed = unaccepted.filter((row) => row.state === 'CLOSE_WAIT')
  const open = unaccepted.filter((row) => row.state !== 'CLOSE_WAIT')
  return [
    ...(closed.length > 0
      ? [`${closed.length} of them are CLOSE_WAIT: their clients sent ${unreadText(closed)} and closed`]
      : []),
    ...(open.length > 0 ? [`${open.length} of them are ESTABLISHED and wait for accept()`] : []),
    ...(dead > 0 ? [`${dead} of them have no line: they were reset before accept() and keep their slots`] : []),
  ]
}

/** In CLOSE_WAIT the FIN counts as one unread byte. */
const unreadText = (rows: readonly SocketRow[]): string =>
  [...new Set(rows.map((row) => row.recvQ))]
    .map((unread) => `${unread - 1} bytes + FIN (Recv-Q ${unread})`)
    .join(' or ')

const requestSentence = ({ requests }: AcceptQueue, full: boolean): string[] => {
  if (requests.length === 0) return []
  const what = `${count(requests.length, 'request')} in SYN_RECV`
  return full
    ? [`${what}: whatever their clients send is tried as the third ACK and dropped while the queue is full`]
    : [`${what}: their third ACK is on its way, was lost, or met a full queue earlier`]
}

const counterSentences = (counters: CounterValues | undefined): string[] => {
  const { ListenOverflows: overflows, ListenDrops: drops } = counters ?? {}
  if (overflows === undefined) return []
  return [
    `ListenOverflows ${overflows}: so often since boot a SYN or a third ACK met a full accept queue on this host`,
    ...(drops === undefined ? [] : [`ListenDrops ${drops}: ${drops - overflows} more were dropped for other reasons`]),
  ]
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
