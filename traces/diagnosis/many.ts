/** What only many connections together show: floods and scans. */
import { ByEndpoint } from '../by-endpoint.ts'
import { type Capture, type Connection, type Endpoint, endpointText, hasFlag, sameEndpoint } from '../capture.ts'
import { packetAt } from '../readers/connections.ts'
import { type Diagnosis, judged } from './diagnosis.ts'

/** Fewer than these are no flood, and no scan. */
const MANY = 16

/** Requests of one listener that no client completes or repeats, and that no RST refuses. */
interface HalfOpen {
  readonly listener: string
  /** Numbers of the SYNs. */
  readonly syns: number[]
  readonly sources: Set<string>
  unanswered: number
}

type Port = Endpoint['port']

/** What one client has tried at one host. */
interface Tried {
  readonly client: string
  readonly server: string
  readonly syns: number[]
  readonly ports: Set<Port>
  readonly open: Set<Port>
  isUsed: boolean
}

/** @returns diagnoses of the capture as a whole */
export const diagnoseCapture = ({ connections }: Pick<Capture, 'connections'>): Diagnosis[] => {
  const listeners = new ByEndpoint(
    (server): HalfOpen => ({ listener: endpointText(server), syns: [], sources: new Set(), unanswered: 0 }),
  )
  const completed = new Set<string>()
  const pairs = new Pairs()
  for (const c of connections) {
    const { client, server } = c
    const syn = packetAt(c, 0)
    if (syn?.flags !== 'S') continue
    const tried = pairs.of(client.address, server.address)
    const shown = shownOf(c, !tried.isUsed)
    tried.syns.push(syn.number)
    tried.ports.add(server.port)
    if (shown.answeredBy === 'S.') tried.open.add(server.port)
    tried.isUsed ||= shown.isUsed
    if (shown.isCompleted) completed.add(endpointText(server))
    if (shown.isCompleted || shown.isRepeated || shown.answeredBy?.includes('R')) continue
    const half = listeners.of(server)
    half.syns.push(syn.number)
    half.sources.add(client.address)
    if (shown.answeredBy === undefined) half.unanswered += 1
  }
  return [
    ...[...listeners.entries()].flatMap(([, half]) => floodOf(half, completed.has(half.listener))),
    ...pairs.all.flatMap(scanOf),
  ]
}

/** By the addresses of both. */
class Pairs {
  readonly #byServer = new Map<string, Map<string, Tried>>()
  /** In the order of their first SYNs. */
  readonly all: Tried[] = []

  of(client: string, server: string): Tried {
    const clients = this.#byServer.get(server) ?? new Map<string, Tried>()
    this.#byServer.set(server, clients)
    const known = clients.get(client)
    if (known !== undefined) return known
    const tried = { client, server, syns: [], ports: new Set<Port>(), open: new Set<Port>(), isUsed: false }
    clients.set(client, tried)
    this.all.push(tried)
    return tried
  }
}

/** What a connection that begins with a SYN shows, as far as it matters: once it is completed, whether the SYN is repeated does not. */
interface Shown {
  readonly answeredBy: string | undefined
  /** A client completes a request with an ACK. */
  readonly isCompleted: boolean
  /** A client that repeats its SYN is there and waits: a flood of forged addresses repeats none. RFC 4987 §2 */
  readonly isRepeated: boolean
  readonly isUsed: boolean
}

/** Of one that is completed few packets are looked at. @param isUseAsked whether it is of interest that it has text */
const shownOf = (c: Connection, isUseAsked: boolean): Shown => {
  let answeredBy: string | undefined
  let [isCompleted, isUsed, syns] = [false, false, 0]
  for (let i = 0; ; i++) {
    const p = packetAt(c, i)
    if (p === undefined) break
    if (sameEndpoint(p.source, c.server)) answeredBy ??= p.flags
    else if (hasFlag(p, '.') && !hasFlag(p, 'R')) isCompleted = true
    if (p.flags === 'S') syns += 1
    isUsed ||= p.length > 0
    if (isCompleted && answeredBy !== undefined && (isUsed || !isUseAsked)) break
  }
  return { answeredBy, isCompleted, isRepeated: syns > 1, isUsed }
}

/**
 * Requests that no client completes. RFC 4987 §2. SYNs that are dropped without a word, of a listener that has completed others
 * before, are none: its accept queue is full.
 */
const floodOf = (
  { listener, syns, sources: { size: sources }, unanswered }: HalfOpen,
  completes: boolean,
): Diagnosis[] => {
  if (syns.length < MANY || (unanswered === syns.length && completes)) return []
  return [
    {
      id: 'SYN-flood',
      words: `${syns.length} SYNs from ${sources} address${sources === 1 ? '' : 'es'} to ${listener}, none completed, ${unanswered} of them not even answered`,
      ...judged([
        { words: 'a SYN flood with forged addresses', cost: sources >= MANY ? 1 : 2 },
        { words: 'the answers of the server do not reach its clients', cost: sources >= MANY ? 2 : 1 },
      ]),
      packets: syns,
      decides: 'TcpExtSyncookiesSent and TCPReqQFullDrop on the server; whether the addresses answer anything else',
      clause: 'RFC 4987 §2 · linux: tcp_conn_request, tcp_syn_flood_action',
    },
  ]
}

/** One client, many ports of one host, hardly any of them open, none of them used. */
const scanOf = ({ client, server, syns, ports, open, isUsed }: Tried): Diagnosis[] => {
  if (ports.size < MANY || isUsed) return []
  return [
    {
      id: 'port-scan',
      words: `${client} tries ${ports.size} ports of ${server}; open: ${open.size === 0 ? 'none' : [...open].join(', ')}`,
      ...judged([{ words: 'a scanner looks which ports are open', cost: 1 }]),
      packets: syns,
      clause: 'RFC 9293 §3.10.7.1',
    },
  ]
}
