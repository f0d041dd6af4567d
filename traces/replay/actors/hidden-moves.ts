/** What may happen to a socket without a packet of it being seen. */
import {
  close,
  closed,
  distance,
  finSent,
  fire,
  giveUp,
  isTcb,
  type Reaction,
  recv,
  type Socket,
  type Stack,
  shutdown,
  type Tcb,
  writeAndClose,
} from '../../../model/index.ts'
import { inventing } from '../inventions.ts'
import type { Side } from '../packets/side.ts'
import { counting, type Move, type Rest } from './hypothesis.ts'

export const hiddenMovesOf = (socket: Socket, stack: Stack, side: Side, rest: Rest): Move<Socket>[] => [
  ...silentTimer(socket, stack, side),
  ...silentClose(socket, stack, side, rest),
  ...silentLastText(socket, stack, side, rest),
  ...silentDeath(socket, stack, side, rest),
]

/** What it sends is lost before the tap. */
const unseen = ({ to, count }: Reaction<Socket>): Pick<Move<Socket>, 'to' | 'send' | 'count'> => ({
  to,
  send: [],
  ...counting(count),
})

/** A timer that ends something and sends nothing (one invention), or a retransmission that is lost before the tap (two). */
const silentTimer = (socket: Socket, stack: Stack, side: Side): Move<Socket>[] => {
  const r = fire(socket, stack)
  if (r.to === socket) return []
  const what =
    socket.state === 'SYN_SENT' ? 'its SYN' : socket.state === 'TIME_WAIT' ? socket.substate : 'its data or FIN'
  return r.send.length > 0
    ? [{ ...unseen(r), ...inventing('retransmission-lost', { side, what }) }]
    : [{ ...unseen(r), ...inventing('gives-up', { side, what }) }]
}

/**
 * close() that the tap cannot see (yet): it sends nothing, or its FIN is lost or late, and no new text comes after it. It was
 * shutdown() if the end takes text later.
 */
const silentClose = (socket: Socket, stack: Stack, side: Side, rest: Rest): Move<Socket>[] => {
  if (rest === 'talks' || typeof rest === 'number') return []
  const r = rest === 'closes and listens' ? shutdown(socket, stack) : close(recv(socket)?.to ?? socket, stack)
  if (r === undefined) return []
  if (r.send.length === 0) return [{ ...unseen(r), ...inventing('closes', { side }) }]
  if (rest === 'held back' && hasTextOut(socket)) return [{ ...unseen(r), ...inventing('FIN-held-back', { side }) }]
  return rest === 'silent' || rest === 'held back'
    ? [{ ...unseen(r), ...inventing('FIN-lost', { side }) }]
    : [{ ...unseen(r), send: r.send, ...inventing('FIN-late', { side }) }]
}

/** The rest of its text and its FIN are sent before the tap sees any of it: what the tap sees is the retransmission. */
const silentLastText = (socket: Socket, stack: Stack, side: Side, rest: Rest): Move<Socket>[] => {
  const read = recv(socket)?.to ?? socket
  if (typeof rest !== 'number' || !isTcb(read)) return []
  const bytes = distance(read.snd.nxt, rest)
  const r = bytes > 0 ? writeAndClose(read, bytes, stack) : undefined
  if (r === undefined || r.send.length === 0) return []
  return [{ ...unseen(r), ...inventing('last-text-lost', { side }) }]
}

/** The congestion window may let nothing more out. linux: tcp_write_xmit (tcp_cwnd_test) */
const hasTextOut = (socket: Socket): boolean => isTcb(socket) && socket.snd.una !== socket.snd.nxt

/** The socket ends without a packet: after retransmissions or probes that the tap did not see, or fewer of them than by default. */
const silentDeath = (socket: Socket, stack: Stack, side: Side, rest: Rest): Move<Socket>[] => {
  if (rest !== 'silent' && rest !== 'held back') return []
  const last = giveUp(socket, stack)
  const dies = { to: closed('timed out'), send: [], ...counting(last?.count) }
  if (!isTcb(socket)) return last ? [{ ...dies, ...inventing('gives-up-SYN-early', { side }) }] : []
  const resets = last === undefined && !finSent(socket)
  const invents = inventing('gives-up-early', { side, resets })
  return [{ ...dies, ...invents }, ...silentAbort(socket, invents)]
}

/** close() with SO_LINGER 0 after shutdown(): in these states it sends no RST. linux: __tcp_close, tcp_need_reset */
const silentAbort = (socket: Tcb, invents: ReturnType<typeof inventing>): Move<Socket>[] =>
  socket.state === 'CLOSING' || socket.state === 'LAST_ACK'
    ? [{ to: closed('timed out'), send: [], ...counting(['TCPAbortOnData']), ...invents }]
    : []
