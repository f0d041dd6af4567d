/** Each packet's way: when it left one host, whether the wire lost it, when it reached the other. */
import { type Flags, notAfter, type Options, type Segment, type Seq, seq } from '../../model/index.ts'
import type { Packet, SackBlock } from '../capture.ts'
import { modelled } from '../readers/modelled.ts'
import { peerOf } from '../replay/packets/observation.ts'
import type { Call, HostName, Recording } from './folder.ts'
import { RESOLUTION } from './timing.ts'

/** A connection, by the client's and the server's port: the hosts are the same in all of them. */
export type Key = string
export const keyOf = (clientPort: number, serverPort: number): Key => `${clientPort}>${serverPort}`

/** The port of one of the two hosts. */
export const portOf = (host: HostName, key: Key): number => Number(key.split('>')[host === 'client' ? 0 : 1])

export interface Passage {
  readonly key: Key
  readonly from: HostName
  readonly segment: Segment
  /** When the interface of the sender showed it, ms; when the wire saw it, if that capture lacks it. */
  readonly sent: number
  /** When the interface of the receiver showed it; absent if the wire lost it. */
  readonly arrived?: number
  /** No stack sent it: it was put on the interface by the experiment. */
  readonly forged: boolean
}

export const segmentOf = (p: Packet): Segment => ({
  flags: p.flags.replace(/[^SFR.]/g, '') as Flags,
  seq: p.sequence ?? seq(0),
  ...(p.acknowledgment === undefined ? {} : { ack: p.acknowledgment }),
  len: p.length,
})

/** What tells a packet from others between the same ports. */
const identity = (source: unknown, destination: unknown, s: Segment): string =>
  [source, destination, s.flags, s.seq, s.ack ?? '', s.len].join(' ')

interface Seen {
  readonly at: number
  readonly options?: Options
}

/** Packets waiting to be claimed, in order, by identity. */
class Pool {
  readonly #waiting = new Map<string, Seen[]>()

  add(id: string, seen: Seen): void {
    const all = this.#waiting.get(id)
    if (all) all.push(seen)
    else this.#waiting.set(id, [seen])
  }

  /** The first of them, unless it came to be only later. */
  claim(id: string, by = Number.POSITIVE_INFINITY): Seen | undefined {
    const all = this.#waiting.get(id)
    return all?.[0] !== undefined && all[0].at <= by ? all.shift() : undefined
  }
}

const optionsOf = ({ options = {}, acknowledgment }: Packet): Pick<Seen, 'options'> => ({
  options: { ...modelled(options), duplicate: tellsOfDuplicate(options.sack, acknowledgment) },
})

/** The first SACK block is of text that came twice where it ends no later than the ACK, or lies in the second. RFC 2883 §4 */
const tellsOfDuplicate = ([first, second]: readonly SackBlock[] = [], ack?: Seq): boolean => {
  if (first === undefined || ack === undefined) return false
  const [from, to] = first
  return notAfter(to, ack) || (second !== undefined && notAfter(second[0], from) && notAfter(to, second[1]))
}

const poolOf = (recording: Recording, at: HostName, sender: HostName): Pool => {
  const pool = new Pool()
  for (const p of recording.packets[at].packets)
    if (p.source.address === recording.addresses[sender] && p.time !== undefined)
      pool.add(identity(p.source.port, p.destination.port, segmentOf(p)), {
        at: (p.time - recording.epoch) * 1000,
        ...optionsOf(p),
      })
  return pool
}

const letters: Readonly<Record<string, string>> = { A: '.' }
/** As `events.jsonl` and `wire.jsonl` write them, in the order of a segment's. */
export const wireFlags = (flags: string): Flags =>
  ['S', 'F', 'R', 'A']
    .filter((f) => flags.includes(f))
    .map((f) => letters[f] ?? f)
    .join('') as Flags

/** In the order in which the wire took them. */
export const passagesOf = (recording: Recording): Passage[] => {
  const left = { client: poolOf(recording, 'client', 'client'), server: poolOf(recording, 'server', 'server') }
  const reached = { client: poolOf(recording, 'client', 'server'), server: poolOf(recording, 'server', 'client') }
  const forgeries = forgeriesOf(recording.calls)
  return recording.wire.map((w): Passage => {
    const flags = wireFlags(w.flags)
    const bare: Segment = {
      flags,
      seq: seq(w.seq),
      ...(flags.includes('.') ? { ack: seq(w.ack) } : {}),
      len: w.len,
    }
    const id = identity(w.sourcePort, w.destinationPort, bare)
    const arrived = w.lost ? undefined : reached[peerOf(w.from)].claim(id)
    const forged = forgeries.claim(`${w.from} ${id}`, w.at + RESOLUTION) !== undefined
    // the sender itself may send the same later
    const leaves = left[w.from].claim(id, forged ? w.at + RESOLUTION : undefined)
    const options = leaves?.options ?? arrived?.options ?? (w.timestamp ? { timestamp: w.timestamp } : {})
    const segment: Segment = { ...bare, options }
    const [clientPort, serverPort] =
      w.from === 'client' ? [w.sourcePort, w.destinationPort] : [w.destinationPort, w.sourcePort]
    return {
      key: keyOf(clientPort, serverPort),
      from: w.from,
      segment,
      sent: leaves?.at ?? w.at,
      ...(arrived === undefined ? {} : { arrived: arrived.at }),
      forged,
    }
  })
}

const forgeriesOf = (calls: readonly Call[]): Pool => {
  const pool = new Pool()
  for (const { call, args: a, at, host } of calls) {
    if (call !== 'inject') continue
    const flags = wireFlags(String(a.flags))
    const segment: Segment = { flags, seq: seq(Number(a.seq)), len: Number(a.len) }
    const whole = flags.includes('.') ? { ...segment, ack: seq(Number(a.ack)) } : segment
    const from: HostName = a.dir === 's2c' ? 'server' : a.dir === 'c2s' ? 'client' : host
    pool.add(`${from} ${identity(a.sp, a.dp, whole)}`, { at })
  }
  return pool
}

export const sameSegment = (a: Segment, b: Segment): boolean =>
  a.flags === b.flags && a.seq === b.seq && a.ack === b.ack && a.len === b.len
