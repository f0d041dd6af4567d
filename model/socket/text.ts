/** Segment text and what stands behind it. RFC 9293 §3.10.7.4 seventh · linux: tcp_data_queue, tcp_rcv_state_process */
import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { windowOf } from '../options.ts'
import { type Reaction, react } from '../reaction.ts'
import { hasFin, type Segment, segmentEnd, segmentLength, textEnd } from '../segment.ts'
import { add, before, distance, later, notAfter, type Seq } from '../sequence.ts'
import { bringsNewText, takeFin } from './closing.ts'
import { heardText } from './keepalive.ts'
import { acknowledge, output } from './output.ts'
import { dataAfterClose } from './reset.ts'
import type { Held, Socket, Tcb } from './socket.ts'

/** A segment that passed validation: its text and FIN are taken, held back behind a gap, acknowledged again, or refused. */
export const takeText = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> => {
  if (segmentLength(s) === 0) return react(t)
  return match(t.state)
    .with('ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', () =>
      receivesNoMore(t) && stack.dialect.dataAfterClose === 'reset' && bringsNewText(t, s)
        ? dataAfterClose(t, s)
        : queue(t, s, stack),
    )
    .with('CLOSE_WAIT', 'CLOSING', 'LAST_ACK', () => textAfterFin(t, s, stack))
    .with('SYN_RECV', () => react(t))
    .exhaustive()
}

/** The process has closed, or shut down receiving as well as sending. linux: RCV_SHUTDOWN in FIN_WAIT1 and FIN_WAIT2 */
const receivesNoMore = (t: Tcb): boolean => t.orphan === true || (t.rcvShut === true && t.state !== 'ESTABLISHED')

/** Behind the peer's FIN nothing new can come; what overlaps the FIN contradicts it. */
const textAfterFin = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> => {
  if (before(s.seq, t.rcv.nxt) && before(t.rcv.nxt, textEnd(s)))
    return stack.dialect.textOverFin === 'reset' ? dataAfterClose(t, s) : react(t)
  return notAfter(segmentEnd(s), t.rcv.nxt) ? acknowledge(output(t, stack), 'now', stack) : react(t)
}

const queue = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> => {
  const isOld = notAfter(segmentEnd(s), t.rcv.nxt)
  const isBeyond = !before(s.seq, add(t.rcv.nxt, windowOf(t.options, stack))) // it touches the window's right edge from outside
  if (isOld || isBeyond) return acknowledge(output(t, stack), 'now', stack)
  const piece: Held = { from: s.seq, to: textEnd(s), fin: hasFin(s) }
  if (before(t.rcv.nxt, s.seq)) {
    const to = produce(t, (d) => {
      d.rcv.held = hold(d.rcv.held, piece)
    })
    return acknowledge(output(to, stack), 'now', stack) // a duplicate ACK tells of the gap
  }
  return absorb(t, piece, stack)
}

/** In-sequence text, and whatever was held behind the gap that it fills. */
const absorb = (t: Tcb, first: Held, stack: Stack): Reaction<Socket> => {
  let nxt: Seq = t.rcv.nxt
  let fin = false
  const gap = t.rcv.held.length > 0
  const waiting: Held[] = []
  for (const piece of [first, ...t.rcv.held]) {
    if (before(nxt, piece.from)) {
      waiting.push(piece)
      continue
    }
    if (before(nxt, piece.to)) nxt = piece.to
    if (piece.fin && piece.to === nxt) fin = true
  }
  const taken = produce(t, (d) => {
    if (!t.orphan) d.rcv.unread += distance(t.rcv.nxt, nxt)
    d.rcv.nxt = nxt
    if (stack.delayedAcks) d.ackPending ??= t.rcv.nxt
    d.rcv.held = fin ? [] : waiting
  })
  const heard = first.to === t.rcv.nxt ? taken : heardText(taken, stack)
  return fin ? takeFin(heard, stack) : acknowledge(output(heard, stack), gap ? 'now' : 'may be delayed', stack)
}

/** What adjoins is one piece; a FIN stays by itself. */
const hold = (held: readonly Held[], piece: Held): Held[] => {
  const covered = held.some((h) => notAfter(h.from, piece.from) && notAfter(piece.to, h.to) && (h.fin || !piece.fin))
  if (covered) return [...held]
  const kept = held.filter((h) => !(notAfter(piece.from, h.from) && notAfter(h.to, piece.to) && (piece.fin || !h.fin)))
  return joined([...kept, piece].sort((a, b) => distance(b.from, a.from)))
}

const joined = (pieces: readonly Held[]): Held[] => {
  const apart: Held[] = []
  for (const piece of pieces) {
    const last = apart.at(-1)
    if (last === undefined || last.fin || piece.fin || before(last.to, piece.from)) apart.push(piece)
    else apart[apart.length - 1] = { ...last, to: later(last.to, piece.to) }
  }
  return apart
}
