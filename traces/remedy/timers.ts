/** Timers that run when the courses part. */
import { isTcb, type Seq, type Socket, type Stack, synTimeout } from '../../model/index.ts'
import type { ServerEnd } from '../replay/actors/server-end.ts'
import type { Observation } from '../replay/packets/observation.ts'
import type { Run } from './calls.ts'

interface Seen {
  readonly layer: number
  readonly o: readonly Observation[]
  /** Milliseconds until the client sends the packet of that index. */
  readonly until: (index: number) => number
}

/** A replay keeps no time: a retransmission timer that runs there has just been set. */
export const justSet = (socket: Socket, stack: Stack): Socket => {
  if (!('rtx' in socket) || socket.rtx === undefined) return socket
  const { n } = socket.rtx
  const left = socket.state === 'SYN_SENT' ? synTimeout(n, stack) : stack.durations.initialRto * 2 ** n
  return { ...socket, rtx: { n, left } }
}

/** The same for a server's request or child. */
export const justSetAt = (end: ServerEnd, stack: Stack): ServerEnd => {
  const { object } = end.server
  if (object.kind === 'none') return end
  const set =
    object.kind === 'child'
      ? { ...object, socket: justSet(object.socket, stack) }
      : { ...object, timer: { ...object.timer, left: stack.durations.initialRto * 2 ** object.timer.n } }
  return { ...end, server: { ...end.server, object: set } }
}

/** Until something arrives, the client repeats what is unacknowledged when it does so in the capture. */
export const repeatsAsSeen = (socket: Socket, run: Run<Socket>, { layer, o, until }: Seen): Socket => {
  if (!('rtx' in socket) || socket.rtx === undefined) return socket
  const index = run.find(({ node, edge }) => {
    const sent = edge && node.layer > edge.node.layer && edge.node.layer >= layer ? o[edge.node.layer] : undefined
    if (sent?.from !== 'client' || !(sent.len > 0 || /[SF]/.test(sent.flags))) return false
    return nextOf(edge!.node.h.end) === nextOf(node.h.end)
  })?.edge?.node.layer
  return index === undefined ? socket : { ...socket, rtx: { ...socket.rtx, left: Math.max(0, until(index)) } }
}

const nextOf = (socket: Socket): Seq | undefined => (isTcb(socket) ? socket.snd.nxt : undefined)

/** The timer of its request fires now, after whatever arrives now. */
export const expiring = (end: ServerEnd): ServerEnd => {
  const { object } = end.server
  if (object.kind !== 'request') return end
  return { ...end, server: { ...end.server, object: { ...object, timer: { ...object.timer, left: 0 } } } }
}
