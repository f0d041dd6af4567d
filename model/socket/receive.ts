/** A segment arrives at a socket. RFC 9293 §3.10.7 · linux: tcp_v4_rcv, tcp_rcv_state_process */
import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { heardFrom, stamped } from '../options.ts'
import { andThen, type Reaction, react } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { acknowledges, before, notAfter } from '../sequence.ts'
import { moveTo, ownFinAcked } from './closing.ts'
import { heard } from './keepalive.ts'
import { output, startTimer } from './output.ts'
import { refuse } from './reset.ts'
import { isTcb, type Socket, type Tcb } from './socket.ts'
import { receiveInSynSent } from './synSent.ts'
import { probeEnds } from './tail-loss-probe.ts'
import { takeText } from './text.ts'
import { receiveInTimeWait } from './timeWait.ts'
import { reject } from './validate.ts'

export const receive = (socket: Socket, s: Segment, stack: Stack): Reaction<Socket> =>
  match(socket)
    .with({ state: 'CLOSED' }, (c) => refuse<Socket>(c, s))
    .with({ state: 'SYN_SENT' }, (c) => receiveInSynSent(c, s, stack))
    .with({ state: 'TIME_WAIT' }, (w) => receiveInTimeWait(w, s, stack))
    .with({ snd: P._ }, (t) => {
      const r = receiveSynchronized(t, s, stack)
      return t.options === undefined ? r : stamped(r, (isTcb(r.to) ? r.to : t).options, stack)
    })
    .exhaustive()

/** Validation, then the ACK, then text and FIN, then whatever the ACK has allowed to be sent. RFC 9293 §3.10.7.4 */
export const receiveSynchronized = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> =>
  reject(t, s, stack) ??
  andThen(takeAck(heardBy(atPeersTime(t, s), s, stack), s, stack), (acked) =>
    isTcb(acked) ? andThen(takeText(acked, s, stack), (done) => sendMore(done, stack)) : react(acked),
  )

/** An ACK that is not old tells that the peer is there. linux: tcp_ack, rcv_tstamp and icsk_probes_out */
const heardBy = (t: Tcb, s: Segment, stack: Stack): Tcb =>
  t.keepalive === undefined || s.ack === undefined || before(s.ack, t.snd.una) ? t : heard(t, stack)

const atPeersTime = (t: Tcb, s: Segment): Tcb =>
  t.options !== undefined && notAfter(s.seq, t.rcv.nxt) ? { ...t, options: heardFrom(t.options, s) } : t

/** The ACK: advance SND.UNA, restart or stop the timer, and see what an acknowledged SYN or FIN means. */
const takeAck = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> => {
  const ack = s.ack
  if (ack === undefined || !(acknowledges(t.snd.una, ack, t.snd.nxt) || t.state === 'SYN_RECV'))
    return react(
      t.probed && ack === t.snd.una && probeEnds(t.probed, s, false) ? produce(t, (d) => void delete d.probed) : t,
    )
  const advanced = produce(t, (d) => {
    d.snd.una = ack
    delete d.synOut
    delete d.afterTimeout
    delete d.retransmitting
    if (t.probed && probeEnds(t.probed, s, true)) delete d.probed
    if (ack === d.snd.nxt) delete d.rtx
    else d.rtx = startTimer(stack)
  })
  return advanced.state === 'SYN_RECV'
    ? react(moveTo(advanced, advanced.snd.fin ? 'FIN_WAIT1' : 'ESTABLISHED'))
    : ownFinAcked(advanced, s, stack)
}

const sendMore = (socket: Socket, stack: Stack): Reaction<Socket> =>
  isTcb(socket) ? output(socket, stack) : react(socket)
