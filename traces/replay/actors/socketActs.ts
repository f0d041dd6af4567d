/** What a socket may do of its own accord that could show as a packet: a call, a timer, or a repetition. */
import {
  abort,
  abortWithReset,
  add,
  andThen,
  before,
  canRetransmit,
  close,
  currentAck,
  distance,
  finSent,
  fire,
  fireDelayedAck,
  isTcb,
  lastAcknowledged,
  notAfter,
  probe,
  pureAck,
  type Reaction,
  react,
  recv,
  type Segment,
  type Seq,
  type Socket,
  type Stack,
  send,
  shutdown,
  type Tcb,
  writeAndClose,
  writeAndShutdown,
} from '../../../model/index.ts'
import { inventing } from '../inventions.ts'
import type { Observation } from '../packets/observation.ts'
import { counting, type Move } from './hypothesis.ts'

export const socketActs = (socket: Socket, o: Observation, stack: Stack): Move<Socket>[] => {
  if (!isTcb(socket)) {
    if (o.flags.includes('R')) return free(abort(socket), close(socket, stack))
    return o.flags.includes('S') ? free(fire(socket, stack)) : []
  }
  const moves = actsNow(socket, o, stack)
  if (!mayHaveLost(socket, o)) return moves
  const hidden = unseenUpTo(socket, before(o.seq!, socket.snd.nxt) ? endOf(o) : o.seq!, stack)
  return [...moves, ...hidden.flatMap((r) => (isTcb(r.to) ? after(r, actsNow(r.to, o, stack)) : []))]
}

/**
 * An ACK that tells of a gap, or of text that is here already, may go out later with others of its kind; undefined where
 * none is due. linux: __tcp_ack_snd_check (tcp_comp_sack_nr), GRO
 */
export const ackWithheld = (
  before: Socket,
  { to, send }: Pick<Reaction<Socket>, 'to' | 'send'>,
  of: Segment,
): Socket | undefined => {
  const [ack, ...more] = send
  if (ack === undefined || more.length > 0 || ack.flags !== '.' || ack.len > 0 || of.len === 0) return undefined
  return isTcb(to) ? { ...to, ackPending: lastAcknowledged(isTcb(before) ? before : to) } : undefined
}

const actsNow = (t: Tcb, o: Observation, stack: Stack): Move<Socket>[] => {
  if (o.flags.includes('R')) return free(abort(t), close(t, stack), abortWithReset(t, 'timed out', 'TCPAbortOnTimeout')) // linux: tcp_keepalive_timer
  if (o.flags.includes('S')) return free(fire(t, stack))
  if (o.flags === 'F.') return [...free(...finishes(t, o, stack)), ...repeats(t, o, stack)]
  if (o.probe) return [{ to: t, send: [{ ...keepaliveOf(t), len: 1 }], cost: 0 }, ...repeats(t, o, stack)]
  if (o.len > 0) return [...free(...writes(t, o, stack)), ...afterAll(t, o, stack), ...repeats(t, o, stack)]
  return o.flags === '.' ? acknowledges(t, o) : []
}

const free = (...reactions: (Reaction<Socket> | undefined)[]): Move<Socket>[] =>
  reactions.flatMap((r) => (r === undefined ? [] : [{ to: r.to, send: r.send, cost: 0, ...counting(r.count) }]))

/** The packet ends beyond all that the end has sent, and the capture allows that the tap has missed what lies between. */
const mayHaveLost = (t: Tcb, o: Observation): boolean =>
  o.seq !== undefined &&
  o.since !== undefined &&
  notAfter(o.since, t.snd.nxt) &&
  o.seq !== t.snd.nxt &&
  before(t.snd.nxt, endOf(o))

const endOf = (o: Observation): Seq => add(o.seq!, o.len + (o.flags.includes('F') ? 1 : 0))

/** Sends text, or text and a FIN, until `to` is the next number: lost before the tap, or still on its way there. */
const unseenUpTo = (t: Tcb, to: Seq, stack: Stack): Reaction<Socket>[] => {
  const open = withoutTimeout(t)
  const text = distance(t.snd.nxt, to)
  const written = send(open, text, stack)
  const shorter = text > 1 ? send(open, text - 1, stack) : react<Socket>(open)
  const finished = shorter && andThen(shorter, (s) => close(recv(s)?.to ?? s, stack) ?? react(s))
  return [written, finished].filter((r) => r !== undefined && isTcb(r.to) && r.to.snd.nxt === to) as Reaction<Socket>[]
}

