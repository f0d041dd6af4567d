/** What a socket puts on the wire of its own accord: text, FIN, ACKs. */
import { produce } from 'immer'
import type { Stack } from '../config.ts'
import { stamped } from '../options.ts'
import { andThen, type Reaction, react } from '../reaction.ts'
import { hasFin, pureAck, type Segment, segmentEnd, segmentLength, text } from '../segment.ts'
import { add, before, distance, notAfter, type Seq } from '../sequence.ts'
import { finSent, type Tcb, type Timer } from './socket.ts'

export const startTimer = (stack: Stack): Timer => ({ left: stack.durations.initialRto, n: 0 })
export const backOff = (stack: Stack, timer: Timer): Timer => ({
  ...timer,
  left: stack.durations.initialRto * 2 ** (timer.n + 1 - (timer.alike ?? 0)),
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
 * After a timeout the window is one segment, and it is taken: all waits, but for the segment with the FIN in some dialects.
 */
export const output = (t: Tcb, stack: Stack): Reaction<Tcb> => {
  if (t.state === 'SYN_RECV') return react(t) // crossed open: nothing before the handshake is done
  const send: Segment[] = []
  const to = produce(t, (d) => {
    while (before(d.snd.nxt, d.snd.end) || (d.snd.fin && d.snd.nxt === d.snd.end)) {
      const s = segmentFrom(d, d.snd.nxt, largest(t, stack), true)
      if (d.afterTimeout && !(hasFin(s) && stack.dialect.finAfterTimeout === 'sent')) break
      send.push(s)
      d.snd.nxt = segmentEnd(s)
    }
    if (send.length > 0) {
      d.rtx ??= startTimer(stack)
      delete d.ackPending
    }
  })
  return stamped(react(to, send), t.options, stack)
}

/** Most bytes of text in one segment: what the own path carries and the peer takes. RFC 9293 §3.7.1 */
const largest = (t: Tcb, stack: Stack): number => Math.min(stack.mss, t.options?.mss ?? stack.mss)

/**
 * The first segment's worth of what is unacknowledged, again: small segments and the FIN behind them come back as one.
 * linux: tcp_retrans_try_collapse
 */
export const firstUnacknowledged = (t: Tcb, stack: Stack): Segment => {
  const finIsOut = finSent(t)
  const sent = produce(t, (d) => {
    d.snd.end = finIsOut ? t.snd.end : t.snd.nxt
  }) // what waits to be sent is not repeated
  return segmentFrom(sent, t.snd.una, largest(t, stack), finIsOut)
}

/** Whether a segment repeats something that was sent and is not acknowledged: any part of it, cut anyhow. RFC 9293 §3.8.1 */
export const canRetransmit = (t: Tcb, s: Segment): boolean => {
  const sentUpTo = t.snd.fin && t.snd.nxt !== t.snd.end ? t.snd.end : t.snd.nxt
  const end = add(s.seq, s.len)
  const fits = notAfter(t.snd.una, s.seq) && notAfter(end, sentUpTo) && segmentLength(s) > 0
  return fits && (s.flags === 'F.' ? end === t.snd.end && sentUpTo !== t.snd.nxt : s.len > 0)
}

/**
 * The last segment that was sent, again: what a tail-loss probe sends. `from`: where it begins, for a caller that has kept it;
 * otherwise a FIN is taken to be alone, and text to be one segment. linux: tcp_send_loss_probe
 */
export const lastSent = (t: Tcb, stack: Stack, from?: Seq): Segment => {
  if (from !== undefined && !before(from, t.snd.una))
    return segmentFrom(t, tailFrom(t, from, stack), largest(t, stack), finSent(t))
  return finSent(t) ? text(t.snd.end, t.rcv.nxt, 0, true) : firstUnacknowledged(t, stack)
}

/** Of a segment that was handed down whole and cut later, the last piece. */
const tailFrom = (t: Tcb, from: Seq, stack: Stack): Seq => {
  const len = distance(from, finSent(t) ? t.snd.end : t.snd.nxt)
  const most = largest(t, stack)
  return len <= most ? from : add(from, Math.floor((len - 1) / most) * most)
}

/** Acknowledges at once, or leaves the ACK due; nothing if a segment that carries the ACK goes out anyway. */
export const acknowledge = (
  r: Reaction<Tcb>,
  when: 'now' | 'may be delayed' | 'not at all',
  stack: Stack,
): Reaction<Tcb> => {
  const mayWait = when === 'may be delayed' && stack.delayedAcks
  return when === 'not at all' || mayWait || r.send.length > 0 ? r : andThen(r, acknowledgeNow)
}

/** The ACK goes out, and none is due any more. linux: tcp_send_ack */
export const acknowledgeNow = (t: Tcb): Reaction<Tcb> =>
  react(t.ackPending !== undefined ? produce(t, (d) => void delete d.ackPending) : t, [currentAck(t)])
