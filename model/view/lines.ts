/** The sockets of a world as its kernel lists them to `ss` and `netstat`: one line's worth each, before it is printed. */
import { match, P } from 'ts-pattern'
import type { Durations, Stack } from '../config.ts'
import type { Server } from '../listener/object.ts'
import type { Request } from '../listener/request.ts'
import { distance } from '../sequence.ts'
import { finReceived, isTimeWait, type Socket, stateName, type Tcb, type Timer } from '../socket/socket.ts'
import type { StateName } from '../states.ts'
import type { World } from '../world/parts.ts'
import type { Setting } from '../world/setting.ts'
import { milliseconds } from './milliseconds.ts'

/** A host of the world: its server, or the clients taken as one host. */
export type Host = 'server' | 'client'

/** `on`: retransmission of SYN, SYN+ACK, text or FIN. */
export interface LineTimer {
  readonly kind: 'on' | 'timewait'
  readonly milliseconds: number
  /** How often it has fired. linux: icsk_retransmits, num_timeout */
  readonly retransmissions: number
}

export interface SocketLine {
  readonly state: 'LISTEN' | StateName
  /** In LISTEN the length of the accept queue; otherwise unread text, a FIN counting one. linux: tcp_diag_get_info */
  readonly recvQ: number
  /** Written and not acknowledged, a SYN or FIN counting one. */
  readonly sendQ: number
  /** Only of LISTEN: the most that the accept queue is meant to hold. linux: sk_max_ack_backlog */
  readonly backlog?: number
  readonly local: string
  readonly remote: string
  readonly timer?: LineTimer
}

/** Where things are: addresses and ports, of which the model itself knows nothing. */
export interface Addresses {
  /** The listener's, as `192.0.2.2:502`. */
  readonly server: string
  /** Of the client of the n-th connection, from 0. */
  readonly client: (n: number) => string
  /** Of the n-th of the others whose connections were in the accept queue when the world began, from 0. */
  readonly other: (n: number) => string
}

export const documentation: Addresses = {
  server: '192.0.2.2:502',
  client: (n) => `192.0.2.1:${40_001 + n}`,
  other: (n) => `192.0.2.3:${50_001 + n}`,
}

/**
 * All sockets that a host lists, listener first, unless it is closed: its requests stay. What it does not list: a child that died in the accept queue (LISTEN counts
 * it), a client that a cookie was sent to, and what is CLOSED.
 */
export const linesOf = (world: World, setting: Setting, host: Host, addresses = documentation): SocketLine[] =>
  host === 'server' ? serverLines(world, setting, addresses) : clientLines(world, setting, addresses)

const clientLines = (world: World, { clientStack }: Setting, { server, client }: Addresses): SocketLine[] =>
  world.groups.flatMap((c, n) => socketLine(c.client.socket, clientStack, false, client(n), server))

const serverLines = (world: World, setting: Setting, { server, client, other }: Addresses): SocketLine[] => {
  const { listener } = world.shared
  const stack = setting.serverStack
  const connections = world.groups.flatMap((c, n) => objectLine(c.server, stack, server, client(n)))
  const others = Array.from({ length: othersQueued(world) }, (_, n) => line('ESTABLISHED', 0, 0, server, other(n)))
  const listening = { ...line('LISTEN', listener.acceptQueue, 0, server, '0.0.0.0:*'), backlog: listener.backlog }
  return [
    ...(listener.closed ? [] : [listening]),
    ...[...connections, ...others].sort((a, b) => rank(a, stack) - rank(b, stack)),
  ]
}

/** Until 4.3 a listener's requests hang on it and are listed with it; since then they stand among the connections. linux: get_openreq4 */
const rank = ({ state }: SocketLine, stack: Stack): number =>
  state === 'SYN_RECV' && stack.dialect.synQueueFull === 'table' ? 0 : 1

/** Children in the accept queue of which the world says nothing but that they are there. */
const othersQueued = ({ shared, groups }: World): number =>
  Math.max(
    0,
    shared.listener.acceptQueue - groups.reduce((sum, { server: s }) => sum + s.dead.length + (isQueued(s) ? 1 : 0), 0),
  )

const isQueued = ({ object }: Server): boolean => object.kind === 'child' && object.place !== undefined

const objectLine = (s: Server, stack: Stack, local: string, remote: string): SocketLine[] =>
  match(s.object)
    .with({ kind: 'none' }, () => [])
    .with({ kind: 'request' }, (r) => [requestLine(r, stack, local, remote)])
    .with({ kind: 'child' }, (c) => socketLine(c.socket, stack, isQueued(s), local, remote))
    .exhaustive()

/** A request has no queues; its timer is that of the SYN+ACK. linux: get_openreq4, inet_req_diag_fill */
const requestLine = (r: Request, { durations }: Stack, local: string, remote: string): SocketLine =>
  line('SYN_RECV', 0, 0, local, remote, retransmission(r.timer, durations))

const socketLine = (s: Socket, { durations }: Stack, queued: boolean, local: string, remote: string): SocketLine[] =>
  match(s)
    .returnType<SocketLine[]>()
    .with({ state: 'CLOSED' }, () => [])
    .with({ state: 'SYN_SENT' }, ({ rtx }) => [line('SYN_SENT', 0, 1, local, remote, retransmission(rtx, durations))])
    .with({ snd: P._ }, (t) => [
      line(t.state, unread(t, queued), unacknowledged(t), local, remote, t.rtx && retransmission(t.rtx, durations)),
    ])
    .when(isTimeWait, (w) => {
      const timer = {
        kind: 'timewait' as const,
        milliseconds: milliseconds(w.left, w.substate, durations),
        retransmissions: 0,
      }
      return [line(stateName(w), 0, 0, local, remote, timer)]
    })
    .exhaustive()

/**
 * The FIN stands behind the bytes and counts as one, until a process has read up to it. The model does not see a process read
 * a FIN: of one that has read all bytes we say that it has seen the end, too. linux: rcv_nxt − copied_seq
 */
const unread = (t: Tcb, queued: boolean): number =>
  t.rcv.unread + (finReceived(t) && (queued || t.rcv.unread > 0 || t.state === 'CLOSING') ? 1 : 0)

/** linux: write_seq − snd_una; a FIN counts from the moment it is queued, but not one that waits for the handshake's end. */
const unacknowledged = ({ snd, state }: Tcb): number =>
  distance(snd.una, snd.end) + (snd.fin && state !== 'SYN_RECV' ? 1 : 0)

const retransmission = ({ left, n }: Timer, durations: Durations): LineTimer => ({
  kind: 'on',
  milliseconds: milliseconds(left, 'retransmission', durations),
  retransmissions: n,
})

const line = (
  state: SocketLine['state'],
  recvQ: number,
  sendQ: number,
  local: string,
  remote: string,
  timer?: LineTimer,
): SocketLine => ({ state, recvQ, sendQ, local, remote, ...(timer && { timer }) })
