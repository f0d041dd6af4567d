/** What a socket puts on the wire of its own accord: text, FIN, ACKs. */
import { produce } from 'immer'
import type { Stack } from '../config.ts'
import { type Reaction, react } from '../reaction.ts'
import { pureAck, type Segment, text } from '../segment.ts'
import { add, before, distance, type Seq } from '../sequence.ts'
import type { Tcb, Timer } from './socket.ts'

export const startTimer = (stack: Stack): Timer => ({ left: stack.durations.initialRto, n: 0 })
export const backOff = (stack: Stack, timer: Timer): Timer => ({
  left: stack.durations.initialRto * 2 ** (timer.n + 1),
  n: timer.n + 1,
})

/** `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>` */
export const currentAck = (t: Tcb): Segment => pureAck(t.snd.nxt, t.rcv.nxt)

/** The text from `from` on, with the FIN if it comes next and the segment has room for it all. */
const segmentFrom = (t: Tcb, from: Seq, mss: number, mayFin: boolean): Segment => {
  const len = Math.min(mss, distance(from, t.snd.end))
  return text(from, t.rcv.nxt, len, mayFin && t.snd.fin && add(from, len) === t.snd.end)
}

/**
 * Sends what may be sent: unsent text, and the FIN behind it. RFC 9293 §3.10.2, §3.10.4 · linux: tcp_write_xmit.
 * After a timeout the window is one segment, and it is taken: text waits, and so does the FIN where the dialect says so.
 */
export const output = (t: Tcb, stack: Stack): Reaction<Tcb> => {
  if (t.state === 'SYN_RECV') return react(t) // crossed open: nothing before the handshake is done (linux ≥ 6.9)
  const send: Segment[] = []
  const to = produce(t, (d) => {
    while (before(d.snd.nxt, d.snd.end) && !d.afterTimeout) {
      const s = segmentFrom(d, d.snd.nxt, stack.mss, true)
      send.push(s)
      d.snd.nxt = add(s.seq, s.len + (s.flags === 'F.' ? 1 : 0))
    }
    const finMayGo = !d.afterTimeout || stack.dialect.finAfterTimeout === 'sent'
    if (d.snd.fin && d.snd.nxt === d.snd.end && finMayGo) {
      send.push(text(d.snd.nxt, d.rcv.nxt, 0, true))
      d.snd.nxt = add(d.snd.nxt, 1)
    }
    if (send.length > 0) {
      d.rtx ??= startTimer(stack)
      delete d.ackPending
    }
  })
  return react(to, send)
}

/**
 * The first segment's worth of what is unacknowledged, again: small segments and the FIN behind them come back as one.
 * linux: tcp_retrans_try_collapse
 */
export const firstUnacknowledged = (t: Tcb, stack: Stack): Segment => {
  const finIsOut = t.snd.fin && t.snd.nxt !== t.snd.end
  return segmentFrom(t, t.snd.una, stack.mss, finIsOut)
}

/** The last segment that was sent, again: what a tail-loss probe sends. linux: tcp_send_loss_probe */
export const lastSent = (t: Tcb, stack: Stack): Segment =>
  t.snd.fin && t.snd.nxt !== t.snd.end ? text(t.snd.end, t.rcv.nxt, 0, true) : firstUnacknowledged(t, stack)

/** Acknowledges at once, or notes that an ACK is due; nothing if a segment that carries the ACK goes out anyway. */
export const acknowledge = (r: Reaction<Tcb>, when: 'now' | 'may be delayed' | 'not at all', stack: Stack): Reaction<Tcb> => {
  if (when === 'not at all' || r.send.length > 0) return r
  if (when === 'may be delayed' && stack.delayedAcks)
    return { ...r, to: produce(r.to, (d) => void (d.ackPending = true)) }
  const to = r.to.ackPending ? produce(r.to, (d) => void delete d.ackPending) : r.to
  return { ...r, to, send: [currentAck(to)] }
}
