/** Packets that no stack sent: they arrive, but neither end has to account for them. */
import type { Seq } from '../../../model/index.ts'
import type { Connection } from '../../capture.ts'
import type { Observation } from '../packets/observation.ts'
import { assuming, type Captured, type Reading } from './reading.ts'

export interface Injected {
  /** Seconds, by the clock of the capture. */
  readonly time: number
  /** The ports that it claims. */
  readonly source: number
  readonly destination: number
  /** The addresses that it claims; any, if absent. */
  readonly from?: string
  readonly to?: string
  readonly flags: string
  readonly seq: Seq
  /** Any, if absent. */
  readonly ack?: Seq
  readonly len: number
}

/** Seconds between putting it on the wire and capturing it, at most; or before, where its time was noted afterwards. */
const LATE = 0.5

export const markInjected = (r: Reading, { connection, options }: Captured): Reading => {
  const packets = markForged(connection, r.packets, options.forged ?? [])
  const injected = packets.filter(({ forged }) => forged).map(({ packet }) => packet)
  if (injected.length === 0) return r
  const words = 'these packets were injected: neither end has to account for them'
  return assuming(r, { packets }, { id: 'injected', packets: injected, ceiling: 'conforms', words })
}

/** Marks the packets that were forged, each once: the next that looks like it, or the last where none comes after it. */
const markForged = (
  c: Connection,
  all: readonly Observation[],
  forged: readonly Injected[],
): readonly Observation[] => {
  const ports = new Set([c.client.port, c.server.port])
  const ours = forged.filter((f) => ports.has(f.source) && ports.has(f.destination))
  if (ours.length === 0) return all
  const marked = new Set<number>()
  const look = new Map<string, number[]>()
  all.forEach((o, at) => {
    const alike = look.get(lookOf(o.segment))
    if (alike) alike.push(at)
    else look.set(lookOf(o.segment), [at])
  })
  for (const f of ours) {
    const alike = (look.get(lookOf(f)) ?? []).filter((at) => !marked.has(at) && isLike(all[at]!, f, c))
    const found = alike.find((at) => all[at]!.time! >= f.time) ?? alike.at(-1)
    if (found !== undefined) marked.add(found)
  }
  return all.map((o, at) => (marked.has(at) ? { ...o, forged: true as const } : o))
}

const lookOf = ({ flags, seq, len }: Pick<Injected, 'flags' | 'seq' | 'len'>): string => `${flags} ${seq} ${len}`

const isLike = (o: Observation, f: Injected, { client, server }: Connection): boolean => {
  const [from, to] = o.from === 'client' ? [client, server] : [server, client]
  return (
    f.source === from.port &&
    f.destination === to.port &&
    (f.from ?? from.address) === from.address &&
    (f.to ?? to.address) === to.address &&
    (f.ack === undefined || o.ack === undefined || f.ack === o.ack) &&
    o.time !== undefined &&
    Math.abs(o.time - f.time) <= LATE
  )
}
