/** ICMP errors that quote a SYN+ACK. linux: tcp_v4_err, tcp_req_err · RFC 5927 §4 */
import type { Stack } from '../config.ts'
import type { Icmp } from '../icmp.ts'
import { type Reaction, react } from '../reaction.ts'
import { icmpAtSocket } from '../socket/icmp.ts'
import type { Server } from './object.ts'
import type { Request } from './request.ts'
import { none, withSocket } from './server.ts'
import type { Question } from './types.ts'

/** Of the errors that say something of the peer itself, Linux believes none while a request waits (since 4.4). */
const ends = ({ says }: Icmp, stack: Stack): boolean =>
  stack.dialect.icmpToRequest === 'any error' || (says !== 'port unreachable' && says !== 'protocol unreachable')

/** What the request asks the listener when the error comes: it is gone, if it is believed. */
export const questionOfIcmp = ({ object }: Server, icmp: Icmp, stack: Stack): Question =>
  object.kind === 'request' && icmp.quotes === object.iss && ends(icmp, stack)
    ? { ask: 'release', young: object.timer.n === 0 }
    : { ask: 'nothing' }

/** The error arrives: nothing is sent. */
export const icmpArrives = (server: Server, icmp: Icmp, stack: Stack): Reaction<Server> => {
  const { object } = server
  if (object.kind === 'request') return atRequest(server, object, icmp, stack)
  return object.kind === 'child' ? withSocket(server, object, icmpAtSocket(object.socket, icmp)) : react(server)
}

const atRequest = (server: Server, r: Request, icmp: Icmp, stack: Stack): Reaction<Server> => {
  if (icmp.quotes !== r.iss) return react(server, [], ['OutOfWindowIcmps'])
  return ends(icmp, stack) ? react({ ...server, object: none }, [], ['ListenDrops']) : react(server)
}
