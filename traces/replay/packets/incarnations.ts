/** The incarnations of a connection in one capture: each SYN of the client with a number of its own begins one. RFC 9293 §3.4.2 */
import { add, type Seq } from '../../../model/index.ts'
import type { Observation } from './observation.ts'

export interface Incarnations {
  /** How many the client has begun by the packet of that index, as far as the capture shows. */
  begun(index: number): number
  /** Which one the end of that packet was in when it sent it, from 1; undefined where the capture does not show that one begin. */
  of(index: number): number | undefined
  /** The first packet with the same header. */
  copied(index: number): Copied | undefined
}

export interface Copied {
  readonly index: number
  /** Its end has opened anew since: it does not repeat what an earlier incarnation said. */
  readonly isOver: boolean
}

interface Shown {
  readonly begun: number
  readonly of?: number
  readonly copied?: Copied
}

export const incarnationsOf = (observed: readonly Observation[]): Incarnations => {
  const isns: Seq[] = []
  const first = new Map<string, { readonly index: number; readonly isn: Seq | undefined }>()
  const latest: Partial<Record<Observation['from'], { readonly isn: Seq; readonly of?: number }>> = {}
  const shown = observed.map((o, index): Shown => {
    const header = headerOf(o)
    const known = header === undefined ? undefined : first.get(header)
    if (known === undefined && o.flags.includes('S') && o.seq !== undefined) {
      if (o.from === 'client') isns.push(o.seq)
      const begins = isns.findLastIndex((isn) => (o.from === 'client' ? isn === o.seq : add(isn, 1) === o.ack))
      latest[o.from] = { isn: o.seq, ...(begins >= 0 && { of: begins + 1 }) }
    }
    const { isn, of } = latest[o.from] ?? {}
    if (known === undefined && header !== undefined) first.set(header, { index, isn })
    const copied = known && { index: known.index, isOver: isn !== undefined && known.isn !== isn }
    return { begun: isns.length, ...(of !== undefined && { of }), ...(copied && { copied }) }
  })
  return {
    begun: (index) => shown[index]!.begun,
    of: (index) => shown[index]!.of,
    copied: (index) => shown[index]!.copied,
  }
}

/** All that tells a segment from others; a RST answers what came, whatever that was. RFC 9293 §3.10.7.1 */
const headerOf = ({ from, flags, seq, ack, len, clock }: Observation): string | undefined =>
  flags.includes('R') || seq === undefined ? undefined : [from, flags, seq, ack, len, clock].join(' ')
