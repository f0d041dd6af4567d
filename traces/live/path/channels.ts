/** What is in flight in one direction: for each segment of the model the packet that a kernel has sent, or a stranger. */
import type { Channel, Segment } from '../../../model/index.ts'
import type { Sent } from '../wire.ts'

export interface InFlight {
  readonly segment: Segment
  readonly sent: Sent
  /** Neither host has sent it. */
  readonly forged?: true
}

export const isSame = (a: Segment, b: Segment): boolean =>
  a.flags === b.flags && a.seq === b.seq && a.len === b.len && a.ack === b.ack

/**
 * What the channel holds after a step, out of what it held and what was sent. `forge` makes a packet of what neither host has sent;
 * undefined where it cannot.
 */
export const carriedOn = (
  channel: Channel,
  held: readonly InFlight[],
  forge: (segment: Segment) => Sent | undefined,
): InFlight[] | undefined => {
  const pool = [...held]
  const after: InFlight[] = []
  for (const { segment } of channel) {
    const i = pool.findIndex((f) => isSame(f.segment, segment))
    const sent = i < 0 ? forge(segment) : undefined
    if (i >= 0) after.push(...pool.splice(i, 1))
    else if (sent) after.push({ segment, sent, forged: true })
    else return undefined
  }
  return after
}
