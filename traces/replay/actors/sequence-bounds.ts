/** What the sequence numbers of a socket allow it to send. */
import { add, before, distance, isTcb, isTimeWait, type Seq, type Socket } from '../../../model/index.ts'
import type { SequenceBounds } from './hypothesis.ts'

/** The sequence numbers that bound what a socket may send from now on. */
export const sequenceBoundsOf = (socket: Socket): SequenceBounds | undefined => {
  if (isTcb(socket)) {
    const { snd, rcv } = socket
    return { sndUna: snd.una, sndNxt: snd.nxt, rcvNxt: rcv.nxt, held: rcv.held }
  }
  if (!isTimeWait(socket)) return undefined
  return { sndUna: socket.sndNxt, sndNxt: socket.sndNxt, rcvNxt: socket.rcvNxt, held: [] }
}

/** As if all that it has sent before a number had been acknowledged. */
export const acknowledgedUpTo = (socket: Socket, from: Seq): Socket =>
  isTcb(socket) && before(socket.snd.una, from) ? { ...socket, snd: { ...socket.snd, una: from } } : socket

/** How far the last ACK lies behind RCV.NXT at most, in numbers of the search: a kernel delays no more. */
const LONGEST_DELAY = 64
/** After so much acknowledged text, in numbers of the search, no ACK from before it is under way any more. */
const LONG_ACKNOWLEDGED = 64

/** Without lengths that no rule reads: how many bytes are unread, beyond one; how long ago the connection began. */
export const withoutLengths = (socket: Socket): Socket => {
  if (!isTcb(socket)) return socket
  const { rcv, snd, ackPending } = socket
  const isLong = ackPending !== undefined && distance(ackPending, rcv.nxt) > LONGEST_DELAY
  const isOld = snd.first !== undefined && distance(snd.first, snd.una) > LONG_ACKNOWLEDGED
  if (rcv.unread <= 1 && !isLong && !isOld) return socket
  return {
    ...socket,
    snd: isOld ? { una: snd.una, nxt: snd.nxt, end: snd.end, fin: snd.fin } : snd,
    rcv: { ...rcv, unread: Math.min(1, rcv.unread) },
    ...(isLong && { ackPending: add(rcv.nxt, -LONGEST_DELAY) }),
  }
}
