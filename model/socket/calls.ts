/**
 * The user calls of RFC 9293 §3.9.1 under their socket names. Each returns undefined where the call does nothing in that
 * state (or is an error that changes nothing), so that exploration offers only calls that mean something.
 */
import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { andThen, type Reaction, react } from '../reaction.ts'
import { add } from '../sequence.ts'
import type { StateName } from '../states.ts'
import { moveTo } from './closing.ts'
import { output } from './output.ts'
import { abortWithReset } from './reset.ts'
import { closed, finAcked, finSent, isTcb, type Socket, stateName, type Tcb } from './socket.ts'
import { finWait2WithoutProcess } from './timeWait.ts'

export type Call = 'send' | 'recv' | 'shutdown' | 'SHUT_RD' | 'SHUT_RDWR' | 'close' | 'abort' | 'crash'

/** The connection as its process sees it, if it still holds it. */
const held = (socket: Socket): Tcb | undefined => (isTcb(socket) && !socket.orphan ? socket : undefined)
const mayWrite = (t: Tcb): boolean => (t.state === 'ESTABLISHED' || t.state === 'CLOSE_WAIT') && !t.snd.fin

/** SEND: `bytes` of text are written. RFC 9293 §3.10.2 · linux: tcp_sendmsg */
export const send = (socket: Socket, bytes: number, stack: Stack): Reaction<Socket> | undefined => {
  const t = held(socket)
  if (t === undefined || !mayWrite(t)) return undefined
  return output(
    produce(t, (d) => {
      d.snd.end = add(t.snd.end, bytes)
    }),
    stack,
  )
}

/** The last text and the FIN in one segment, where the process closed before the text could go out. linux: tcp_send_fin */
export const writeAndClose = (socket: Socket, bytes: number, stack: Stack): Reaction<Socket> | undefined =>
  writeAndFinish(socket, bytes, stack, true)

/** The same, where the process has not closed but shut down, and goes on reading. */
export const writeAndShutdown = (socket: Socket, bytes: number, stack: Stack): Reaction<Socket> | undefined =>
  writeAndFinish(socket, bytes, stack, false)

const writeAndFinish = (s: Socket, bytes: number, stack: Stack, closes: boolean): Reaction<Socket> | undefined => {
  const t = held(s)
  if (t === undefined || !mayWrite(t)) return undefined
  const written = produce(t, (d) => {
    d.snd.end = add(t.snd.end, bytes)
    if (closes) d.orphan = true
  })
  return sendFin(written, stack)
}

/** RECEIVE: everything that has arrived is read, or no more than `bytes` of it. RFC 9293 §3.10.3 · linux: tcp_recvmsg */
export const recv = (socket: Socket, bytes = Number.POSITIVE_INFINITY): Reaction<Socket> | undefined => {
  const t = held(socket)
  return t === undefined || t.rcv.unread === 0 || bytes === 0
    ? undefined
    : react(
        produce(t, (d) => {
          d.rcv.unread = Math.max(0, t.rcv.unread - bytes)
        }),
      )
}

/** What shutdown() is told to end. */
export type ShutdownHow = 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR'

/**
 * shutdown(): no more to send (SHUT_WR), to receive (SHUT_RD), or both. Without receiving nothing is sent of it, and text is still taken
 * until the own FIN is out. In SYN_SENT it is the end, whatever is shut. linux: inet_shutdown, tcp_shutdown
 */
export const shutdown = (socket: Socket, stack: Stack, how: ShutdownHow = 'SHUT_WR'): Reaction<Socket> | undefined => {
  if (socket.state === 'SYN_SENT') return react(closed('aborted'))
  if (how === 'SHUT_WR') return shutWriting(socket, stack)
  const t = held(socket)
  if (t === undefined) return undefined
  const deaf = t.rcvShut ? undefined : react<Socket>({ ...t, rcvShut: true })
  return how === 'SHUT_RD' ? deaf : (shutWriting(deaf?.to ?? t, stack) ?? deaf)
}

const shutWriting = (socket: Socket, stack: Stack): Reaction<Socket> | undefined => {
  const t = held(socket)
  if (t === undefined || t.snd.fin) return undefined
  if (t.state === 'SYN_RECV' && stack.dialect.shutdownInSynRecv === 'waits')
    return react(
      produce(t, (d) => {
        d.snd.fin = true
      }),
    )
  return mayWrite(t) || t.state === 'SYN_RECV' ? sendFin(t, stack) : undefined
}

