/** What a listener is in: its accept queue, its requests, and which process does not accept. linux: sk_acceptq_is_full */
import { endpointText } from '../capture.ts'
import { acceptQueueOf } from '../evidence/accept-queue.ts'
import type { SocketRow } from '../evidence/sockets.ts'
import type { Finding, SettingChange } from './finding.ts'
import { holdersOf, holderText } from './processes.ts'
import { type HostReadings, moved, numberOf } from './reading.ts'

export interface ListenerReport {
  /** `address:port` */
  readonly listener: string
  readonly process?: string
  /** Connections that wait for accept(): Recv-Q of the LISTEN row. */
  readonly queue: number
  /** As the kernel has it; only ss prints it. */
  readonly backlog?: number
  readonly full?: boolean
  /** Seconds that it has been full, at least, where the readings tell. */
  readonly fullFor?: number
  /** Handshakes in SYN_RECV. */
  readonly requests: number
  readonly findings: readonly Finding[]
}

export const listenersOf = (readings: HostReadings): ListenerReport[] =>
  readings.now.sockets.rows.filter(({ state }) => state === 'LISTEN').map((row) => listenerReport(row, readings))

const listenerReport = (row: SocketRow, readings: HostReadings): ListenerReport => {
  const { rows } = readings.now.sockets
  const { requests, unaccepted } = acceptQueueOf(row, rows)
  const full = row.backlog === undefined ? undefined : row.recvQ > row.backlog
  const process = holderText(row)
  const fullFor = full ? fullSince(row, unaccepted, readings) : undefined
  const listener: Omit<ListenerReport, 'findings'> = {
    listener: endpointText(row.local),
    ...(process && { process }),
    queue: row.recvQ,
    ...(row.backlog !== undefined && { backlog: row.backlog }),
    ...(full !== undefined && { full }),
    ...(fullFor !== undefined && { fullFor }),
    requests: requests.length,
  }
  return { ...listener, findings: findingsOf({ row, requests, unaccepted, listener }, readings) }
}

/** Seconds: since the youngest in the queue came, and as long as both readings show it full. */
const fullSince = (row: SocketRow, unaccepted: readonly SocketRow[], readings: HostReadings): number | undefined => {
  const ages = unaccepted.flatMap(({ lastSent }) => (lastSent === undefined ? [] : [lastSent / 1000]))
  // A child in the queue has sent nothing since the SYN+ACK: its last segment is as old as its place, or younger.
  const youngest =
    unaccepted.length === row.recvQ && ages.length === row.recvQ && ages.length > 0 ? Math.min(...ages) : undefined
  const { before, now } = readings
  const earlier = before && sameRow(row, before.sockets.rows)
  const between =
    earlier &&
    before.at !== undefined &&
    now.at !== undefined &&
    earlier.backlog !== undefined &&
    earlier.recvQ > earlier.backlog
      ? now.at - before.at
      : undefined
  return youngest ?? between
}

const sameRow = (row: SocketRow, rows: readonly SocketRow[]): SocketRow | undefined =>
  rows.find(
    (x) =>
      x.state === row.state &&
      endpointText(x.local) === endpointText(row.local) &&
      endpointText(x.remote) === endpointText(row.remote),
  )

interface Seen {
  readonly row: SocketRow
  readonly requests: readonly SocketRow[]
  readonly unaccepted: readonly SocketRow[]
  readonly listener: Omit<ListenerReport, 'findings'>
}

const findingsOf = (seen: Seen, readings: HostReadings): Finding[] => {
  const { row, requests } = seen
  if (seen.listener.full) return [fullQueue(seen, readings)]
  const stuck = requests.filter(({ timer }) => (timer?.retransmissions ?? 0) > 0)
  return [
    ...(row.recvQ > 0 && row.backlog === undefined && requests.length > 0
      ? [maybeFull(seen, readings)]
      : waiting(seen, readings)),
    ...(stuck.length > 0 && !(row.recvQ > 0 && row.backlog === undefined) ? [requestsWait(stuck)] : []),
  ]
}

const lineOf = ({ line }: SocketRow, { now }: HostReadings): string => `${now.sockets.file}:${line}`

const fullQueue = (seen: Seen, readings: HostReadings): Finding => {
  const { row, requests, listener } = seen
  const overflows = moved(readings, 'ListenOverflows')
  const ghosts =
    requests.length > 0
      ? `; ${requests.length} ${requests.length === 1 ? 'request waits' : 'requests wait'} in SYN_RECV: their clients may believe in the connection (GHOST)`
      : ''
  return {
    id: 'accept-queue-full',
    certainty: 'certain',
    words: `the accept queue of ${listener.listener} is full: ${row.recvQ} connections wait in it, and it holds backlog + 1 = ${row.backlog! + 1}${since(listener.fullFor)}${ghosts}`,
    shownBy: [
      `${lineOf(row, readings)}: Recv-Q ${row.recvQ}, Send-Q ${row.backlog} of LISTEN`,
      ...(overflows === undefined
        ? []
        : [
            overflows === 0
              ? 'ListenOverflows did not move: nothing has met it full between the readings'
              : `ListenOverflows grew by ${overflows} between the readings`,
          ]),
      ...notAccepting(seen, readings),
    ],
    peerSees:
      'a new client’s SYN is dropped without a word, and connect() waits; a client whose third ACK is dropped is ESTABLISHED, sends, and gets no answer but the SYN+ACK again; with text already sent it waits until its own timeout',
    property: 'GHOST',
    rule: 'linux: sk_acceptq_is_full, tcp_conn_request, tcp_check_req',
    changes: queueChanges(row, readings),
  }
}

