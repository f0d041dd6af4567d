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
  if (isTcb(socket) && socket.rtx === undefined && socket.finWait !== undefined)
    return { ...server, object: { ...object, socket: { ...socket, finWait: left } } }
  return socket.rtx ? { ...server, object: { ...object, socket: { ...socket, rtx: { ...socket.rtx, left } } } } : server
}

/** Which timer runs, if any. It keeps its start as long as its identity stays. */
export const runningTimer = (end: End, now: number): Running | undefined => {
  const left = serverTimeLeft(end.server)
  if (left === undefined) return undefined
  const next = describe(end)
  const rest = end.timer && end.timer.started + end.timer.interval + (end.timer.blur ?? 0) - now
  const same =
    rest !== undefined &&
    end.timer?.identity === next.identity &&
    (next.measured || (left <= Math.max(0, rest) + 0.01 && !(left === 0 && rest > RESOLUTION)))
  return same ? end.timer : { ...next, started: now, interval: left, ...blurOf(end, left) }
}

/** How long FIN_WAIT2 lasts is known as well as the timeout is. linux: tcp_fin_time */
const blurOf = ({ server: { object }, rto }: End, left: number): Pick<Running, 'blur'> => {
  const socket = socketOf(object)
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
  if (socket.state === 'SYN_RECV' || socket.synOut) return { identity: `SYN+ACK ${n}`, n, measured: false }
  // New data starts the timer afresh only while a probe is to come. linux: tcp_event_new_data_sent
  const flight = n > 0 || !isProbed(socket) ? '' : socket.probed ? 'probed' : socket.snd.nxt
  return { identity: `data ${socket.snd.una} ${n} ${flight}`, n, measured: true }
}

/** Tail-loss probes are for connections with SACK. linux: tcp_schedule_loss_probe */
export const isProbed = ({ options }: Tcb): boolean => options?.sack === true

/** When its timer may fire. */
export const timerWindow = (end: End, timer: Running): Window =>
  timer.measured
    ? rtoWindow(end.rto, timer.started, timer.n, end.tick)
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
