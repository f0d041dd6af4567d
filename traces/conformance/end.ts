/** One end of one connection: the model's object for it, its running timer, what it has been. */
import {
  isTcb,
  newServer,
  type Segment,
  type Server,
  type ServerObject,
  type Socket,
  serverElapse,
  serverTimeLeft,
  stateName,
  type Tcb,
} from '../../model/index.ts'
import { Flight } from './flight.ts'
import type { Key } from './passages.ts'
import type { Estimate } from './rtt.ts'
import type { SocketOptions } from './sockets.ts'
import { fixedWindow, probeWindow, RESOLUTION, type Rto, rtoWindow, UNMEASURED, type Window } from './timing.ts'

/** What the model has sent and the capture has yet to show. */
export interface Expected {
  readonly segment: Segment
  readonly since: number
  readonly why: string
}

/** A state and when it may have been held: the two ends of a change overlap where its moment is not known. */
export interface Held {
  readonly state: string
  readonly from: number
  to: number
}

export interface Running {
  /** What must stay the same for the timer to be the same. */
  readonly identity: string
  readonly started: number
  /** It may have been started so much later: nothing showed when the one before it fired. */
  readonly blur?: number
  readonly interval: number
  /** It runs no longer than this, whatever the connection's timeout. linux: tcp_clamp_rto_to_user_timeout */
  readonly most?: number
  readonly n: number
  /** It runs on the connection's own timeout. */
  readonly measured: boolean
}

export interface End {
  readonly key: Key
  /** The own port, on which a listener may answer. */
  readonly port: number
  /** Of its kernel's clock, ms. */
  readonly tick: number
  /** How many connections these ports have had. */
  n: number
  /** Of the socket that holds the connection. */
  options: SocketOptions
  /** bind() has chosen its port, not connect(). */
  bound?: boolean
  server: Server
  /** Until when its time has passed, ms. */
  at: number
  timer?: Running
  ackSince?: number
  rto: Rto
  /** The timeout as estimated from below and from above. */
  rtt: { readonly low?: Estimate; readonly high?: Estimate }
  readonly flight: Flight
  readonly expected: Expected[]
  readonly held: Held[]
}

export const newEnd = (key: Key, port: number, tick: number): End => ({
  key,
  port,
  tick,
  n: 0,
  options: {},
  server: newServer,
  at: 0,
  rto: UNMEASURED,
  rtt: {},
  flight: new Flight(),
  expected: [],
  held: [],
})

export const socketOf = (object: ServerObject): Socket | undefined =>
  object.kind === 'child' ? object.socket : undefined

export const tcbOf = (end: End): Tcb | undefined => {
  const socket = socketOf(end.server.object)
  return socket && isTcb(socket) ? socket : undefined
}

/** As Linux names it, GONE where nothing is left. */
export const nameOf = (object: ServerObject): string =>
  object.kind === 'none' ? 'GONE' : object.kind === 'request' ? 'SYN_RECV' : stateName(object.socket)

/** Time passes to `now`. A timer that is overdue waits at 0 until the capture shows when it fired. */
export const pass = (end: End, now: number): void => {
  const time = now - end.at
  if (time <= 0) return
  const left = serverTimeLeft(end.server)
  const postponed = left !== undefined && left < time ? withTimeLeft(end.server, time) : end.server
  end.server = serverElapse(postponed, time) ?? end.server
  end.at = now
}

const withTimeLeft = (server: Server, left: number): Server => {
  const object = server.object
  if (object.kind === 'request') return { ...server, object: { ...object, timer: { ...object.timer, left } } }
  const socket = socketOf(object)
  if (object.kind !== 'child' || socket === undefined || socket.state === 'CLOSED') return server
  if (socket.state === 'TIME_WAIT') return { ...server, object: { ...object, socket: { ...socket, left } } }
  if (!isTcb(socket)) return { ...server, object: { ...object, socket: { ...socket, rtx: { ...socket.rtx, left } } } }
  const { rtx, finWait, keepalive } = socket
  const late: Tcb = {
    ...socket,
    ...(rtx && { rtx: { ...rtx, left: Math.max(rtx.left, left) } }),
    ...(finWait !== undefined && { finWait: Math.max(finWait, left) }),
    ...(keepalive && { keepalive: { ...keepalive, left: Math.max(keepalive.left, left) } }),
  }
  return { ...server, object: { ...object, socket: late } }
}

/** The timer fires now: nothing is left of it, and what waits with it on the same socket waits on. */
export const dueNow = (server: Server): Server => {
  const { object } = server
  const socket = socketOf(object)
  if (object.kind !== 'child' || socket === undefined || !isTcb(socket) || socket.rtx === undefined) return server
  return { ...server, object: { ...object, socket: { ...socket, rtx: { ...socket.rtx, left: 0 } } } }
}

