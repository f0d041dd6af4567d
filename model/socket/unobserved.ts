/**
 * What a socket may do beside the events of a world: choices that a kernel makes by the size of a buffer, by a congestion window
 * or by a clock that the model leaves out. Exploration leaves them out, too; a replay of a capture asks for them.
 */
import { produce } from 'immer'
import type { Stack } from '../config.ts'
import { andThen, type Reaction, react } from '../reaction.ts'
import { hasRst, hasSyn, type Segment, segmentEnd } from '../segment.ts'
import { add, before } from '../sequence.ts'
import { send } from './calls.ts'
import { currentAck } from './output.ts'
import { receive } from './receive.ts'
import { finSent, isTcb, isTimeWait, lastAcknowledged, type Socket, stateName, type Tcb } from './socket.ts'
import { probe, probed } from './tail-loss-probe.ts'
import { fire } from './time.ts'

/**
 * A segment arrives while the receive window is shut: what it acknowledges counts, its new text is dropped, and the number that
 * is expected is acknowledged again. RFC 9293 §3.10.7.4 first, §3.8.6 · linux: tcp_data_queue (TCPZeroWindowDrop)
 */
export const receiveWithoutRoom = (socket: Socket, s: Segment, stack: Stack): Reaction<Socket> => {
  if (!isTcb(socket) || s.len === 0 || !before(socket.rcv.nxt, add(s.seq, s.len))) return receive(socket, s, stack)
  const bare: Segment = { ...s, flags: '.', seq: socket.rcv.nxt, len: 0 }
  return andThen(receive(socket, bare, stack), (to) => react(to, [currentAck(socket)]))
}

/**
 * The ACK that a segment with text has called for waits for others of its kind: one that tells of a gap, or of text that is here
 * already. Undefined where the reaction is no such ACK. linux: __tcp_ack_snd_check (tcp_comp_sack_nr), GRO
 */
export const withholdAck = (
  before: Socket,
  { to, send: sent }: Pick<Reaction<Socket>, 'to' | 'send'>,
  of: Segment,
): Tcb | undefined => {
  const [ack, ...more] = sent
  if (ack === undefined || more.length > 0 || ack.flags !== '.' || ack.len > 0 || of.len === 0) return undefined
  return isTcb(to) ? { ...to, ackPending: lastAcknowledged(isTcb(before) ? before : to) } : undefined
}

/** A selective acknowledgment, or an ACK of a retransmission, has opened the congestion window again. RFC 6675 §5 */
export const reopened = (t: Tcb): Tcb =>
  produce(t, (d) => {
    delete d.afterTimeout
  })

/** New text goes out as the probe for the tail. RFC 8985 §7.3 · linux: tcp_send_loss_probe (push_one 2) */
export const probeWithText = (t: Tcb, bytes: number, stack: Stack): Reaction<Socket> | undefined => {
  const written = send(t, bytes, stack)
  if (written === undefined || !isTcb(written.to) || probe(t, stack) === undefined) return undefined
  return {
    ...written,
    to: { ...written.to, probed: probed(written.to.snd.nxt, stack) },
    count: [...written.count, 'TCPLossProbes'],
  }
}

/** The retransmission timer fires once more than there is patience for; undefined where none runs. RFC 9293 §3.8.3 */
export const giveUp = (socket: Socket, stack: Stack): Reaction<Socket> | undefined =>
  (isTcb(socket) || socket.state === 'SYN_SENT') && socket.rtx !== undefined
    ? fire({ ...socket, rtx: { ...socket.rtx, n: Number.MAX_SAFE_INTEGER } }, stack)
    : undefined

/** Whether this ends where all ends that was sent, however it was cut into segments. */
export const isTail = (t: Tcb, s: Segment): boolean => segmentEnd(s) === (finSent(t) ? add(t.snd.end, 1) : t.snd.nxt)

/**
 * Text that comes in FIN_WAIT2 is reset by a mini-socket and by a full one, and the full one counts it: a process holds it that has
 * shut reading down as well, or FIN_WAIT2 is to last longer than TIME_WAIT. Undefined for any other segment or state.
 * linux: tcp_rcv_state_process (TCPABORTONDATA), tcp_timewait_state_process · `r`: what the mini-socket does
 */
export const byFullFinWait2 = (socket: Socket, s: Segment, r: Reaction<Socket>): Reaction<Socket> | undefined =>
  stateName(socket) === 'FIN_WAIT2' && isTimeWait(socket) && s.len > 0 && !hasSyn(s) && r.send.some(hasRst)
    ? { ...r, count: [...r.count, 'TCPAbortOnData'] }
    : undefined
