/** What the numbers of a socket allow it to say. */
import { isTcb, isTimeWait, type Socket } from '../../../model/index.ts'
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

/** Rules ask only whether text waits to be read, not how much: one octet stands for any. */
export const withoutLengths = (socket: Socket): Socket =>
  isTcb(socket) && socket.rcv.unread > 1 ? { ...socket, rcv: { ...socket.rcv, unread: 1 } } : socket
