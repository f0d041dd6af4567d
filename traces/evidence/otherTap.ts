/**
 * A second capture of the same connections, taken elsewhere on the way: which packets passed both taps, and which were
 * lost between them. Its clock is another; what passed both taps tells by how much.
 */
import type { Seq } from '../../model/index.ts'
import {
  type Capture,
  type Connection,
  endpointText,
  fromClient,
  hasFlag,
  type Packet,
  sameEndpoint,
} from '../capture.ts'
import { withForwardedSyns } from '../legs/join.ts'
import { cutAnew } from './cutAnew.ts'

export interface MatchedConnection {
  /** Its number in the other capture. */
  readonly stream: number
  /** Its addresses or ports are others there: translated on the way. */
  readonly translated: boolean
  /** Seconds that the other clock is ahead, if both captures have times. */
  readonly offset?: number
  /** Which end the other tap is nearer to, as far as the handshake tells. */
  readonly nearer: 'client' | 'server' | 'unknown'
  /** Numbers of packets that only this capture has, while the other one was running. */
  readonly onlyHere: readonly number[]
  /** Numbers, in the other capture, of packets that only it has. */
  readonly onlyThere: readonly number[]
  /** By the number here: the number there, of the last segment where several brought its text. */
  readonly both: ReadonlyMap<number, number>
}

export interface Unmatched {
  readonly why: string
}

export interface OtherTap {
  readonly file: string
  readonly of: (c: Connection) => MatchedConnection | Unmatched
  /** For the replay: packets that the tap nearer to their addressee has seen, or not. */
  readonly beyond: (c: Connection) => ReadonlyMap<number, boolean> | undefined
  /** The number there of the first SYN+ACK, where only the other tap has seen one. */
  readonly answerTo: (c: Connection) => number | undefined
}

const isMatched = (m: MatchedConnection | Unmatched): m is MatchedConnection => !('why' in m)

/** The connections of the other capture, by the number of their SYN. */
type ByIsn = ReadonlyMap<Seq | undefined, readonly Connection[]>

export const otherTap = (read: Capture): OtherTap => {
  const other = withForwardedSyns(read)
  const known = new Map<Connection, MatchedConnection | Unmatched>()
  const byIsn = new Map<Seq | undefined, Connection[]>()
  for (const o of other.connections) {
    const { client } = isnsOf(o)
    const alike = byIsn.get(client)
    if (alike) alike.push(o)
    else byIsn.set(client, [o])
  }
  const of = (c: Connection): MatchedConnection | Unmatched => {
    const found = known.get(c) ?? match(c, other, byIsn)
    known.set(c, found)
    return found
  }
  return {
    file: other.file,
    of,
    beyond: (c) => {
      const m = of(c)
      return isMatched(m) ? beyondOf(c, m) : undefined
    },
    answerTo: (c) => {
      const m = of(c)
      if (!isMatched(m) || synAckOf(c) !== undefined) return undefined
      return synAckOf(other.connections.find(({ id }) => id === m.stream)!)?.number
    },
  }
}

const beyondOf = (
  c: Connection,
  { nearer, onlyHere, both }: MatchedConnection,
): ReadonlyMap<number, boolean> | undefined => {
  if (nearer === 'unknown') return undefined
  const lost = new Set(onlyHere)
  const towards = c.packets.filter((p) => fromClient(c, p) === (nearer === 'server'))
  return new Map(
    towards.flatMap(
      ({ number }) =>
        (both.has(number) ? [[number, true]] : lost.has(number) ? [[number, false]] : []) as [number, boolean][],
    ),
  )
}

const isnsOf = (c: Connection): { client?: Seq; server?: Seq } => {
  const of = (isClient: boolean): Seq | undefined =>
    c.packets.find((p) => hasFlag(p, 'S') && fromClient(c, p) === isClient)?.sequence
  const [client, server] = [of(true), of(false)]
  return { ...(client !== undefined && { client }), ...(server !== undefined && { server }) }
}

const match = (c: Connection, other: Capture, byIsn: ByIsn): MatchedConnection | Unmatched => {
  const own = isnsOf(c)
  const here = `${endpointText(c.client)} → ${endpointText(c.server)}`
  if (own.client === undefined) return { why: `${here} shows no SYN here: nothing to recognise it by in ${other.file}` }
  const sameIsn = byIsn.get(own.client) ?? []
  const alike = sameIsn.filter((o) => {
    const { server } = isnsOf(o)
    return server === undefined || own.server === undefined || server === own.server
  })
  const best = alike.find((o) => sameEndpoint(o.client, c.client) && sameEndpoint(o.server, c.server)) ?? alike[0]
  if (best === undefined) return { why: whyNot(c, other, sameIsn.length > 0, here) }
  if (alike.length > 1 && !sameEndpoint(best.client, c.client))
    return {
      why: `${alike.length} connections of ${other.file} begin with the numbers of ${here}: any of them may be it`,
    }
  return matched(c, best)
}

const whyNot = (c: Connection, { file, connections }: Capture, sameIsn: boolean, here: string): string => {
  if (sameIsn)
    return `${file} has a SYN with the number of ${here}, but another SYN+ACK: something between the taps answers for the server`
  const sameEnds = connections.some((o) => sameEndpoint(o.client, c.client) && sameEndpoint(o.server, c.server))
  return sameEnds
    ? `${file} has ${here}, but with other initial sequence numbers: taken at another time, or rewritten on the way`
    : `no connection of ${file} begins with the sequence number of ${here}`
}

/** What a segment is known by on both sides of a translation. */
const nameOf = (c: Connection, p: Packet): string =>
  [
    fromClient(c, p) ? 'c' : 's',
    p.flags,
    p.sequence ?? '?',
    p.acknowledgment ?? '?',
    p.length,
    p.options?.timestamp?.value ?? '?',
  ].join()