const since = (seconds: number | undefined): string =>
  seconds === undefined ? '' : `, for ${seconds.toFixed(1)} s at least`

/** netstat and /proc/net/tcp print no backlog: requests beside a queue are what a full one leaves. */
const maybeFull = (seen: Seen, readings: HostReadings): Finding => {
  const overflows = moved(readings, 'ListenOverflows')
  const { row, requests, listener } = seen
  return {
    ...fullQueue({ ...seen, row: { ...row, backlog: Math.max(row.recvQ - 1, 0) } }, readings),
    certainty: overflows !== undefined && overflows > 0 ? 'certain' : 'likely',
    words: `the accept queue of ${listener.listener} is full, if its backlog is ${Math.max(row.recvQ - 1, 0)} (Send-Q of ss -lnt shows it): ${row.recvQ} connections wait in it, and ${requests.length} in SYN_RECV cannot get in`,
  }
}

const notAccepting = ({ row, unaccepted }: Seen, { before, processStates = {} }: HostReadings): string[] => {
  const holders = holdersOf(row)
  const name = holderText(row) ?? 'the process that listens (ss -p as root names it)'
  const stopped = holders.filter(({ pid }) => processStates[pid] === 'T' || processStates[pid] === 't')
  if (stopped.length > 0) return [`${name} is stopped (state T): it calls nothing`]
  const still = before && unaccepted.filter((x) => sameRow(x, before.sockets.rows))
  if (still === undefined || still.length === 0) return [`${name} does not call accept() fast enough`]
  return still.length === unaccepted.length
    ? [`${name} called accept() on none of them between the readings`]
    : [`${name} accepted ${unaccepted.length - still.length} between the readings: too slow`]
}

const queueChanges = (row: SocketRow, readings: HostReadings): SettingChange[] => {
  const somaxconn = numberOf(readings, 'somaxconn')
  const isLimit = somaxconn !== undefined && row.backlog === somaxconn
  const abort = numberOf(readings, 'tcp_abort_on_overflow')
  const retries = numberOf(readings, 'tcp_synack_retries')
  return [
    { what: 'accept()', words: 'the process accepts again (or is restarted: what waits in the queue is reset then)' },
    {
      what: isLimit ? 'somaxconn and the backlog of listen()' : 'the backlog of listen()',
      words: `room for more that wait${isLimit ? `: net.core.somaxconn is ${somaxconn}, and cuts every backlog to that` : somaxconn === undefined ? '' : ` (net.core.somaxconn is ${somaxconn}, and cuts it to that)`}; it takes a new listen(), and helps against bursts only: a process that does not accept fills any queue`,
      knob: isLimit ? 'somaxconn' : 'backlog',
    },
    ...(abort === 1
      ? []
      : [
          {
            what: 'net.ipv4.tcp_abort_on_overflow = 1',
            words:
              'a third ACK that meets the full queue is answered by RST: the client gets an error in place of a ghost; SYNs are dropped as before',
            knob: 'tcp_abort_on_overflow',
          },
        ]),
    {
      what: 'net.ipv4.tcp_synack_retries',
      words: `how long a ghost lasts${retries === undefined ? '' : ` (now ${retries})`}: after so many SYN+ACKs the request is forgotten, and the client’s next segment is reset`,
      knob: 'tcp_synack_retries',
    },
  ]
}

/** Not full: they wait all the same. */
const waiting = (seen: Seen, readings: HostReadings): Finding[] => {
  const { row, unaccepted, listener } = seen
  const { before } = readings
  const still = before ? unaccepted.filter((x) => sameRow(x, before.sockets.rows)).length : 0
  if (row.recvQ === 0 || still === 0) return []
  return [
    {
      id: 'accept-queue-waits',
      certainty: 'likely',
      words: `${row.recvQ} ${row.recvQ === 1 ? 'connection waits' : 'connections wait'} in the accept queue of ${listener.listener}${row.backlog === undefined ? '' : `, which has room for ${row.backlog + 1 - row.recvQ} more`}; ${still} of them at both readings`,
      shownBy: [`${lineOf(row, readings)}: Recv-Q ${row.recvQ} of LISTEN`, ...notAccepting(seen, readings)],
      peerSees: 'connect() succeeds, and nothing answers what is sent',
      rule: 'linux: inet_csk_accept',
      changes: queueChanges(row, readings).slice(0, 1),
    },
  ]
}

const requestsWait = (stuck: readonly SocketRow[]): Finding => ({
  id: 'requests-wait',
  certainty: 'certain',
  words: `${stuck.length} ${stuck.length === 1 ? 'request has' : 'requests have'} repeated the SYN+ACK: the third ACK does not come`,
  shownBy: stuck
    .slice(0, 5)
    .map(({ remote, timer }) => `${endpointText(remote)}: ${timer?.retransmissions} retransmissions`),
  peerSees: 'nothing, if the SYN+ACK is lost on its way; a client with a forged address does not exist',
  property: 'SYN-ACK-repeated',
  rule: 'RFC 9293 §3.8.1 · linux: reqsk_timer_handler',
  changes: [
    { what: 'the way back to these addresses', words: 'a route, a firewall or a NAT that drops SYN+ACKs' },
    {
      what: 'net.ipv4.tcp_synack_retries',
      words: 'how long such a request keeps its slot',
      knob: 'tcp_synack_retries',
    },
  ],
})
