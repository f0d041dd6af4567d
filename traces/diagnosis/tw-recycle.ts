/**
 * tcp_tw_recycle (Linux up to 4.11) drops the SYNs of an address whose timestamps go back: behind a NAT several hosts share
 * the address, and their clocks differ. linux: tcp_conn_request, tcp_peer_is_proven
 */
import { before, distance, type Seq } from '../../model/index.ts'
import type { Cause } from './diagnosis.ts'
import type { Stamped } from './siblings.ts'
import type { Talk } from './talk.ts'

/** Seconds that the last timestamp of an address is remembered. linux: TCP_PAWS_MSL */
const REMEMBERED = 60

/** The likeliest cause where every SYN is older, by its timestamp, than what the server has just had from the same address. */
export const recycled = (talk: Talk, queueMayBeFull: boolean): Cause[] => {
  const { said } = talk
  const [syn] = said
  if (syn?.time === undefined || said.some(({ clock }) => clock === undefined)) return []
  const answered = answeredSyns(talk)
  const newest = answered.findLast(({ time }) => time! < syn.time! && syn.time! - time! < REMEMBERED)
  if (newest === undefined || !said.every(({ clock }) => isBefore(clock!, newest.clock))) return []
  // The server answers SYNs that go back: it recycles nothing, or the clients draw their clocks anew for each connection.
  // linux: secure_tcp_ts_off
  if (answered.some(({ clock }, i) => i > 0 && isBefore(clock, answered[i - 1]!.clock))) return []
  const behind = Math.abs(distance(syn.clock as Seq, newest.clock as Seq))
  return [
    {
      words: `tcp_tw_recycle of the server (Linux up to 4.11) takes the SYNs for old: their timestamps lie ${behind} behind packet ${newest.packet} of the same address, as those of another host behind the same NAT do`,
      is: 'tw-recycle-drop',
      cost: queueMayBeFull ? 3 : 0,
      counted: { counter: 'PAWSPassive', times: said.length },
      needs: { tcp_tw_recycle: 1 },
    },
  ]
}

const isBefore = (a: number, b: number): boolean => before(a as Seq, b as Seq)

/** SYNs of the same address that the server has answered, in order of time. */
const answeredSyns = ({ siblings, connection }: Talk): Stamped[] => {
  const found: Stamped[] = []
  siblings.forEachAnswered(({ client, stamped, admitted }) => {
    if (client === connection.client.address && admitted !== undefined && stamped?.time !== undefined)
      found.push(stamped)
  })
  return found.sort((a, b) => a.time! - b.time!)
}
