/** Sockets put into their states by the calls and segments that lead there, and what a reaction shows. */
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { close, send, shutdown } from '../socket/calls.ts'
import { receive } from '../socket/receive.ts'
import { closed, type Socket, type SynSent, stateName, type Tcb, type TimeWait } from '../socket/socket.ts'
import { connect } from '../socket/synSent.ts'
import { IRS, ISS, peer } from './segments.ts'
import { stack } from './stack.ts'

/** What is seen of a reaction: the state it leads to, the segments sent, the counters. */
export const seen = (r: Reaction<Socket> | undefined) =>
  r === undefined ? undefined : { state: stateName(r.to), send: r.send, count: r.count }

export const shows = (state: string, send: readonly Segment[] = [], count: readonly Counter[] = []) => ({
  state,
  send,
  count,
})

/** Lets segments arrive one after another; the last reaction. */
export const arrive = (socket: Socket, stack: Stack, ...segments: readonly Segment[]): Reaction<Socket> =>
  segments.reduce((r, s) => receive(r.to, s, stack), { to: socket, send: [], count: [] } as Reaction<Socket>)

const after = (socket: Socket, st: Stack, ...segments: readonly Segment[]): Socket => arrive(socket, st, ...segments).to

export const closedSocket = closed('never opened')
export const synSent = (st: Stack = stack()): SynSent => connect(ISS, st).to as SynSent
/** Our SYN crossed the peer's. */
export const crossed = (st: Stack = stack()): Tcb => after(synSent(st), st, peer('S', { seq: IRS })) as Tcb
export const established = (st: Stack = stack()): Tcb => after(synSent(st), st, peer('S.', { seq: IRS })) as Tcb

/** `bytes` written and sent, not acknowledged. */
export const wrote = (t: Socket, bytes: number, st: Stack = stack()): Tcb => send(t, bytes, st)!.to as Tcb
export const closes = (t: Socket, st: Stack = stack()): Socket => close(t, st)!.to
const shuts = (t: Socket, st: Stack): Tcb => shutdown(t, st)!.to as Tcb

/** close() called: an orphan, its FIN (101) sent and not acknowledged. */
export const finWait1 = (st: Stack = stack()): Tcb => closes(established(st), st) as Tcb
/** shutdown(SHUT_WR) called: the process still reads. */
export const halfClosed1 = (st: Stack = stack()): Tcb => shuts(established(st), st)
export const halfClosed2 = (st: Stack = stack()): Tcb => after(halfClosed1(st), st, peer('.', { ack: 102 })) as Tcb
/** The mini-socket that close() leaves once its FIN is acknowledged. */
export const finWait2 = (st: Stack = stack()): TimeWait => after(finWait1(st), st, peer('.', { ack: 102 })) as TimeWait
/** The peer's FIN (501) has come. */
export const closeWait = (st: Stack = stack()): Tcb => after(established(st), st, peer('F.')) as Tcb
export const lastAck = (st: Stack = stack()): Tcb => closes(closeWait(st), st) as Tcb
export const closing = (st: Stack = stack()): Tcb => after(finWait1(st), st, peer('F.')) as Tcb
/** We closed first: SND.NXT 102, RCV.NXT 502. */
export const timeWait = (st: Stack = stack()): TimeWait => after(finWait1(st), st, peer('F.', { ack: 102 })) as TimeWait
