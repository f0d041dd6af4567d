/** What the numbers of a socket allow it to say. */
import { add, distance, isTcb, isTimeWait, type Socket } from '../../../model/index.ts'
import type { Standing } from './hypothesis.ts'

/** The numbers that bound what a socket may say from now on. */
export const standingOf = (socket: Socket): Standing | undefined => {
  if (isTcb(socket)) {
    const { snd, rcv } = socket
    return { sndUna: snd.una, sndNxt: snd.nxt, rcvNxt: rcv.nxt, held: rcv.held }
  }
  if (!isTimeWait(socket)) return undefined
  return { sndUna: socket.sndNxt, sndNxt: socket.sndNxt, rcvNxt: socket.rcvNxt, held: [] }
}

/** So far behind what was received lies the last ACK at most, in numbers of the search: a kernel delays no more. */
const LONGEST_DELAY = 64

/** Rules ask only whether text waits to be read, not how much: one octet stands for any. */
export const withoutLengths = (socket: Socket): Socket => {
  if (!isTcb(socket)) return socket
  const { rcv, ackPending } = socket
  const isLong = ackPending !== undefined && distance(ackPending, rcv.nxt) > LONGEST_DELAY
  if (rcv.unread <= 1 && !isLong) return socket
  return {
    ...socket,
    rcv: { ...rcv, unread: Math.min(1, rcv.unread) },
    ...(isLong && { ackPending: add(rcv.nxt, -LONGEST_DELAY) }),
  }
}
