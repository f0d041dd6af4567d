/** Where and until when a capture was taken: what its connections tell together. */
import type { Capture, Connection } from '../../capture.ts'
import { type Tap, tapOfAll } from './tap.ts'

export interface Place {
  /** The time of the last packet, seconds. */
  readonly until: number
  /** Where it was taken, as seen by the connections to this address. */
  readonly tapAt: (server: string) => Tap
}

/** Handshakes enough to tell where a capture was taken. */
const ENOUGH = 64

/** @param told where it was taken, if it is known */
export const placeOf = ({ connections, until }: Pick<Capture, 'connections' | 'until'>, told?: Tap): Place => {
  const taps = new Map<string, Tap>()
  return {
    until: until ?? connections.reduce(lastTime, Number.NEGATIVE_INFINITY),
    tapAt: (address) => {
      const known = told ?? taps.get(address)
      if (known !== undefined) return known
      const tap = tapOfAll(connections.filter(({ server }) => server.address === address).slice(0, ENOUGH))
      taps.set(address, tap)
      return tap
    },
  }
}

const lastTime = (last: number, { packets }: Connection): number => Math.max(last, packets.at(-1)?.time ?? last)
