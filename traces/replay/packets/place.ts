/** Where and until when a capture was taken, judged from all of its connections. */
import type { Capture } from '../../capture.ts'
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
  return {
    until: endOf(connections),
    tapAt: (address) => {
      const known = told ?? taps.get(address)
      if (known !== undefined) return known
      const tap = tapOfAll(connections.filter(({ server }) => server.address === address).slice(0, ENOUGH))
      taps.set(address, tap)
      return tap
    },
  }
}
