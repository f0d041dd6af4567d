/** Connections that never came to be. */

import { cheapestEnd, runThrough } from '../replay/beliefs.ts'
import type { Replayed } from '../replay/connection.ts'
import { type Diagnosis, judged } from './diagnosis.ts'

/** A third ACK answered by RST: tcp_abort_on_overflow, or a listener that went away meanwhile. */
export const abortOnOverflow = (r: Replayed): Diagnosis[] => {
  if (r.connection.verdict !== 'conforms') return []
  const s = r.server!.surviving
  const aborts = runThrough(s, cheapestEnd(s)).find(({ edge }) => edge?.invents?.includes('tcp_abort_on_overflow'))
  const reset = r.observations.find((o) => o.from === 'server' && o.flags === 'R')
  if (aborts === undefined || reset === undefined) return []
  return [
    {
      id: 'abort-on-overflow',
      words: `packet ${reset.packet} resets a handshake that the client had completed`,
      ...judged([
        { words: 'the accept queue is full and tcp_abort_on_overflow is 1', cost: s.cheapest },
        { words: 'the listener was closed before the third ACK came', cost: s.cheapest + 1 },
      ]),
      packets: [reset.packet],
      decides:
        'EmbryonicRsts and ListenOverflows on the server: both grow by one with this packet; `sysctl net.ipv4.tcp_abort_on_overflow`',
    },
  ]
}

/** SYNs and nothing else. */
export const synUnanswered = (r: Replayed): Diagnosis[] => {
  const o = r.observations
  if (o.length === 0 || !o.every((x) => x.from === 'client' && x.flags === 'S')) return []
  return [
    {
      id: 'SYN-unanswered',
      words: `${o.length} SYN${o.length > 1 ? 's' : ''}, and no answer`,
      ...judged([
        { words: 'the accept queue of the server is full', cost: 1 },
        { words: 'the SYN queue is full and syncookies are off', cost: 1 },
        { words: 'the SYNs or the answers are lost or filtered on the way', cost: 1 },
      ]),
      packets: o.map((x) => x.packet),
      decides: 'on the server ListenOverflows (accept queue), TCPReqQFullDrop (SYN queue), or neither (the path)',
    },
  ]
}

/** SYN answered by RST. */
export const refused = (r: Replayed): Diagnosis[] => {
  const [first, second] = r.observations
  if (first?.flags !== 'S' || second?.from !== 'server' || second.flags !== 'R.') return []
  return [
    {
      id: 'refused',
      words: `packet ${second.packet} refuses the connection`,
      ...judged([{ words: 'nobody listens on this port', cost: 1 }]),
      packets: [first.packet, second.packet],
    },
  ]
}
