/**
 * One connection seen on both sides of a translation of addresses (NAT, DNAT, a load balancer): the same SYN, re-addressed,
 * passes the tap twice. Ports may be translated; the sequence number and the timestamp are not. RFC 3022 §4.1, RFC 7857
 */
import { type Capture, type Connection, type Endpoint, endpointText, type Packet } from '../capture.ts'
import { packetAt } from '../readers/connections.ts'

export interface Leg {
  readonly id: number
  readonly client: Endpoint
  readonly server: Endpoint
  readonly syn: Packet
  /** The server's first packet. */
  readonly answer?: Packet
  /** The client's RST to that answer. */
  readonly reset?: Packet
}

/** Two legs of one connection: nearer to the client, whose SYN passes first, and nearer to the server. */
export interface LegPair {
  readonly near: Leg
  readonly far: Leg
}

export interface Legs {
  readonly of: (id: number) => LegPair | undefined
  readonly notes: readonly string[]
}

/** Seconds that a translation takes, at most. */
const TRANSLATION = 0.5

export const legsOf = ({ connections }: Pick<Capture, 'connections'>): Legs => {
  const pairs = new Map<number, LegPair>()
  if (connections.length < 2) return { of: () => undefined, notes: [] }
  // Of those that share their number with no other, nothing is kept but which they are: a capture may have a million.
  const bySyn = new Map<number, Connection | Leg[]>()
  for (const c of connections) {
    const number = synOf(c)?.sequence
    if (number === undefined) continue
    const known = bySyn.get(number)
    if (known === undefined) {
      bySyn.set(number, c)
      continue
    }
    const alike = Array.isArray(known) ? known : [legOf(known)]
    const leg = legOf(c)
    bySyn.set(number, [...alike, leg])
    const near = alike.find((other) => isSame(other.syn, leg.syn))
    if (near === undefined || pairs.has(near.id)) continue
    const pair = { near, far: leg }
    pairs.set(near.id, pair)
    pairs.set(leg.id, pair)
  }
  const both = [...new Set(pairs.values())]
  return { of: (id) => pairs.get(id), notes: [...both.slice(0, MOST).map(noteOf), ...more(both.length - MOST)] }
}

/** Of more pairs than this only the number is said. */
const MOST = 5

const more = (n: number): string[] =>
  n > 0 ? [`and so ${n} more connections are seen on both sides of a translation`] : []

const noteOf = ({ near, far }: LegPair): string => {
  const translated = [
    ...(endpointText(near.client) === endpointText(far.client)
      ? []
      : [`${endpointText(near.client)} becomes ${endpointText(far.client)}`]),
    ...(endpointText(near.server) === endpointText(far.server)
      ? []
      : [`${endpointText(near.server)} becomes ${endpointText(far.server)}`]),
  ]
  if (near.syn.number === far.syn.number)
    return `connections ${near.id} and ${far.id} are one: the SYN to ${endpointText(near.server)} (packet ${near.syn.number}) is answered from ${endpointText(far.server)}; it is shown in both`
  return `connections ${near.id} and ${far.id} are one, seen before and after its addresses are translated (the same SYN, packets ${near.syn.number} and ${far.syn.number}): ${translated.join(', ')}`
}

/** Its first packet, if that is a SYN with its number on the wire. */
const synOf = (c: Connection): Packet | undefined => {
  const syn = packetAt(c, 0)
  return syn?.flags !== 'S' || syn.sequence === undefined || c.numbering.client !== 'absolute' ? undefined : syn
}

/** Of a connection that begins with such a SYN. */
const legOf = (c: Connection): Leg => {
  const syn = c.packets[0]!
  const isServer = (p: Packet): boolean => p.source.address === c.server.address && p.source.port === c.server.port
  const answer = c.packets.find(isServer)
  const reset = answer && c.packets.find((p) => p.number > answer.number && p.flags.includes('R') && !isServer(p))
  return { id: c.id, client: c.client, server: c.server, syn, ...(answer && { answer }), ...(reset && { reset }) }
}

/** The timestamp is drawn anew by every stack; without one, the port that a translation mostly keeps has to do. */
const isSame = (a: Packet, b: Packet): boolean => {
  if (a.time !== undefined && b.time !== undefined && Math.abs(b.time - a.time) > TRANSLATION) return false
  const [one, other] = [a.options?.timestamp, b.options?.timestamp]
  if (one?.value !== other?.value || a.options?.mss !== b.options?.mss) return false
  return one !== undefined || a.source.port === b.source.port || a.destination.port === b.destination.port
}