const after = (r: Reaction<Socket>, moves: readonly Move<Socket>[]): Move<Socket>[] =>
  moves.map((m) => ({ ...m, send: [...r.send, ...m.send], ...counting([...r.count, ...(m.count ?? [])]) }))

/** A selective acknowledgment, or an ACK of a repetition, has opened the congestion window again. */
const withoutTimeout = (t: Tcb): Tcb => {
  const { afterTimeout: _, ...rest } = t
  return rest
}

/** New text although a timeout was never answered by an ACK of more: selective acknowledgments let it out. RFC 6675 §5 */
const afterAll = (t: Tcb, o: Observation, stack: Stack): Move<Socket>[] =>
  t.afterTimeout
    ? free(...writes(withoutTimeout(t), o, stack)).map((m) => ({ ...m, ...inventing('new-text-after-timeout') }))
    : []

/** shutdown() or close(), after reading what there was to read. */
const finishes = (t: Tcb, o: Observation, stack: Stack): (Reaction<Socket> | undefined)[] => {
  if (o.len > 0) return isNew(t, o) ? [writeAndShutdown(t, o.len, stack), writeAndClose(t, o.len, stack)] : []
  const read = recv(t)?.to ?? t
  return finSent(t) ? [] : [shutdown(t, stack), close(read, stack)]
}

const isNew = (t: Tcb, o: Observation): boolean => o.seq === t.snd.nxt

/** What the congestion window held back may be what probes for the tail. linux: tcp_send_loss_probe (push_one 2) */
const writes = (t: Tcb, o: Observation, stack: Stack): (Reaction<Socket> | undefined)[] => {
  const written = isNew(t, o) ? send(t, o.len, stack) : undefined
  const probed = o.paused && t.snd.una !== t.snd.nxt ? probe(t, stack) : undefined
  if (written === undefined || !probed || !isTcb(written.to)) return [written]
  return [written, { ...written, to: { ...written.to, probed: true }, count: [...written.count, 'TCPLossProbes'] }]
}

/**
 * A retransmission: what is unacknowledged, cut in any way, by the timer or because an ACK asked for it; or the one probe for
 * the tail.
 */
const repeats = (t: Tcb, o: Observation, stack: Stack): Move<Socket>[] => {
  if (o.seq === undefined || o.ack === undefined) return []
  const again: Segment = { flags: o.flags, seq: o.seq, ack: t.rcv.nxt, len: o.len }
  if (!canRetransmit(t, again)) return []
  const tail = isTail(t, again) ? probe(t, stack) : undefined
  if (tail && o.tailProbe && !o.answered) return free({ ...tail, send: [again] })
  const asked: Move<Socket>[] = o.answered ? [{ to: t, send: [again], cost: 0, count: ['RetransSegs'] }] : []
  return [...asked, ...timed(t, again, stack), ...(tail ? free({ ...tail, send: [again] }) : [])]
}

/** The last segment that was sent, however text was cut into segments. */
const isTail = (t: Tcb, { seq, len, flags }: Segment): boolean =>
  add(seq, len + (flags === 'F.' ? 1 : 0)) === (finSent(t) ? add(t.snd.end, 1) : t.snd.nxt)

const timed = (t: Tcb, again: Segment, stack: Stack): Move<Socket>[] => {
  const byTimer = fire(t, stack)
  return byTimer.send.length > 0 ? [{ to: byTimer.to, send: [again], cost: 0, ...counting(byTimer.count) }] : []
}

/** RFC 1122 §4.2.3.6 · linux: tcp_xmit_probe_skb, without the octet */
const keepaliveOf = (t: Tcb): Segment => pureAck(add(t.snd.una, -1), t.rcv.nxt)

/** A pure ACK: a keepalive probe, the ACK that is due, or a window update, which any synchronized end may send. */
const acknowledges = (t: Tcb, o: Observation): Move<Socket>[] => {
  const due = fireDelayedAck(t)
  const update = react<Socket>(t, [currentAck(t)])
  return [
    { to: t, send: [keepaliveOf(t)], cost: 0 },
    { to: due.to, send: due.send, cost: 0 },
    {
      to: update.to,
      send: update.send,
      ...(o.update ? { cost: 0 } : inventing('window-update')),
    },
  ]
}
