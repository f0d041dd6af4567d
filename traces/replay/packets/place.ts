/** Where and until when a capture was taken, judged from all of its connections. */
import type { Capture, Connection } from '../../capture.ts'
import { endOf } from '../../readers/connections.ts'
import { type Tap, tapOfAll } from './tap.ts'

export interface Place {
  /** The time of the last packet, seconds. */
  readonly until: number
  /** Where it was taken, as seen by the connections to this address. */
  readonly tapAt: (server: string) => Tap
}

/** How many handshakes are looked at. */
const ENOUGH = 64

/** @param told where the capture was taken, if that is known */
export const placeOf = ({ connections }: Pick<Capture, 'connections'>, told?: Tap): Place => {
  const taps = new Map<string, Tap>()
  let byAddress: Map<string, Connection[]> | undefined
  return {
    until: endOf(connections),
    tapAt: (address) => {
      const known = told ?? taps.get(address)
      if (known !== undefined) return known
      byAddress ??= firstByAddress(connections)
      const tap = tapOfAll(byAddress.get(address) ?? [])
      taps.set(address, tap)
      return tap
    },
  }
}

/** Of each server the first connections. */
const firstByAddress = (connections: readonly Connection[]): Map<string, Connection[]> => {
  const all = new Map<string, Connection[]>()
  for (const c of connections) {
    const known = all.get(c.server.address)
    if (known === undefined) all.set(c.server.address, [c])
    else if (known.length < ENOUGH) known.push(c)
  }
  return all
}
