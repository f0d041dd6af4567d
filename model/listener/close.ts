/** close() on a listening socket, as the connections that it has not handed out see it. linux: inet_csk_listen_stop */
import { type Reaction, react } from '../reaction.ts'
import { abortWithReset } from '../socket/reset.ts'
import { isTcb } from '../socket/socket.ts'
import { type Server, withSocket } from './server.ts'

/**
 * A child that nobody has accepted is reset. A request stays until its timer or a segment finds that the listener is gone,
 * and what accept() has returned is no concern of the listener any more.
 */
export const closeListener = (server: Server): Reaction<Server> => {
  const buried: Server = { ...server, dead: [] }
  const c = server.object
  if (c.kind !== 'child' || c.place === undefined) return react(buried)
  const { place: _, ...child } = c
  return isTcb(c.socket)
    ? withSocket(buried, child, abortWithReset(c.socket, 'aborted'))
    : react({ ...buried, object: { kind: 'none' } })
}
