/** What a recording shows of the two hosts, in order. */
import { peerOf } from '../replay/packets/observation.ts'
import type { Call, HostName, Recording } from './folder.ts'
import type { Passage } from './passages.ts'

export type Moment =
  /** A packet left the host. */
  | { readonly at: number; readonly host: HostName; readonly shows: 'sent'; readonly passage: Passage }
  | { readonly at: number; readonly host: HostName; readonly shows: 'arrival'; readonly passage: Passage }
  /** A call was made; it may act from now on. */
  | { readonly at: number; readonly host: HostName; readonly shows: 'call'; readonly call: Call }
  /** A call has returned: what it does is done. */
  | { readonly at: number; readonly host: HostName; readonly shows: 'return'; readonly call: Call }

const ORDER = { arrival: 0, call: 1, sent: 2, return: 3 }

export const timelineOf = (recording: Recording, passages: readonly Passage[]): Moment[] => {
  const moments: Moment[] = []
  for (const call of recording.calls) {
    moments.push({ at: call.at, host: call.host, shows: 'call', call })
    moments.push({ at: call.until, host: call.host, shows: 'return', call })
  }
  for (const passage of passages) {
    if (!passage.forged) moments.push({ at: passage.sent, host: passage.from, shows: 'sent', passage })
    if (passage.arrived !== undefined)
      moments.push({ at: passage.arrived, host: peerOf(passage.from), shows: 'arrival', passage })
  }
  return moments.sort((a, b) => a.at - b.at || ORDER[a.shows] - ORDER[b.shows])
}
