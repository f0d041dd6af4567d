/** A SYN+ACK in two packets, an ACK and a SYN of the same number: three-way is only the shorter way. RFC 9293 §3.5 */
import { add } from '../../../model/index.ts'
import type { Observation } from '../packets/observation.ts'

/** For the server's end: its SYN stands for both; absent if the handshake is not split. */
export const joinedSynAck = (observations: readonly Observation[]): Observation[] | undefined => {
  const syn = observations.find((o) => o.from === 'client' && o.flags === 'S')
  const own = observations.filter((o) => o.from === 'server')
  const at = own.findIndex((o) => o.flags === 'S')
  const [ack, second] = [own[at - 1], own[at]]
  if (syn?.seq === undefined || ack === undefined || second === undefined || own[at - 2] !== undefined) return undefined
  if (ack.flags !== '.' || ack.len > 0 || ack.ack !== add(syn.seq, 1)) return undefined
  if (ack.seq !== undefined && ack.seq !== second.seq) return undefined // tcpdump prints none of a pure ACK
  const joined = { flags: 'S.', ack: ack.ack } as const
  return observations.map((o) => {
    if (o === ack) return { ...o, forged: true }
    return o === second ? { ...o, ...joined, segment: { ...o.segment, ...joined } } : o
  })
}
