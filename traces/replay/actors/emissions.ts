/** What a socket may do of its own accord that could show as a packet: a call, a timer, or a repetition. */
import {
  abort,
  abortWithoutAck,
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
  isTail,
  isTcb,
  keepaliveProbe,
  notAfter,
  probe,
  probeWithText,
  type Reaction,
  react,
  recv,
  reopened,
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
import { withoutFinWait2 } from './fin-wait2.ts'
import { counting, type Move } from './hypothesis.ts'

export const emissionsOf = (socket: Socket, o: Observation, stack: Stack): Move<Socket>[] => {
  if (!isTcb(socket)) {
    if (o.flags.includes('R')) return free(abort(socket), close(socket, stack))
    return o.flags.includes('S') ? free(fire(socket, stack)) : []
  }
  const moves = actsNow(socket, o, stack)
  if (!mayHaveLost(socket, o)) return moves
  const hidden = unseenUpTo(socket, before(o.seq!, socket.snd.nxt) ? endOf(o) : o.seq!, stack)
  return [...moves, ...hidden.flatMap((r) => (isTcb(r.to) ? after(r, actsNow(r.to, o, stack)) : []))]
}

const actsNow = (t: Tcb, o: Observation, stack: Stack): Move<Socket>[] => {
  if (o.flags.includes('R')) {
    const lingering = t.state === 'FIN_WAIT2' ? close(t, withoutFinWait2(stack)) : undefined
    const resets = free(abort(t), close(t, stack), lingering, abortWithReset(t, 'timed out', 'TCPAbortOnTimeout')) // linux: tcp_keepalive_timer
    const bare = o.flags === 'R' ? abortWithoutAck(t, stack) : undefined
    return bare === undefined ? resets : [...resets, ...priced(bare, inventing('abort-without-ACK', { side: o.from }))]
  }
  if (o.flags.includes('S')) return free(fire(t, stack))
  if (o.flags === 'F.') return [...free(...finishes(t, o, stack)), ...repeats(t, o, stack)]
  if (o.analysis?.keepAlive) return [{ to: t, send: [keepaliveProbe(t, 1)], cost: 0 }, ...repeats(t, o, stack)]
  if (o.len > 0) return [...free(...writes(t, o, stack)), ...afterAll(t, o, stack), ...repeats(t, o, stack)]
  return o.flags === '.' ? acknowledges(t, o) : []
}

const free = (...reactions: (Reaction<Socket> | undefined)[]): Move<Socket>[] =>
  reactions.flatMap((r) => (r === undefined ? [] : [{ to: r.to, send: r.send, cost: 0, ...counting(r.count) }]))

const priced = (r: Reaction<Socket>, price: Pick<Move<Socket>, 'cost' | 'invents' | 'astray'>): Move<Socket>[] => [
  { to: r.to, send: r.send, ...price, ...counting(r.count) },
]

/** The packet ends beyond all that the end has sent, and the capture allows that the tap has missed what lies between. */
const mayHaveLost = (t: Tcb, { analysis, ...o }: Observation): boolean =>
  o.seq !== undefined &&
  analysis?.gapFrom !== undefined &&
  notAfter(analysis.gapFrom, t.snd.nxt) &&
  o.seq !== t.snd.nxt &&
  before(t.snd.nxt, endOf(o))

const endOf = (o: Observation): Seq => add(o.seq!, o.len + (o.flags.includes('F') ? 1 : 0))

/** Sends text, or text and a FIN, until `to` is the next number: lost before the tap, or still on its way there. */
const unseenUpTo = (t: Tcb, to: Seq, stack: Stack): Reaction<Socket>[] => {
  const open = reopened(t)
  const text = distance(t.snd.nxt, to)
  const written = send(open, text, stack)
  const shorter = text > 1 ? send(open, text - 1, stack) : react<Socket>(open)
  const finished = shorter && andThen(shorter, (s) => close(recv(s)?.to ?? s, stack) ?? react(s))
  return [written, finished].filter((r) => r !== undefined && isTcb(r.to) && r.to.snd.nxt === to) as Reaction<Socket>[]
}

const after = (r: Reaction<Socket>, moves: readonly Move<Socket>[]): Move<Socket>[] =>
  moves.map((m) => ({ ...m, send: [...r.send, ...m.send], ...counting([...r.count, ...(m.count ?? [])]) }))

/** New text although a timeout was never answered by an ACK of more: selective acknowledgments let it out. RFC 6675 §5 */
const afterAll = (t: Tcb, o: Observation, stack: Stack): Move<Socket>[] =>
  t.afterTimeout
    ? free(...writes(reopened(t), o, stack)).map((m) => ({ ...m, ...inventing('new-text-after-timeout') }))
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
  if (!isNew(t, o)) return []
  const mayProbe = o.analysis?.afterIdle && t.snd.una !== t.snd.nxt
  return [send(t, o.len, stack), mayProbe ? probeWithText(t, o.len, stack) : undefined]
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
  if (tail && o.analysis?.tailLossProbe && !o.analysis.elicited) return free({ ...tail, send: [again] })
  const asked: Move<Socket>[] = o.analysis?.elicited ? [{ to: t, send: [again], cost: 0, count: ['RetransSegs'] }] : []
  return [...asked, ...timed(t, again, stack), ...(tail ? free({ ...tail, send: [again] }) : [])]
}

const timed = (t: Tcb, again: Segment, stack: Stack): Move<Socket>[] => {
  const byTimer = fire(t, stack)
  return byTimer.send.length > 0 ? [{ to: byTimer.to, send: [again], cost: 0, ...counting(byTimer.count) }] : []
}

/** A pure ACK: a keepalive probe, the ACK that is due, or a window update, which any synchronized end may send. */
const acknowledges = (t: Tcb, o: Observation): Move<Socket>[] => {
  const due = fireDelayedAck(t)
  const update = react<Socket>(t, [currentAck(t)])
  return [
    { to: t, send: [keepaliveProbe(t)], cost: 0 },
    { to: due.to, send: due.send, cost: 0 },
    {
      to: update.to,
      send: update.send,
      ...(o.analysis?.windowUpdate ? { cost: 0 } : inventing('window-update')),
    },
  ]
}