/** CLOSE, as the process means it: it will neither send nor read any more. RFC 9293 §3.10.4 · linux: __tcp_close */
export const close = (socket: Socket, stack: Stack): Reaction<Socket> | undefined =>
  match(socket)
    .returnType<Reaction<Socket> | undefined>()
    .with({ state: 'SYN_SENT' }, () => react(closed('closed')))
    .with({ snd: P._ }, (t) => {
      if (t.orphan) return undefined
      if (t.rcv.unread > 0 && stack.dialect.closeWithUnread === 'reset')
        return abortWithReset(t, 'closed', 'TCPAbortOnClose') // RFC 2525 §2.17
      const orphan = produce(t, (d) => {
        d.orphan = true
        d.rcv.unread = 0
      })
      if (t.state === 'FIN_WAIT2' && finAcked(t) && stack.dialect.orphanFinWait2 === 'times out')
        return closeInFinWait2(orphan, stack)
      const closing = sendFin(orphan, stack)
      return stack.orphansFull ? andThen(closing, tooManyOrphans) : closing
    })
    .otherwise(() => undefined)

/** A negative TCP_LINGER2 knows no FIN_WAIT2 without a process. linux: __tcp_close */
const closeInFinWait2 = (t: Tcb, stack: Stack): Reaction<Socket> =>
  (stack.linger2 ?? 0) < 0 ? abortWithReset(t, 'closed', 'TCPAbortOnLinger') : finWait2WithoutProcess(t, stack)

/** There are more than tcp_max_orphans: the FIN is out, and a RST follows. linux: __tcp_close, tcp_check_oom */
const tooManyOrphans = (socket: Socket): Reaction<Socket> =>
  isTcb(socket) ? abortWithReset(socket, 'aborted', 'TCPAbortOnMemory') : react(socket)

/** ABORT (SO_LINGER with time 0). RFC 9293 §3.10.5 · linux: __tcp_close, tcp_disconnect */
export const abort = (socket: Socket): Reaction<Socket> | undefined =>
  match(socket)
    .returnType<Reaction<Socket> | undefined>()
    .with({ state: 'SYN_SENT' }, () => react(closed('aborted'), [], ['TCPAbortOnData']))
    .with({ snd: P._ }, (t) =>
      t.orphan ? undefined : t.rcv.unread > 0 ? abortWithReset(t, 'aborted', 'TCPAbortOnClose') : disconnect(t),
    )
    .otherwise(() => undefined)

/**
 * ABORT with `<SEQ=SND.NXT><CTL=RST>`, as RFC 9293 §3.10.5 writes it; by §3.1 every segment of a connection has an ACK, so that
 * both forms are right. Nothing where the stack always sends one, or where the abort sends nothing.
 */
export const abortWithoutAck = (socket: Socket, stack: Stack): Reaction<Socket> | undefined => {
  const aborted = stack.dialect.abortReset === 'with ACK' ? undefined : abort(socket)
  if (aborted === undefined || aborted.send.length === 0) return undefined
  return { ...aborted, send: aborted.send.map(({ ack: _, ...s }) => ({ ...s, flags: 'R' as const })) }
}

/** No call: the host crashes, what it knew is gone, and nothing is sent. RFC 9293 §3.5.1 */
export const crash = (socket: Socket): Reaction<Socket> | undefined =>
  socket.state === 'CLOSED' ? undefined : react(closed('crashed'))

/** Where both FINs are out, nothing is left to abort. RFC 9293 §3.10.5 · linux: tcp_disconnect, tcp_need_reset */
const disconnect = (t: Tcb): Reaction<Socket> =>
  (t.state === 'CLOSING' || t.state === 'LAST_ACK') && finSent(t)
    ? react(closed('aborted'), [], ['TCPAbortOnData'])
    : abortWithReset(t, 'aborted', 'TCPAbortOnData')

/** STATUS. RFC 9293 §3.10.6: a view, no stimulus. */
export const status = (socket: Socket): StateName => stateName(socket)

/** The FIN is queued behind what was written, and sent when its turn comes. linux: tcp_close_state, tcp_send_fin */
const sendFin = (t: Tcb, stack: Stack): Reaction<Socket> => {
  const next = match(t.state)
    .with('ESTABLISHED', 'SYN_RECV', () => 'FIN_WAIT1' as const)
    .with('CLOSE_WAIT', () => 'LAST_ACK' as const)
    .otherwise(() => undefined)
  if (next === undefined) return react(t)
  const queued = produce(moveTo(t, next), (d) => {
    d.snd.fin = true
    if (t.state === 'SYN_RECV') d.synOut = true
  })
  return andThen(react(queued), (q) => output(q, stack))
}