/** While something is unacknowledged keepalive waits on in silence. linux: tcp_keepalive_timer */
const leftOf = (end: End): number | undefined => tcbOf(end)?.rtx?.left ?? serverTimeLeft(end.server)

/** Which timer runs, if any. It keeps its start as long as its identity stays. */
export const runningTimer = (end: End, now: number): Running | undefined => {
  const left = leftOf(end)
  if (left === undefined) return undefined
  const next = describe(end)
  const rest = end.timer && end.timer.started + end.timer.interval + (end.timer.blur ?? 0) - now
  const same =
    rest !== undefined &&
    end.timer?.identity === next.identity &&
    (next.measured || (left <= Math.max(0, rest) + 0.01 && !(left === 0 && rest > RESOLUTION)))
  return same ? end.timer : { ...next, started: now, interval: left, ...blurOf(end, left), ...clampOf(end) }
}

/** What TCP_USER_TIMEOUT leaves of a timeout that is not the first. */
const clampOf = (end: End): Pick<Running, 'most'> => {
  const { userTimeout } = end.options
  const tcb = tcbOf(end)
  if (userTimeout === undefined || tcb?.retransmitting === undefined || !tcb.rtx?.n) return {}
  return { most: Math.max(1, userTimeout - tcb.retransmitting) }
}

/**
 * How long FIN_WAIT2 lasts is known as well as the timeout is. linux: tcp_fin_time. Keepalive runs for all of the idle time and is put
 * off when it fires: it is as late as that is long.
 */
const blurOf = (end: End, left: number): Pick<Running, 'blur'> => {
  const { rto } = end
  const idle = end.options.keepaliveTimes?.idle
  const socket = socketOf(end.server.object)
  if (socket && isTcb(socket) && isIdle(socket)) return { blur: Math.max(0, (idle ?? left) - left) / 8 }
  if (socket?.state !== 'TIME_WAIT' || socket.substate !== 'FIN_WAIT2') return {}
  return 3.5 * rto.most > left ? { blur: 3.5 * rto.most - left } : {}
}

const describe = ({ server: { object, made } }: End): Pick<Running, 'identity' | 'n' | 'measured'> => {
  if (object.kind === 'request')
    return { identity: `request ${made} ${object.timer.n}`, n: object.timer.n, measured: false }
  const socket = socketOf(object)
  if (socket === undefined || socket.state === 'CLOSED') return { identity: 'none', n: 0, measured: false }
  if (socket.state === 'TIME_WAIT') return { identity: `${socket.substate} ${socket.rcvNxt}`, n: 0, measured: false }
  if ('finWait' in socket && socket.finWait !== undefined) return { identity: 'FIN_WAIT2', n: 0, measured: false }
  const n = socket.rtx?.n ?? 0
  if (!isTcb(socket)) return { identity: `SYN ${n}`, n, measured: false }
  if (isIdle(socket)) return { identity: `keepalive ${socket.keepalive?.probes}`, n: 0, measured: false }
  if (socket.state === 'SYN_RECV' || socket.synOut) return { identity: `SYN+ACK ${n}`, n, measured: false }
  // New data starts the timer afresh only while a probe is to come. linux: tcp_event_new_data_sent
  const flight = n > 0 || !isProbed(socket) ? '' : socket.probed ? 'probed' : socket.snd.nxt
  return { identity: `data ${socket.snd.una} ${n} ${flight}`, n, measured: true }
}

/** Nothing is unacknowledged: what runs, if anything, is keepalive. */
const isIdle = ({ rtx, finWait }: Tcb): boolean => rtx === undefined && finWait === undefined

/** It runs on what TCP_USER_TIMEOUT leaves. */
export const isClamped = ({ rto }: End, { most, n }: Running): boolean => most !== undefined && most < rto.most * 2 ** n

/** Tail-loss probes are for connections with SACK. linux: tcp_schedule_loss_probe */
export const isProbed = ({ options }: Tcb): boolean => options?.sack === true

/** When its timer may fire. */
export const timerWindow = (end: End, timer: Running): Window =>
  timer.measured
    ? rtoWindow(end.rto, timer.started, timer.n, end.tick, timer.most)
    : fixedWindow(timer.started + timer.interval, timer.interval, end.tick, timer.blur)

/** When a tail-loss probe may be sent instead. */
export const probeWindowOf = (end: End, timer: Running, tcb: Tcb): Window =>
  probeWindow(end.rto, timer.started, end.flight.packets(tcb.snd.una) === 1, end.tick)

/** Notes the state that begins now, and ends the one before. */
export const note = (end: End, now: number, until = now): void => {
  const state = nameOf(end.server.object)
  const last = end.held.at(-1)
  if (last?.state === state) return
  if (last) last.to = until
  end.held.push({ state, from: now, to: Number.POSITIVE_INFINITY })
}
