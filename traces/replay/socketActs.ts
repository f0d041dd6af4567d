/** What a socket may do of its own accord that could show as a packet: a call, a timer, or a repetition. */
import {
  abort,
  add,
  canRetransmit,
  close,
  currentAck,
  finSent,
  fire,
  fireDelayedAck,
  isTcb,
  probe,
  pureAck,
  type Reaction,
  react,
  recv,
  type Segment,
  type Socket,
  type Stack,
  send,
  shutdown,
  type Tcb,
  writeAndClose,
} from '../../model/index.ts'
import type { Move } from './hypothesis.ts'
import { type Observation, shows } from './observation.ts'

export const socketActs = (socket: Socket, o: Observation, stack: Stack): Move<Socket>[] => {
  if (o.flags.includes('R')) return free(abort(socket), close(socket, stack))
  if (o.flags.includes('S')) return free(fire(socket, stack))
  if (!isTcb(socket)) return []
  if (o.flags === 'F.') return [...free(...finishes(socket, o, stack)), ...repeats(socket, o, stack)]
  if (o.len > 0) return [...free(...writes(socket, o, stack)), ...repeats(socket, o, stack)]
  return o.flags === '.' ? acknowledges(socket) : []
}

const free = (...reactions: (Reaction<Socket> | undefined)[]): Move<Socket>[] =>
  reactions.flatMap((r) => (r === undefined ? [] : [{ to: r.to, send: r.send, cost: 0 }]))

/** shutdown() or close(), after reading what there was to read. */
const finishes = (t: Tcb, o: Observation, stack: Stack): (Reaction<Socket> | undefined)[] => {
  if (o.len > 0) return isNew(t, o) ? [writeAndClose(t, o.len, stack)] : []
  const read = recv(t)?.to ?? t
  return finSent(t) ? [] : [shutdown(t, stack), close(read, stack)]
}

const isNew = (t: Tcb, o: Observation): boolean => o.seq === t.snd.nxt

const writes = (t: Tcb, o: Observation, stack: Stack): (Reaction<Socket> | undefined)[] =>
  isNew(t, o) ? [send(t, o.len, stack)] : []

/** A retransmission: the timer's, which may cut what is unacknowledged as it likes, or the one probe for the tail. */
const repeats = (t: Tcb, o: Observation, stack: Stack): Move<Socket>[] => {
  if (o.seq === undefined || o.ack === undefined) return []
  const again: Segment = { flags: o.flags, seq: o.seq, ack: t.rcv.nxt, len: o.len }
  if (!canRetransmit(t, again)) return []
  const byTimer = fire(t, stack)
  const timed = byTimer.send.length > 0 ? [{ to: byTimer.to, send: [again], cost: 0 }] : []
  const tail = probe(t, stack)
  return tail && shows(o, tail.send[0]!) ? [...timed, { to: tail.to, send: tail.send, cost: 0 }] : timed
}

/** A pure ACK: a keepalive probe, the ACK that is due, or a window update, which any synchronized end may send. */
const acknowledges = (t: Tcb): Move<Socket>[] => {
  const due = fireDelayedAck(t)
  const update = react<Socket>(t, [currentAck(t)])
  const keepalive = pureAck(add(t.snd.una, -1), t.rcv.nxt) // linux: tcp_xmit_probe_skb
  return [
    { to: t, send: [keepalive], cost: 0 },
    { to: due.to, send: due.send, cost: 0 },
    { to: update.to, send: update.send, cost: 1, invents: 'an ACK of its own accord (a window update)' },
  ]
}

/** A timer that ends something without a word (one invention), or a retransmission that is lost before the tap (two). */
export const silentTimer = (socket: Socket, stack: Stack, side: string): Move<Socket>[] => {
  const r = fire(socket, stack)
  if (r.to === socket) return []
  const what =
    socket.state === 'SYN_SENT' ? 'its SYN' : socket.state === 'TIME_WAIT' ? socket.substate : 'its data or FIN'
  return r.send.length > 0
    ? [{ to: r.to, send: [], cost: 2, invents: `the ${side} retransmits ${what}, which is lost before the tap` }]
    : [{ to: r.to, send: [], cost: 1, invents: `the ${side} gives up on ${what}` }]
}

/** close() that sends nothing: in SYN_SENT, or after shutdown(). */
export const silentClose = (socket: Socket, stack: Stack, side: string): Move<Socket>[] => {
  const nothingToSay = socket.state === 'SYN_SENT' || (isTcb(socket) && socket.snd.fin && !socket.orphan)
  const r = nothingToSay ? close(socket, stack) : undefined
  return r && r.send.length === 0 ? [{ to: r.to, send: [], cost: 1, invents: `the ${side} closes its socket` }] : []
}
