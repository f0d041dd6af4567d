/** What only many connections together show: floods and scans. */
import { type Capture, type Connection, endpointText, hasFlag } from '../capture.ts'
import { type Diagnosis, judged } from './diagnosis.ts'

/** Fewer than these are no flood, and no scan. */
const MANY = 16

interface Attempt {
  readonly connection: Connection
  readonly answeredBy: string | undefined
  readonly completed: boolean
}

/** @returns diagnoses of the capture as a whole */
export const diagnoseCapture = ({ connections }: Pick<Capture, 'connections'>): Diagnosis[] => {
  const attempts = connections.filter(({ packets }) => packets[0]?.flags === 'S').map(attemptOf)
  return [...floods(attempts), ...scans(attempts)]
}

const attemptOf = (connection: Connection): Attempt => {
  const { packets, server } = connection
  const isServer = (p: Connection['packets'][number]): boolean =>
    p.source.address === server.address && p.source.port === server.port
  return {
    connection,
    answeredBy: packets.find(isServer)?.flags,
    completed: packets.some((p) => !isServer(p) && hasFlag(p, '.') && !hasFlag(p, 'R')),
  }
}

const grouped = <T>(all: readonly T[], key: (t: T) => string): T[][] => {
  const groups = new Map<string, T[]>()
  for (const t of all) {
    const group = groups.get(key(t))
    if (group) group.push(t)
    else groups.set(key(t), [t])
  }
  return [...groups.values()]
}

const distinct = (all: readonly Attempt[], of: (c: Connection) => string): number =>
  new Set(all.map((a) => of(a.connection))).size
const syns = (all: readonly Attempt[]): number[] => all.map((a) => a.connection.packets[0]!.number)

/** Requests of one listener that no client completes. RFC 4987 §2. */
const floods = (attempts: readonly Attempt[]): Diagnosis[] =>
  grouped(
    attempts.filter((a) => !a.completed && !hasReset(a) && !isRepeated(a)),
    (a) => endpointText(a.connection.server),
  )
    .filter((half) => half.length >= MANY && !isFullQueue(half, attempts))
    .map((half): Diagnosis => {
      const sources = distinct(half, (c) => c.client.address)
      const unanswered = half.filter((a) => a.answeredBy === undefined).length
      return {
        id: 'SYN-flood',
        words: `${half.length} SYNs from ${sources} address${sources === 1 ? '' : 'es'} to ${endpointText(half[0]!.connection.server)}, none completed, ${unanswered} of them not even answered`,
        ...judged([
          { words: 'a SYN flood with forged addresses', cost: sources >= MANY ? 1 : 2 },
          { words: 'the answers of the server do not reach its clients', cost: sources >= MANY ? 2 : 1 },
        ]),
        packets: syns(half),
        decides: 'TcpExtSyncookiesSent and TCPReqQFullDrop on the server; whether the addresses answer anything else',
        clause: 'RFC 4987 §2 · linux: tcp_conn_request, tcp_syn_flood_action',
      }
    })

/** A client that repeats its SYN is there and waits: a flood of forged addresses repeats none. RFC 4987 §2 */
const isRepeated = ({ connection: { packets } }: Attempt): boolean => packets.filter((p) => p.flags === 'S').length > 1

/** SYNs that are dropped without a word, of a listener that has completed others before: its accept queue is full. */
const isFullQueue = (half: readonly Attempt[], all: readonly Attempt[]): boolean => {
  const listener = endpointText(half[0]!.connection.server)
  return (
    half.every((a) => a.answeredBy === undefined) &&
    all.some((a) => a.completed && endpointText(a.connection.server) === listener)
  )
}

const hasReset = (a: Attempt): boolean => a.answeredBy?.includes('R') === true

/** One client, many ports of one host, hardly any of them open, none of them used. */
const scans = (attempts: readonly Attempt[]): Diagnosis[] =>
  grouped(attempts, (a) => `${a.connection.client.address} ${a.connection.server.address}`)
    .filter((tried) => distinct(tried, (c) => String(c.server.port)) >= MANY && tried.every((a) => !usedFor(a)))
    .map((tried): Diagnosis => {
      const open = [...new Set(tried.filter((a) => a.answeredBy === 'S.').map((a) => a.connection.server.port))]
      const { client, server } = tried[0]!.connection
      return {
        id: 'port-scan',
        words: `${client.address} tries ${distinct(tried, (c) => String(c.server.port))} ports of ${server.address}; open: ${open.length === 0 ? 'none' : open.join(', ')}`,
        ...judged([{ words: 'a scanner looks which ports are open', cost: 1 }]),
        packets: syns(tried),
        clause: 'RFC 9293 §3.10.7.1',
      }
    })

const usedFor = ({ connection }: Attempt): boolean => connection.packets.some((p) => p.length > 0)
