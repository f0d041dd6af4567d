/** The readings of a host from files that it printed. */
import {
  type HostReading,
  type HostReadings,
  openCounters,
  openSockets,
  openText,
  settingsIn,
} from '../../traces/index.ts'
import { UsageError } from '../error.ts'

export interface HostFiles {
  /** One, or an earlier and a later one. */
  readonly sockets?: readonly string[]
  readonly counters?: readonly string[]
  readonly sysctl?: string
  /** Seconds between them, if it was told. */
  readonly seconds?: number
}

/** @throws ReadError, UsageError without a listing of sockets */
export const readingsOfFiles = ({ sockets = [], counters = [], sysctl, seconds }: HostFiles): HostReadings => {
  const [first, second] = sockets
  if (first === undefined || sockets.length > 2 || counters.length > 2) {
    const cause = first === undefined ? 'no listing of sockets is given' : 'more than two files are given'
    throw new UsageError({
      code: 'E_VALUE',
      place: 'host',
      cause,
      remedy: 'give --sockets BEFORE,AFTER or one: ss -tanp',
    })
  }
  const counted = counters.map(openCounters)
  // A listing alone stands for both moments where only the counters were read twice.
  const two = second !== undefined || counted.length === 2
  const reading = (file: string, i: 0 | 1): HostReading => ({
    sockets: openSockets(file),
    ...(counted[i] && { counters: counted[i] }),
    ...(seconds !== undefined && { at: i * seconds }),
  })
  return {
    now: reading(second ?? first, counted.length === 2 || second !== undefined ? 1 : 0),
    ...(two && {
      before: second === undefined ? { ...reading(first, 0), sockets: emptied(first) } : reading(first, 0),
    }),
    ...(sysctl !== undefined && { settings: settingsIn(openText(sysctl)) }),
  }
}

/** Nothing is known of the sockets at that moment. */
const emptied = (file: string): HostReading['sockets'] => ({ ...openSockets(file), rows: [] })
