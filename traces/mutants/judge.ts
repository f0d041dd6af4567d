/** What the replay says of each mutant. */
import { type Capture, type Connection, endpointText, type Packet } from '../capture.ts'
import type { ReplayedConnection } from '../replay/index.ts'
import { replayConnection } from '../replay/index.ts'
import type { Forged } from '../replay/readings/injected.ts'
import { lackOf } from './lacks.ts'
import type { Mutant, MutantClass } from './mutation.ts'
import { mutators } from './mutators.ts'

export interface MutantRow {
  readonly capture: string
  readonly connection: string
  /** 0 where nothing was spoilt. */
  readonly packet: number
  readonly mutation: string
  readonly class: MutantClass
  readonly verdict: 'accepted' | 'rejected' | 'inconclusive'
  /** Where and why it was not accepted. */
  readonly reason?: string
  /** Whether the verdict is one that the class allows. */
  readonly ok: boolean
}

export interface MutantOptions {
  /** Mutants per connection, spread evenly over its packets; all if absent. */
  readonly most?: number
  /** Connections per capture, spread evenly; all if absent. */
  readonly connections?: number
}

/**
 * Every connection unspoilt, and every mutant of those that conform; the others tell nothing, nor do those into which the
 * experiment itself put packets.
 * @param forged packets that the experiment put on the wire
 */
export function* judgeMutants(
  capture: Capture,
  options: MutantOptions = {},
  forged: readonly Forged[] = [],
): Generator<MutantRow> {
  const recording = { name: nameOf(capture), dropped: capture.dropped ?? 0 }
  for (const connection of spread(capture.connections, options.connections)) {
    const of: Recorded = { ...recording, connection, lacks: lackOf(capture, connection) !== undefined }
    const base = replayConnection(connection, CANDIDATES, { forged, dropped: of.dropped }).connection
    yield unspoilt(of, base)
    if (base.verdict !== 'conforms' || base.forged.length > 0) continue
    const all = connection.packets.flatMap((_, at) =>
      mutators.flatMap((mutate) => mutate(connection, connection.packets, at) ?? []),
    )
    for (const mutant of spread(all, options.most)) yield judge(of, mutant)
  }
}

interface Recorded {
  readonly name: string
  readonly connection: Connection
  /** Packets that the capture says it dropped. */
  readonly dropped: number
  /** It does not show all, or something else put packets into it: what must come of it is left open. */
  readonly lacks: boolean
}

/** `05-ghost/capture.pcap`: recorded runs differ by their folder. */
const nameOf = ({ file }: Capture): string => file.split(/[\\/]/).slice(-2).join('/')

const CANDIDATES = { client: ['linux-6.18'], server: ['linux-6.18'] } as const

const VERDICTS = { conforms: 'accepted', diverges: 'rejected', inconclusive: 'inconclusive' } as const

const unspoilt = ({ name, connection, lacks }: Recorded, base: ReplayedConnection): MutantRow => ({
  capture: name,
  connection: ends(connection),
  packet: 0,
  mutation: 'nothing',
  class: lacks ? 'left open' : 'must accept',
  verdict: VERDICTS[base.verdict],
  ...reasonOf(base),
  ok: lacks ? base.verdict !== 'diverges' : base.verdict === 'conforms',
})

const ends = ({ client, server }: Connection): string => `${endpointText(client)} > ${endpointText(server)}`

const reasonOf = ({ divergence, reason }: ReplayedConnection): { readonly reason?: string } => {
  const words = divergence ? `${divergence.packet}: ${divergence.reason}` : reason
  return words === undefined ? {} : { reason: words }
}

const judge = ({ name, connection, dropped, lacks }: Recorded, mutant: Mutant): MutantRow => {
  const spoilt = { ...connection, packets: numbered(mutant.packets) }
  const replayed = replayConnection(spoilt, CANDIDATES, { dropped }).connection
  const first = mutant.packets.findIndex((p, i) => p !== connection.packets[i])
  const isSuspected = replayed.suspected?.includes(first + 1) ?? false
  const found = isSuspected ? 'rejected' : VERDICTS[replayed.verdict]
  const isInPlace = replayed.divergence !== undefined && replayed.divergence.packet > first
  return {
    capture: name,
    connection: ends(connection),
    packet: mutant.packet,
    mutation: mutant.mutation,
    class: lacks ? 'left open' : mutant.class,
    verdict: found,
    ...reasonOf(replayed),
    ok: isRight(mutant.class, found, lacks, isInPlace),
  }
}

/** What is left open may be called anything, but that what must be accepted of a whole capture is not rejected of another. */
const isRight = (kind: MutantClass, found: MutantRow['verdict'], lacks: boolean, isInPlace: boolean): boolean => {
  if (kind === 'must accept') return lacks ? found !== 'rejected' : found === 'accepted'
  return kind === 'either' || lacks || (found === 'rejected' && isInPlace)
}

/** Numbers the packets anew from 1, as a file of them alone would. */
const numbered = (packets: readonly Packet[]): Packet[] => packets.map((p, i) => ({ ...p, number: i + 1 }))

const spread = <T>(all: readonly T[], most = all.length): T[] =>
  all.filter((_, i) => Math.floor((i * most) / all.length) !== Math.floor(((i - 1) * most) / all.length) || i === 0)
