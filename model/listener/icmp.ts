/** ICMP errors that quote a SYN+ACK. linux: tcp_v4_err, tcp_req_err · RFC 5927 §4 */
import type { Stack } from '../config.ts'
import { type Reaction, react } from '../reaction.ts'
import type { Seq } from '../sequence.ts'
import type { Question } from './listener.ts'
import type { Request } from './request.ts'
import { none, type Server } from './server.ts'

/** What a router, or the peer's host, says of a segment. */
export interface Icmp {
  readonly says:
    | 'network unreachable'
    | 'host unreachable'
    | 'protocol unreachable'
    | 'port unreachable'
    | 'time exceeded'
    | 'parameter problem'
  /** The sequence number of the segment that it quotes. */
  readonly quotes: Seq
}

/** Of the errors that say something of the peer itself, Linux believes none while a request waits (since 4.4). */
const ends = ({ says }: Icmp, stack: Stack): boolean =>
  stack.dialect.icmpToRequest === 'any error' || (says !== 'port unreachable' && says !== 'protocol unreachable')

/** What the request asks the listener when the error comes: it is gone, if it is believed. */
export const questionOfIcmp = ({ object }: Server, icmp: Icmp, stack: Stack): Question =>
  object.kind === 'request' && icmp.quotes === object.iss && ends(icmp, stack)
    ? { ask: 'release', young: object.timer.n === 0 }
    : { ask: 'nothing' }

/** The error arrives: nothing is sent. A child only notes it, which shows in what a timeout reports (not modelled). */
export const icmpArrives = (server: Server, icmp: Icmp, stack: Stack): Reaction<Server> =>
  server.object.kind === 'request' ? atRequest(server, server.object, icmp, stack) : react(server)

const atRequest = (server: Server, r: Request, icmp: Icmp, stack: Stack): Reaction<Server> => {
  if (icmp.quotes !== r.iss) return react(server, [], ['OutOfWindowIcmps'])
  return ends(icmp, stack) ? react({ ...server, object: none }, [], ['ListenDrops']) : react(server)
}
