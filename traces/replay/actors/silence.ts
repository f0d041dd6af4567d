/** What may happen to a socket without a packet of it being seen. */
import {
  close,
  closed,
  distance,
  finSent,
  fire,
  isTcb,
  type Reaction,
  recv,
  type Socket,
  type Stack,
  shutdown,
  writeAndClose,
} from '../../../model/index.ts'
import { counting, type Move, type Rest } from './hypothesis.ts'

export const silentSocket = (socket: Socket, stack: Stack, side: string, rest: Rest): Move<Socket>[] => [
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

/** A timer that ends something without a word (one invention), or a retransmission that is lost before the tap (two). */
const silentTimer = (socket: Socket, stack: Stack, side: string): Move<Socket>[] => {
  const r = fire(socket, stack)
  if (r.to === socket) return []
  const what =
    socket.state === 'SYN_SENT' ? 'its SYN' : socket.state === 'TIME_WAIT' ? socket.substate : 'its data or FIN'
  return r.send.length > 0
    ? [{ ...unseen(r), cost: 2, astray: 2, invents: `the ${side} retransmits ${what}, which is lost before the tap` }]
    : [{ ...unseen(r), cost: 1, invents: `the ${side} gives up on ${what}` }]
}

/**
 * close() that the tap cannot see (yet): it sends nothing, or its FIN is lost or late, and no new text comes after it. It was
 * shutdown() if the end takes text later.
 */
const silentClose = (socket: Socket, stack: Stack, side: string, rest: Rest): Move<Socket>[] => {
  if (rest === 'talks' || typeof rest === 'number') return []
  const r = rest === 'closes and listens' ? shutdown(socket, stack) : close(recv(socket)?.to ?? socket, stack)
  if (r === undefined) return []
  if (r.send.length === 0) return [{ ...unseen(r), cost: 1, invents: `the ${side} closes its socket` }]
  const closes = `the ${side} closes its socket, and its FIN is`
  if (rest === 'held back' && hasTextOut(socket))
    return [{ ...unseen(r), cost: 2, invents: `${closes} held back, or lost before the tap` }]
  return rest === 'silent' || rest === 'held back'
    ? [{ ...unseen(r), cost: 2, astray: 2, invents: `${closes} lost before the tap` }]
    : [{ ...unseen(r), send: r.send, cost: 1, invents: `${closes} late at the tap, or lost and repeated` }]
}

/** All that it has still to say goes out before the tap sees any of it: what comes there is a repetition. */
const silentLastText = (socket: Socket, stack: Stack, side: string, rest: Rest): Move<Socket>[] => {
  const read = recv(socket)?.to ?? socket
  if (typeof rest !== 'number' || !isTcb(read)) return []
  const bytes = distance(read.snd.nxt, rest)
  const r = bytes > 0 ? writeAndClose(read, bytes, stack) : undefined
  if (r === undefined || r.send.length === 0) return []
  const words = `the ${side} writes its last text and closes its socket, and both are lost before the tap`
  return [{ ...unseen(r), cost: 3, astray: 3, invents: words }]
}

/** The congestion window may let nothing more out. linux: tcp_write_xmit (tcp_cwnd_test) */
const hasTextOut = (socket: Socket): boolean => isTcb(socket) && socket.snd.una !== socket.snd.nxt

/** It is gone without a packet: retransmissions or probes that the tap did not see, or fewer of them than by default. */
const silentDeath = (socket: Socket, stack: Stack, side: string, rest: Rest): Move<Socket>[] => {
  if (rest !== 'silent' && rest !== 'held back') return []
  const last = givesUp(socket, stack)
  const dies = { to: closed('timed out'), send: [], cost: 2, ...counting(last?.count) }
  const speaks = last === undefined && isTcb(socket) && !finSent(socket) // who neither repeats nor has closed dies with a RST
  const aborts = speaks ? { astray: 2 } : {}
  if (isTcb(socket)) return [{ ...dies, ...aborts, invents: `the ${side} gives up its socket, or aborts it unseen` }]
  return last ? [{ ...dies, invents: `the ${side} gives up on its SYN (tcp_syn_retries, or TCP_SYNCNT)` }] : []
}

/** The timer fires once more than there is patience for. */
const givesUp = (socket: Socket, stack: Stack): Reaction<Socket> | undefined =>
  (isTcb(socket) || socket.state === 'SYN_SENT') && socket.rtx !== undefined
    ? fire({ ...socket, rtx: { ...socket.rtx, n: Number.MAX_SAFE_INTEGER } }, stack)
    : undefined
