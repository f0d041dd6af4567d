/** close() on a listening socket, as the connections that it has not handed out see it. linux: inet_csk_listen_stop */
import type { Stack } from '../config.ts'
import { type Reaction, react } from '../reaction.ts'
import { abortWithReset } from '../socket/reset.ts'
import { isTcb } from '../socket/socket.ts'
import { listen } from './listener.ts'
import type { Server } from './object.ts'
import { none, withSocket } from './server.ts'
import type { Listener } from './types.ts'

/** shutdown() for reading: no listening, an empty accept queue. The socket may listen again, and finds its requests. */
export const stopListening = (l: Listener, stack: Stack): Listener => ({
  ...l,
  acceptQueue: 0,
  ...(stack.dialect.requestsAtClose === 'go' ? { requests: 0, young: 0 } : {}),
  closed: true,
})

/** close(): the same, and whatever requests stay are no longer counted. */
export const closeForGood = (l: Listener, stack: Stack): Listener => ({
  ...stopListening(l, stack),
  requests: 0,
  young: 0,
})

/** After close() whoever listens again does so on a new socket: with queues of its own, and no request of before. */
export const listenAnew = (l: Listener, backlog: number, stack: Stack): Listener => {
  const { sysctls, latest, challenges } = l
  return {
    ...listen(backlog, stack),
    ...(sysctls && { sysctls }),
    ...(latest && { latest }),
    ...(challenges && { challenges }),
  }
}

/** close(): its requests have no listener any more, but stay. What is sent and counted is owed (`settle`). */
export const abandon = (server: Server, stack: Stack): Server => {
  const { to, send, count } = closeListener(server, stack)
  const object = to.object.kind === 'request' ? { ...to.object, abandoned: true as const } : to.object
  return owing({ ...to, object }, { send, count })
}

/** shutdown() for reading: the requests wait for listen(). */
export const deafen = (server: Server, stack: Stack): Server => {
  const { to, send, count } = closeListener(server, stack)
  return owing(to, { send, count })
}

const owing = (server: Server, owes: NonNullable<Server['owes']>): Server =>
  owes.send.length + owes.count.length > 0 ? { ...server, owes } : server

/** What the listener's end owes is sent and counted. */
export const settle = ({ owes, ...server }: Server): Reaction<Server> | undefined =>
  owes && react(server, owes.send, owes.count)

/**
 * A child not accepted yet is reset. A request stays until its timer or a segment finds that the listener is gone (to
 * 4.3 it goes at once), and what accept() has returned is no concern of the listener any more.
 */
export const closeListener = (server: Server, stack?: Stack): Reaction<Server> => {
  const buried: Server = { ...server, dead: [] }
  const c = server.object
  if (c.kind === 'request' && stack?.dialect.requestsAtClose === 'go') return react({ ...buried, object: none })
  if (c.kind !== 'child' || c.place === undefined) return react(buried)
  const { place: _, ...child } = c
  return isTcb(c.socket)
    ? withSocket(buried, child, abortWithReset(c.socket, 'aborted'))
    : react({ ...buried, object: none })
}
