/** Time at a socket: countdowns run, and what has reached 0 fires before time passes on. */
import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { stamped } from '../options.ts'
import { type Reaction, react } from '../reaction.ts'
import { fireKeepalive } from './keepalive.ts'
import { currentAck } from './output.ts'
import { retransmit } from './retransmit.ts'
import { closed, type Socket, type Tcb } from './socket.ts'
import { retransmitSyn } from './synSent.ts'
import { finWaitOver } from './timeWait.ts'

/** What time is left until the socket's next timer, undefined if none runs. */
export const timeLeft = (socket: Socket): number | undefined =>
  match(socket)
    .with({ state: 'TIME_WAIT' }, (w) => w.left)
    .with({ state: 'SYN_SENT' }, (c) => c.rtx.left)
    .with({ snd: P._ }, (t) => earliest(t.rtx?.left ?? t.finWait, t.keepalive?.left))
    .with({ state: 'CLOSED' }, () => undefined)
    .exhaustive()

const earliest = (a?: number, b?: number): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

/** `time` passes; undefined if a timer would have to fire first. */
export const elapse = (socket: Socket, time: number): Socket | undefined => {
  const left = timeLeft(socket)
  if (left !== undefined && left < time) return undefined
  return match(socket)
    .returnType<Socket>()
    .with({ state: 'TIME_WAIT' }, ({ quiet, young, ...w }) => ({
      ...w,
      left: w.left - time,
      since: w.since + time,
      ...(young !== undefined && young > time ? { young: young - time } : {}),
      ...(quiet !== undefined && quiet > time ? { quiet: quiet - time } : {}),
    }))
    .with({ state: 'SYN_SENT' }, (c) => ({ ...c, rtx: { ...c.rtx, left: c.rtx.left - time } }))
    .with({ snd: P._ }, (t) =>
      produce(t, (d) => {
        if (d.rtx) d.rtx.left -= time
        if (d.finWait !== undefined) d.finWait -= time
        if (d.keepalive) d.keepalive.left -= time
        if (d.retransmitting !== undefined) d.retransmitting += time
        if (d.quiet !== undefined && d.quiet > time) d.quiet -= time
        else delete d.quiet
      }),
    )
    .with({ state: 'CLOSED' }, (c) => c)
    .exhaustive()
}

/** The running timer fires, whatever is left of it. */
export const fire = (socket: Socket, stack: Stack): Reaction<Socket> =>
  match(socket)
    .returnType<Reaction<Socket>>()
    .with({ state: 'TIME_WAIT' }, (w) =>
      react(closed(w.substate === 'TIME_WAIT' ? 'TIME_WAIT over' : 'FIN_WAIT2 over')),
    )
    .with({ state: 'SYN_SENT' }, (c) => retransmitSyn(c, stack))
    .with({ snd: P._ }, (t) => fireOfTcb(t, stack))
    .with({ state: 'CLOSED' }, (c) => react(c))
    .exhaustive()

/** Of several timers the one that is due first; of two that are due together the retransmission timer. */
const fireOfTcb = (t: Tcb, stack: Stack): Reaction<Socket> => {
  const { keepalive } = t
  if (keepalive !== undefined && keepalive.left < (t.rtx?.left ?? t.finWait ?? Number.POSITIVE_INFINITY))
    return fireKeepalive(t, keepalive, stack)
  return t.rtx === undefined && t.finWait !== undefined ? finWaitOver(t, stack) : retransmit(t, stack)
}

/** The delayed-ACK timer fires. linux: tcp_delack_timer */
export const fireDelayedAck = (t: Tcb, stack?: Stack): Reaction<Tcb> => {
  if (t.ackPending === undefined) return react(t)
  const r = react(
    produce(t, (d) => void delete d.ackPending),
    [currentAck(t)],
  )
  return stack === undefined ? r : stamped(r, t.options, stack)
}