const matched = (c: Connection, o: Connection): MatchedConnection => {
  const there = new Map<string, Packet[]>()
  for (const p of o.packets) there.set(nameOf(o, p), [...(there.get(nameOf(o, p)) ?? []), p])
  const nearer = nearerOf(c, o)
  const offset = offsetOf(c, nearer, pairsInOrder(c, there, 'those that were sent once'))
  const pairs = offset === undefined ? pairsInOrder(c, there) : pairsByTime(c, there, offset)
  const both = new Map(pairs.map(([a, b]) => [a.number, b.number]))
  const seenThere = new Set(both.values())
  const alone = { connection: c, packets: c.packets.filter((p) => !both.has(p.number)) }
  const aloneThere = { connection: o, packets: o.packets.filter((p) => !seenThere.has(p.number)) }
  for (const [p, last] of cutAnew(alone, aloneThere)) both.set(p.number, last.number)
  for (const p of cutAnew(aloneThere, alone).keys()) seenThere.add(p.number)
  const within = (p: Packet, of: Connection, shift: number): boolean => {
    const [first, last] = [of.packets[0]!.time, of.packets.at(-1)!.time]
    if (p.time === undefined || first === undefined || last === undefined) return true
    return p.time + shift >= first - SLACK && p.time + shift <= last + SLACK
  }
  return {
    stream: o.id,
    translated: !(sameEndpoint(o.client, c.client) && sameEndpoint(o.server, c.server)),
    ...(offset !== undefined && { offset }),
    nearer,
    onlyHere: c.packets.filter((p) => !both.has(p.number) && within(p, o, offset ?? 0)).map((p) => p.number),
    onlyThere: o.packets.filter((p) => !seenThere.has(p.number) && within(p, c, -(offset ?? 0))).map((p) => p.number),
    both,
  }
}

/** Seconds that a packet may be under way between the taps. */
const SLACK = 2

type Pair = readonly [here: Packet, there: Packet]

const pairsInOrder = (
  c: Connection,
  there: ReadonlyMap<string, readonly Packet[]>,
  which?: 'those that were sent once',
): Pair[] => {
  const here = new Map<string, Packet[]>()
  for (const p of c.packets) here.set(nameOf(c, p), [...(here.get(nameOf(c, p)) ?? []), p])
  return [...here].flatMap(([name, packets]) => {
    const others = there.get(name) ?? []
    if (which && (packets.length > 1 || others.length > 1)) return []
    return packets.flatMap((p, i) => (others[i] ? [[p, others[i]] as const] : []))
  })
}

/** Copies that look alike are told apart by when they passed. */
const pairsByTime = (c: Connection, there: ReadonlyMap<string, readonly Packet[]>, offset: number): Pair[] => {
  const left = new Set([...there.values()].flat())
  return c.packets.flatMap((p) => {
    const near = (there.get(nameOf(c, p)) ?? [])
      .filter((q) => left.has(q))
      .map((q) => ({ q, off: Math.abs(q.time! - offset - p.time!) }))
      .filter(({ off }) => off <= SLACK)
      .sort((a, b) => a.off - b.off)[0]
    if (near === undefined) return []
    left.delete(near.q)
    return [[p, near.q] as const]
  })
}

/**
 * Midway between the least difference of those that came from the far end and the greatest of those that went there: the
 * shortest ways there and back are taken to be equally long. RFC 5905 §8
 */
const offsetOf = (c: Connection, nearer: MatchedConnection['nearer'], pairs: readonly Pair[]): number | undefined => {
  const differences = (onward: boolean): number[] =>
    pairs
      .filter(([a]) => (fromClient(c, a) === (nearer !== 'client')) === onward)
      .flatMap(([a, b]) => (a.time === undefined || b.time === undefined ? [] : [b.time - a.time]))
  const [there, back] = [differences(true), differences(false)]
  if (there.length === 0 || back.length === 0) return [...there, ...back][0]
  return (Math.min(...there) + Math.max(...back)) / 2
}

/** The nearer a tap is to the client, the longer it waits for the SYN+ACK. */
const nearerOf = (c: Connection, o: Connection): MatchedConnection['nearer'] => {
  const [own, others] = [synAckOf(c), synAckOf(o)]
  // An answer that only one of them sees is lost on its way from the server to the other.
  if ((own === undefined) !== (others === undefined)) return own === undefined ? 'server' : 'client'
  const [here, there] = [answerTime(c), answerTime(o)]
  if (here === undefined || there === undefined || Math.abs(here - there) < 1e-6) return 'unknown'
  return there < here ? 'server' : 'client'
}

const synAckOf = (c: Connection): Packet | undefined =>
  c.packets.find((p) => hasFlag(p, 'S') && hasFlag(p, '.') && !fromClient(c, p))

const answerTime = (c: Connection): number | undefined => {
  const synAck = synAckOf(c)
  const before = c.packets.filter((p) => synAck && p.number < synAck.number && hasFlag(p, 'S') && fromClient(c, p))
  const last = before.at(-1)
  return last?.time === undefined || synAck?.time === undefined ? undefined : synAck.time - last.time
}

/** What is told of the connection in the other capture. */
export type OtherConnection = { readonly file: string } & (
  | (Omit<MatchedConnection, 'both'> & { readonly packetsOfBoth: number })
  | Unmatched
)

export const otherConnection = ({ file, of }: OtherTap, c: Connection): OtherConnection => {
  const m = of(c)
  if (!isMatched(m)) return { file, ...m }
  const { both, ...told } = m
  return { file, ...told, packetsOfBoth: both.size }
}
