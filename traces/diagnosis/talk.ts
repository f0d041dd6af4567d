/** What both ends of one connection said, in an order and with the fields that diagnoses ask for. */
import { add, before, type Seq } from '../../model/index.ts'
import { type Connection, hasFlag, type TcpOptions } from '../capture.ts'
import type { Legs } from '../legs/legs.ts'
import { findPacket, packetAt } from '../readers/connections.ts'
import type { Replayed } from '../replay/index.ts'
import type { AboutConnection } from '../replay/options.ts'
import type { Observation, Side } from '../replay/packets/observation.ts'
import type { Tap } from '../replay/packets/tap.ts'
import { isShown } from '../replay/result.ts'
import type { KnownByRow } from '../replay/state-evidence.ts'
import { type Siblings, siblingsOf } from './siblings.ts'

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
  /** Those with SYN, FIN or RST: of a long connection few. */
  readonly marked: readonly Said[]
  readonly tap: Tap
  /** The capture shows a SYN: what is said of the handshake is not only inferred. */
  readonly begins: boolean
  readonly replayed: Replayed
  readonly connection: Connection
  readonly around: Around
  /** Other connections to the same address and port, from about the same time. */
  readonly siblings: Siblings
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
  const siblings = siblingsOf(all, connection)
  const own = replayed.connection.tap
  const tap = own === 'unknown' ? (siblings.tap ?? own) : own
  const said = saidIn(replayed, connection)
  const marked = said.filter(({ flags }) => /[SFR]/.test(flags))
  const begins = findPacket(connection, (p) => hasFlag(p, 'S')) !== undefined
  return { said, marked, begins, replayed, connection, around, siblings, tap }
}

/** There is an observation for each packet, and for each inferred. Members one by one: captures have very many, and spreading them takes long. */
const saidIn = ({ observations }: Replayed, connection: Connection): Said[] => {
  let shown = 0
  return observations.map((o, at): Said => {
    const { packet, time, from, flags, ack, len, clock, segment } = o
    const { seq } = segment
    const end = flags === '.' ? add(seq, len) : add(seq, len + (/[SF]/.test(flags) ? 1 : 0))
    const p = isShown(o) ? packetAt(connection, shown++) : undefined
    const { window, options, hops } = p ?? {}
    if (
      time !== undefined &&
      ack !== undefined &&
      clock !== undefined &&
      window !== undefined &&
      options &&
      hops &&
      !o.forged
    )
      // The usual one: all members at once, in one shape.
      return {
        at,
        packet,
        from,
        flags,
        len,
        segment,
        seq,
        end,
        time,
        ack,
        clock,
        window,
        options,
        hops,
      }
    const said: { -readonly [K in keyof Said]: Said[K] } = { at, packet, from, flags, len, segment, seq, end }
    if (time !== undefined) said.time = time
    if (ack !== undefined) said.ack = ack
    if (clock !== undefined) said.clock = clock
    if (o.forged) said.forged = true
    if (window !== undefined) said.window = window
    if (options) said.options = options
    if (hops !== undefined) said.hops = hops
    return said
  })
}

export const has = (o: Observation, flag: string): boolean => o.flags.includes(flag)
export const numbers = (...said: readonly (Said | undefined)[]): number[] =>
  [...new Set(said.flatMap((s) => (s === undefined ? [] : [s.packet])))].sort((a, b) => a - b)
export const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)

/** Whether the acknowledgment covers everything before that number. */
export const covers = (s: Said, end: Seq): boolean => s.ack !== undefined && !before(s.ack, end)

/** The client's first packet that acknowledges the SYN+ACK. */
export const thirdAck = ({ said, marked }: Talk): Said | undefined => {
  const synAck = marked.find((s) => s.from === 'server' && s.flags === 'S.')
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
  if (/[SFR]/.test(s.flags) || s.len > 1) return false
  const next = nextNumbers(said)[s.at]
  return next !== undefined && add(s.seq, 1) === next
}

const nextOf = new WeakMap<readonly Said[], readonly (Seq | undefined)[]>()

/** By place: the number after all that its sender has sent before. */
const nextNumbers = (said: readonly Said[]): readonly (Seq | undefined)[] => {
  const known = nextOf.get(said)
  if (known !== undefined) return known
  const next: Partial<Record<Side, Seq>> = {}
  const all = said.map((s) => {
    const sent = next[s.from]
    if (!has(s, 'R') && (sent === undefined || before(sent, s.end))) next[s.from] = s.end
    return sent
  })
  nextOf.set(said, all)
  return all
}

/** What a listing says of the end in that state. */
export const rowOf = ({ around }: Talk, side: Side, state: string): KnownByRow | undefined =>
  around.about?.[side]?.known?.find((k): k is KnownByRow => 'unread' in k && k.states.join() === state)

/** Its words. */
export const seenIn = (talk: Talk, side: Side, state: string): string | undefined => rowOf(talk, side, state)?.words
