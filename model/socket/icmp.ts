/** An ICMP error that quotes a segment of a socket's. linux: tcp_v4_err · RFC 1122 §4.2.3.9, RFC 5927 §4 */
import type { Icmp } from '../icmp.ts'
import { type Reaction, react } from '../reaction.ts'
import { add, notAfter, type Seq } from '../sequence.ts'
import { die } from './reset.ts'
import { isTcb, type Socket } from './socket.ts'

/** What the socket has sent and not seen acknowledged: an error that quotes anything else is not believed. */
const outstanding = (socket: Socket): { una: Seq; nxt: Seq } | undefined => {
  if (socket.state === 'SYN_SENT') return { una: socket.iss, nxt: add(socket.iss, 1) }
  return isTcb(socket) ? socket.snd : undefined
}

/**
 * A connecting socket fails at once, whatever the error; a connection only notes it, which shows in what a timeout
 * reports (not modelled). Measured on 6.18: AttemptFails, EHOSTUNREACH; an error that is back before connect() has let
 * go of the socket is only noted, too, and the next one ends it (not modelled).
 */
export const icmpAtSocket = (socket: Socket, { quotes }: Icmp): Reaction<Socket> => {
  const sent = outstanding(socket)
  if (sent === undefined) return react(socket)
  if (!notAfter(sent.una, quotes) || !notAfter(quotes, sent.nxt)) return react(socket, [], ['OutOfWindowIcmps'])
  return socket.state === 'SYN_SENT' || socket.state === 'SYN_RECV' ? die(socket, 'unreachable') : react(socket)
}
