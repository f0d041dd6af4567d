/**
 * tcp_tw_recycle (Linux up to 4.11) drops the SYNs of an address whose timestamps go back: behind a NAT several hosts share
 * the address, and their clocks differ. linux: tcp_conn_request, tcp_peer_is_proven
 */
import { before, distance, type Seq } from '../../model/index.ts'
import { type Connection, fromClient, type Packet } from '../capture.ts'
import type { Cause } from './diagnosis.ts'
import type { Talk } from './talk.ts'

/** Seconds that the last timestamp of an address is remembered. linux: TCP_PAWS_MSL */
const REMEMBERED = 60

/** The likeliest cause where every SYN is older, by its timestamp, than what the server has just had from the same address. */
export const recycled = ({ said, connection, siblings }: Talk, queueMayBeFull: boolean): Cause[] => {
  const [syn] = said
  const own = syn?.options?.timestamp?.value
  if (syn?.time === undefined || own === undefined) return []
  const isBefore = (p: Packet): boolean => p.time !== undefined && p.time < syn.time! && syn.time! - p.time < REMEMBERED
  const newest = siblings
    .filter((c) => c.client.address === connection.client.address && c.client.port !== connection.client.port)
    .flatMap((c) => c.packets.filter((p) => isBefore(p) && p.source.port === c.client.port && p.options?.timestamp))
    .sort((a, b) => b.time! - a.time!)[0]
  const latest = newest?.options?.timestamp?.value
  if (newest === undefined || latest === undefined || !before(own as Seq, latest as Seq)) return []
  if (!said.every((s) => s.options?.timestamp && before(s.options.timestamp.value as Seq, latest as Seq))) return []
  if (answeredBackwards(siblings, connection)) return []
  const behind = distance(own as Seq, latest as Seq)
  return [
    {
      words: `tcp_tw_recycle of the server (Linux up to 4.11) takes the SYNs for old: their timestamps lie ${Math.abs(behind)} behind packet ${newest.number} of the same address, as those of another host behind the same NAT do`,
      is: 'tw-recycle-drop',
      cost: queueMayBeFull ? 3 : 0,
      counted: { counter: 'PAWSPassive', times: said.length },
      needs: { tcp_tw_recycle: 1 },
    },
  ]
}

/**
 * A SYN whose timestamp goes back, and which the server answers: either it recycles nothing, or the clients draw their
 * timestamps anew for each connection, and going back means nothing. linux: secure_tcp_ts_off
 */
const answeredBackwards = (siblings: readonly Connection[], { client }: Connection): boolean => {
  const answered = siblings
    .filter((c) => c.client.address === client.address && c.packets.some((p) => p.flags === 'S.'))
    .flatMap((c) => c.packets.find((p) => fromClient(c, p) && p.flags === 'S' && p.options?.timestamp) ?? [])
    .sort((a, b) => (a.time ?? 0) - (b.time ?? 0))
  return answered.some((p, i) => {
    const last = answered[i - 1]
    return last !== undefined && before(clockOf(p), clockOf(last))
  })
}

const clockOf = (p: Packet): Seq => p.options!.timestamp!.value as Seq
