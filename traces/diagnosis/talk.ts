/** What both ends of one connection said, in an order and with the fields that diagnoses ask for. */
import { add, before, type Seq } from '../../model/index.ts'
import { type Connection, endpointText, type TcpOptions } from '../capture.ts'
import type { Legs } from '../legs/legs.ts'
import { isShown } from '../replay/inferred.ts'
import type { AboutConnection } from '../replay/options.ts'
import type { Observation, Side } from '../replay/packets/observation.ts'
import { observationsOf } from '../replay/packets/observation.ts'
import { type Tap, tapOf } from '../replay/packets/tap.ts'
import type { Replayed } from '../replay/replayed.ts'

export interface Said extends Observation {
  readonly at: number
  readonly seq: Seq
  /** After its last byte, SYN or FIN. */
  readonly end: Seq
  readonly window?: number
  readonly options?: TcpOptions
  /** Time to live, as captured. */
  readonly hops?: number
}

export interface Talk {
  readonly said: readonly Said[]
  readonly tap: Tap
  readonly replayed: Replayed
  readonly connection: Connection
  readonly around: Around
  /** Other connections to the same address and port, from about the same time. */
  readonly siblings: readonly Connection[]
}

/** What the rest of the capture tells. */
export interface Around {
  /** When it ends, by its clock. */
  readonly until?: number
  /** Which connections are legs of one, on both sides of a translation of addresses. */
  readonly legs?: Legs
  /** What else is known of the connection. */
  readonly about?: AboutConnection
}

export const talkOf = (
  replayed: Replayed,
  all: readonly Connection[],
  connection: Connection,
  around: Around = {},
): Talk => {
  let siblings: readonly Connection[] | undefined
  const talk = {
    around,
    said: saidIn(replayed, connection),
    replayed,
    connection,
    get siblings(): readonly Connection[] {
      siblings ??= siblingsOf(all, connection)
      return siblings
    },
  }
  const own = replayed.connection.tap
  if (own !== 'unknown') return Object.assign(talk, { tap: own })
  const others = talk.siblings.map((c) => tapOf(observationsOf(c)))
  return Object.assign(talk, { tap: others.find((t) => t !== 'unknown') ?? own })
}

/** There is an observation for each packet, and for each inferred. Members one by one: captures have very many, and spreading them takes long. */
const saidIn = ({ observations }: Replayed, { packets }: Connection): Said[] => {
  let shown = 0
  return observations.map((o, at): Said => {
    const { packet, time, from, flags, ack, len, clock, segment } = o
    const said: { -readonly [K in keyof Said]: Said[K] } = {
      at,
      packet,
      from,
      flags,
      len,
      segment,
      seq: segment.seq,
      end: add(segment.seq, len + (/[SF]/.test(flags) ? 1 : 0)),
    }
    if (time !== undefined) said.time = time
    if (ack !== undefined) said.ack = ack
    if (clock !== undefined) said.clock = clock
    if (o.forged) said.forged = true
    if (!isShown(o)) return said
    const { window, options, hops } = packets[shown++] ?? {}
    if (window !== undefined) said.window = window
    if (options) said.options = options
    if (hops !== undefined) said.hops = hops
    return said
  })
}

/** How many before and after it: a busy server has too many to look at all of them for each. */
const NEAREST = 256

const byServer = new WeakMap<readonly Connection[], Map<string, Connection[]>>()

const siblingsOf = (all: readonly Connection[], connection: Connection): Connection[] => {
  let servers = byServer.get(all)
  if (servers === undefined) {
    servers = new Map()
    byServer.set(all, servers)
    for (const c of all) {
      const same = servers.get(endpointText(c.server))
      if (same) same.push(c)
      else servers.set(endpointText(c.server), [c])
    }
  }
  const same = servers.get(endpointText(connection.server)) ?? []
  const at = placeOf(same, connection.id)
  return same.slice(Math.max(0, at - NEAREST), at + NEAREST + 1).filter((c) => c.id !== connection.id)
}

/** Connections are in the order of their ids. */
const placeOf = (ordered: readonly Connection[], id: number): number => {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ordered[middle]!.id < id) low = middle + 1
    else high = middle
  }
  return low
}

export const has = (o: Observation, flag: string): boolean => o.flags.includes(flag)
export const numbers = (...said: readonly (Said | undefined)[]): number[] =>
  [...new Set(said.flatMap((s) => (s === undefined ? [] : [s.packet])))].sort((a, b) => a - b)
export const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)

/** Whether the acknowledgment covers everything before that number. */
export const covers = (s: Said, end: Seq): boolean => s.ack !== undefined && !before(s.ack, end)

/** The client's first packet that acknowledges the SYN+ACK. */
export const thirdAck = ({ said }: Talk): Said | undefined => {
  const synAck = said.find((s) => s.from === 'server' && s.flags === 'S.')
  return synAck && said.find((s) => s.from === 'client' && !/[SR]/.test(s.flags) && covers(s, synAck.end))
}

/** Whether a packet of the server shows that it is past SYN_RECV. */
export const serverMoved = ({ said }: Talk, until = Number.POSITIVE_INFINITY): Said | undefined => {
  const third = said.find((s) => s.from === 'client' && !/[SR]/.test(s.flags))
  return third && said.find((s) => s.at > third.at && s.at < until && s.from === 'server' && !/[SR]/.test(s.flags))
}

/** The last packet of an end before a moment, if it fits. */
export const lastBefore = ({ said }: Talk, at: number, side: Side): Said | undefined =>
  said.slice(0, at).findLast((s) => s.from === side)

/** Packets of an end that show the same numbers and text again. */
export const repeatsOf = ({ said }: Talk, s: Said): Said[] =>
  said.filter((x) => x.at > s.at && x.from === s.from && x.seq === s.seq && x.len === s.len && x.flags === s.flags)

/** A keepalive probe: the number before the next one, with nothing or one byte. linux: tcp_xmit_probe_skb */
export const isProbe = ({ said }: Talk, s: Said): boolean => {
  const sent = said.filter((x) => x.at < s.at && x.from === s.from && !has(x, 'R'))
  const next = sent.reduce<Seq | undefined>(
    (max, x) => (max === undefined || before(max, x.end) ? x.end : max),
    undefined,
  )
  return !/[SFR]/.test(s.flags) && s.len <= 1 && next !== undefined && add(s.seq, 1) === next
}
