/** What the sequence numbers of a socket allow it to send. */
import { add, before, distance, isTcb, isTimeWait, type Seq, type Socket } from '../../../model/index.ts'
import type { SequenceBounds } from './hypothesis.ts'

/** The sequence numbers that bound what a socket may send from now on. */
export const sequenceBoundsOf = (socket: Socket): SequenceBounds | undefined => {
  if (isTcb(socket)) {
    const { snd, rcv } = socket
    const { una: sndUna, nxt: sndNxt, first } = snd
    return { sndUna, sndNxt, rcvNxt: rcv.nxt, held: rcv.held, ...(first !== undefined && { oldestAck: first }) }
  }
  if (!isTimeWait(socket)) return undefined
  return { sndUna: socket.sndNxt, sndNxt: socket.sndNxt, rcvNxt: socket.rcvNxt, held: [] }
}

/** As if all that it has sent before a number had been acknowledged. */
export const acknowledgedUpTo = (socket: Socket, from: Seq): Socket =>
  isTcb(socket) && before(socket.snd.una, from) ? { ...socket, snd: { ...socket.snd, una: from } } : socket

/** As if its kernel did not remember from which number on ACKs count. */
export const withoutOldestAck = (socket: Socket): Socket => {
  if (!isTcb(socket) || socket.snd.first === undefined) return socket
  const { first: _, ...snd } = socket.snd
  return { ...socket, snd }
}

/** As if all that came before a number had been received, and what it holds beyond a gap began after that. */
export const receivedUpTo = (socket: Socket, from: Seq): Socket => {
  if (!isTcb(socket) || !before(socket.rcv.nxt, from)) return socket
  const { rcv, ackPending } = socket
  const beyond = add(from, GAP)
  const held = rcv.held.flatMap((h) =>
    before(beyond, h.to) ? [{ ...h, from: before(h.from, beyond) ? beyond : h.from }] : [],
  )
  return {
    ...socket,
    rcv: { ...rcv, nxt: from, held },
    ...(ackPending !== undefined && before(ackPending, from) && { ackPending: from }),
  }
}

/** What is missing stays missing. */
const GAP = 2

/** How far the last ACK lies behind RCV.NXT at most, in numbers of the search: a kernel delays no more. */
const LONGEST_DELAY = 64
/** Without lengths that no rule reads: how many bytes are unread, beyond one; how long an ACK has waited. */
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
