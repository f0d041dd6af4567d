/** How long an end repeats what has no answer, and waits in FIN_WAIT2. linux: tcp_write_timeout, tcp_fin_time */
import { add, notAfter } from '../../model/index.ts'
import type { Observation, Side } from '../replay/packets/observation.ts'
import { between, lasts, ordinal, type Revealed, type Seen } from './setting.ts'

/** Seconds after the first retransmission until so many retries are over. linux: tcp_model_timeout */
const timeoutOf = (retries: number): number =>
  retries <= 9 ? (2 ** (retries + 1) - 1) * 0.2 : 204.6 + (retries - 9) * 120

const MOST = 40
const retriesThat = (fits: (timeout: number) => boolean): number[] =>
  Array.from({ length: MOST }, (_, n) => n).filter((n) => fits(timeoutOf(n)))

/** The last thing that an end repeats, with nothing heard of the other end since. */
const copiesAtEnd = (o: readonly Observation[], side: Side): Observation[] => {
  const heard = o.findLastIndex((x) => x.from !== side)
  const tail = o.slice(heard + 1)
  const last = tail.at(-1)
  if (last === undefined || /[SR]/.test(last.flags) || (last.len === 0 && last.flags !== 'F.')) return []
  return tail.filter((x) => x.seq === last.seq && x.len === last.len && x.flags === last.flags)
}

/** The time is what counts, not the number of copies; the first copy may be a probe for the tail. */
export const retries = ({ observations: o, tap, until }: Seen, side: Side): Revealed[] => {
  const copies = copiesAtEnd(o, side)
  const [first, again, second] = [copies[0], copies[1], copies[2]]
  const last = copies.at(-1)
  if (!first || !again || !second || !last || Number.isNaN(between(again, last))) return []
  const wait = Math.min(120, 2 * between(copies.at(-2)!, last))
  const silent = tap === side && until > last.time! + wait * 1.3 + 1
  const least = retriesThat((timeout) => timeout > between(second, last))[0]!
  const most = retriesThat((timeout) => timeout <= between(again, last) + wait * 1.15 + 0.3).at(-1)
  if (silent && (most === undefined || most < least)) return []
  const closing = last.flags.includes('F')
  return [
    {
      setting: closing ? 'tcp_orphan_retries' : 'tcp_retries2',
      least,
      ...(silent && { most: most! }),
      packets: copies.slice(1).map((x) => x.packet),
      because: `packet ${last.packet} is the ${ordinal(copies.length - 1)} repetition of packet ${first.packet}${silent ? ', and none follows' : ''}`,
      unless: closing ? 'it was shutdown() and no close(); 0 acts as 8' : 'TCP_USER_TIMEOUT is set',
    },
  ]
}

/** A FIN that is answered by RST: the socket, in FIN_WAIT2 since its FIN was acknowledged, is gone. */
export const finTimeout = ({ observations: o }: Seen, side: Side): Revealed[] => {
  const reset = o.find(
    (x, i) => x.from === side && x.flags === 'R' && i > 0 && o[i - 1]!.flags === 'F.' && o[i - 1]!.len === 0,
  )
  const fin = o.find((x) => x.from === side && x.flags.includes('F'))
  if (!reset || !fin || fin.seq === undefined) return []
  const end = add(fin.seq, fin.len + 1)
  const answered = o.find(
    (x) => x.from !== side && x.packet > fin.packet && x.ack !== undefined && notAfter(end, x.ack),
  )
  const late = o[o.indexOf(reset) - 1]!
  if (!answered || late === answered || late.from === side || answered.packet > late.packet) return []
  const seconds = between(answered, reset)
  if (!(seconds > 1) || lasts(seconds, 0)) return []
  return [
    {
      setting: 'tcp_fin_timeout',
      most: Math.ceil(seconds),
      packets: [fin.packet, answered.packet, late.packet, reset.packet],
      because: `packet ${reset.packet} knows nothing any more of the FIN_WAIT2 that packet ${answered.packet} began`,
      unless: 'TCP_LINGER2 is set',
    },
  ]
}
