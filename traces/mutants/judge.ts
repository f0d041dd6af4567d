/** What the replay says of each mutant. */
import { type Capture, type Connection, endpointText, type Packet } from '../capture.ts'
import { replayConnection } from '../replay/connection.ts'
import type { Mutant, MutantClass } from './mutation.ts'
import { mutators } from './mutators.ts'

export interface MutantRow {
  readonly capture: string
  readonly connection: string
  readonly packet: number
  readonly mutation: string
  readonly class: MutantClass
  readonly verdict: 'accepted' | 'rejected' | 'inconclusive'
  /** Where and why it was rejected. */
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

/** Every mutant of every connection that conforms unspoilt; the others tell nothing. */
export function* judgeMutants(capture: Capture, options: MutantOptions = {}): Generator<MutantRow> {
  for (const connection of spread(capture.connections, options.connections)) {
    const base = replayConnection(connection, { client: ['linux-6.18'], server: ['linux-6.18'] }).connection
    if (base.verdict !== 'conforms') continue
    const all = connection.packets.flatMap((_, at) =>
      mutators.flatMap((mutate) => mutate(connection, connection.packets, at) ?? []),
    )
    for (const mutant of spread(all, options.most)) yield judge(nameOf(capture), connection, mutant)
  }
}

/** `05-ghost/capture.pcap`: recorded runs differ by their folder. */
const nameOf = ({ file }: Capture): string => file.split(/[\\/]/).slice(-2).join('/')

const judge = (capture: string, connection: Connection, mutant: Mutant): MutantRow => {
  const spoilt = { ...connection, packets: numbered(mutant.packets) }
  const replayed = replayConnection(spoilt, { client: ['linux-6.18'], server: ['linux-6.18'] }).connection
  const { divergence } = replayed
  const verdict = { conforms: 'accepted', diverges: 'rejected', inconclusive: 'inconclusive' } as const
  const found = verdict[replayed.verdict]
  const first = mutant.packets.findIndex((p, i) => p !== connection.packets[i])
  const inPlace = divergence !== undefined && divergence.packet > first
  return {
    capture,
    connection: `${endpointText(connection.client)} > ${endpointText(connection.server)}`,
    packet: mutant.packet,
    mutation: mutant.mutation,
    class: mutant.class,
    verdict: found,
    ...(divergence ? { reason: `${divergence.packet}: ${divergence.reason}` } : {}),
    ok:
      mutant.class === 'either' ||
      (mutant.class === 'must accept' ? found === 'accepted' : found === 'rejected' && inPlace),
  }
}

/** Numbers the packets anew from 1, as a file of them alone would. */
const numbered = (packets: readonly Packet[]): Packet[] => packets.map((p, i) => ({ ...p, number: i + 1 }))

const spread = <T>(all: readonly T[], most = all.length): T[] =>
  all.filter((_, i) => Math.floor((i * most) / all.length) !== Math.floor(((i - 1) * most) / all.length) || i === 0)
