/** close() on a listening socket, as the connections that it has not handed out see it. linux: inet_csk_listen_stop */
import type { Stack } from '../config.ts'
import { type Reaction, react } from '../reaction.ts'
import { abortWithReset } from '../socket/reset.ts'
import { isTcb } from '../socket/socket.ts'
import type { Listener } from './listener.ts'
import { none, type Server, withSocket } from './server.ts'

/** close(), or shutdown() for reading: nobody listens, and the accept queue is empty. After shutdown() listen() may be called again. */
export const stopListening = (l: Listener, stack: Stack): Listener => ({
  ...l,
  acceptQueue: 0,
  ...(stack.dialect.requestsAtClose === 'go' ? { requests: 0, young: 0 } : {}),
  closed: true,
})

/**
 * A child that nobody has accepted is reset. A request stays until its timer or a segment finds that the listener is gone (to 4.3 it goes at once),
 * and what accept() has returned is no concern of the listener any more.
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
