/** Everything that was recorded besides the capture, as far as it tells of a connection. */
import { type Capture, type Connection, hasFlag, type Packet, type ScriptFacts, sameEndpoint } from '../capture.ts'
import type { HostSettings } from '../readers/settings.ts'
import type { AboutEnd } from '../replay/end.ts'
import type { AboutConnection } from '../replay/options.ts'
import type { StateEvidence } from '../replay/state-evidence.ts'
import type { CounterValues } from './counters.ts'
import type { OtherTap } from './otherTap.ts'
import { type DatedListing, seenAs } from './seenAs.ts'

export interface HostEvidence {
  readonly sockets?: DatedListing
  /** Of the server's host: what was counted between two readings, or since boot. */
  readonly counters?: { readonly values: CounterValues; readonly are?: 'since boot' | 'between' }
  /** Of the server's host. */
  readonly settings?: HostSettings
  /** The other end's capture. */
  readonly other?: OtherTap
}

export interface AboutWithNotes {
  readonly about: AboutConnection
  readonly notes: readonly string[]
}

export const aboutConnection = (e: HostEvidence, c: Connection, capture: Capture): AboutWithNotes => {
  const seen = e.sockets && seenAs(e.sockets, c, capture)
  const beyond = e.other?.beyond(c)
  const { script } = capture
  const end = (side: 'client' | 'server'): AboutEnd => {
    const known = [...(script?.local === side ? toldBy(script, c) : []), ...(seen?.[side] ?? [])]
    const sysctls = {
      ...(script?.local === side ? script.sysctls : {}),
      ...(side === 'server' ? e.settings?.sysctls : {}),
    }
    return { ...(known.length > 0 && { known }), ...(Object.keys(sysctls).length > 0 && { sysctls }) }
  }
  return {
    about: {
      client: end('client'),
      server: { ...end('server'), ...(e.counters?.values.ListenOverflows === 0 && { neverFull: true as const }) },
      ...(beyond && { beyond }),
    },
    notes: seen?.notes ?? [],
  }
}

/** What the calls of a script returned, while there was but one connection to return it of. */
const toldBy = ({ calls }: ScriptFacts, { packets }: Connection): StateEvidence[] => {
  const second = packets.findIndex((p, i) => hasFlag(p, 'S') && isAnother(p, packets, i))
  const until = second < 0 ? packets.length : second
  return calls.flatMap(({ after, states, words, line }) =>
    states === undefined || after > until ? [] : [{ after: [after, after], states, words: `line ${line}: ${words}` }],
  )
}

/** A SYN of another number than the first of its sender. */
const isAnother = (p: Packet, packets: readonly Packet[], i: number): boolean =>
  packets.slice(0, i).some((q) => hasFlag(q, 'S') && sameEndpoint(q.source, p.source) && q.sequence !== p.sequence)
