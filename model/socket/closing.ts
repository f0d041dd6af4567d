/** FINs, ours acknowledged and the peer's received. RFC 9293 §3.6, §3.10.7.4 eighth · linux: tcp_fin, tcp_rcv_state_process */
import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { type Reaction, react } from '../reaction.ts'
import { hasFin, type Segment, segmentLength, textEnd } from '../segment.ts'
import { add, before } from '../sequence.ts'
import type { SynchronizedState } from '../states.ts'
import { acknowledge, acknowledgeNow, firstUnacknowledged, output } from './output.ts'
import { dataAfterClose } from './reset.ts'
import { closed, finAcked, finSent, type Socket, type Tcb } from './socket.ts'
import { enterTimeWait, finWait2WithoutProcess, lastAck } from './timeWait.ts'

export const moveTo = (t: Tcb, state: SynchronizedState): Tcb =>
  produce(t, (d) => {
    d.state = state
  })

/**
 * Our FIN may just have been acknowledged by `s`. An orphan keeps no full socket for FIN_WAIT2, unless the same segment
 * brings the peer's FIN, or text that stays unread.
 */
export const ownFinAcked = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> => {
  if (!finAcked(t)) return react(t)
  return match(t.state)
    .returnType<Reaction<Socket>>()
    .with('FIN_WAIT1', () =>
      t.orphan && stack.dialect.orphanFinWait2 === 'times out'
        ? orphanFinAcked(t, s, stack)
        : react(moveTo(t, 'FIN_WAIT2')),
    )
    .with('CLOSING', () => enterTimeWait(t, stack))
    .with('LAST_ACK', () => react(closed('closed')))
    .otherwise(() => react(t))
}

/** linux: tcp_rcv_state_process (TCP_FIN_WAIT1) */
const orphanFinAcked = (t: Tcb, s: Segment, stack: Stack): Reaction<Socket> => {
  if ((stack.linger2 ?? 0) < 0) return dataAfterClose(moveTo(t, 'FIN_WAIT2'), s)
  return hasFin(s) || bringsNewText(t, s) ? react(moveTo(t, 'FIN_WAIT2')) : finWait2WithoutProcess(t, stack)
}

/** It has text, or a FIN behind a gap, that has not been received. linux: end_seq − fin after rcv_nxt */
export const bringsNewText = (t: Tcb, s: Segment): boolean => segmentLength(s) > 0 && before(t.rcv.nxt, textEnd(s))

/** The peer's FIN is next in sequence: it is taken, acknowledged, and the state moves on. */
export const takeFin = (t: Tcb, stack: Stack): Reaction<Socket> => {
  const seen = produce(t, (d) => {
    d.rcv.nxt = add(t.rcv.nxt, 1)
  })
  return match(t.state)
    .returnType<Reaction<Socket>>()
    .with('ESTABLISHED', () => acknowledge(output(moveTo(seen, 'CLOSE_WAIT'), stack), 'may be delayed', stack))
    .with('FIN_WAIT1', () =>
      stack.dialect.finInFinWait1 === 'FIN again' && finSent(seen)
        ? react(moveTo(seen, 'CLOSING'), [firstUnacknowledged(seen, stack)], ['RetransSegs'])
        : acknowledgeNow(moveTo(seen, 'CLOSING')),
    )
    .with('FIN_WAIT2', () => {
      const entered = enterTimeWait(seen, stack)
      return { ...entered, send: [lastAck(seen, stack)] }
    })
    .otherwise(() => react(t))
}
