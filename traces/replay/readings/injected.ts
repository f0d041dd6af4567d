/** Packets that no stack sent: they arrive, but neither end has to account for them. */
import type { Seq } from '../../../model/index.ts'
import type { Connection } from '../../capture.ts'
import type { Observation } from '../packets/observation.ts'
import { assuming, type Captured, type Reading } from './reading.ts'

export interface Forged {
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
  readonly len: number
}

/** Seconds between putting it on the wire and capturing it, at most. */
const LATE = 0.5

export const markInjected = (r: Reading, { connection, options }: Captured): Reading => {
  const packets = markForged(connection, r.packets, options.forged ?? [])
  const injected = packets.filter(({ forged }) => forged).map(({ packet }) => packet)
  if (injected.length === 0) return r
  const words = 'these packets were injected: neither end has to account for them'
  return assuming(r, { packets }, { id: 'injected', packets: injected, ceiling: 'conforms', words })
}

/** Marks the packets that were forged, each once: the first that looks like it. */
const markForged = (c: Connection, all: readonly Observation[], forged: readonly Forged[]): readonly Observation[] => {
  const ports = new Set([c.client.port, c.server.port])
  const left = new Set(forged.filter((f) => ports.has(f.source) && ports.has(f.destination)))
  if (left.size === 0) return all
  return all.map((o) => {
    const [from, to] = o.from === 'client' ? [c.client, c.server] : [c.server, c.client]
    const found = [...left].find(
      (f) =>
        f.source === from.port &&
        f.destination === to.port &&
        (f.from ?? from.address) === from.address &&
        (f.to ?? to.address) === to.address &&
        f.flags === o.flags &&
        f.seq === o.seq &&
        f.len === o.len &&
        o.time !== undefined &&
        Math.abs(o.time - f.time) <= LATE,
    )
    if (found === undefined) return o
    left.delete(found)
    return { ...o, forged: true as const }
  })
}
