/** What a server has for one connection: nothing yet, a request, or a child. */
import type { Reaction } from '../reaction.ts'
import type { Seq } from '../sequence.ts'
import type { Socket } from '../socket/socket.ts'
import type { Cookie } from './cookie.ts'
import type { Request } from './request.ts'

export interface None {
  readonly kind: 'none'
}

/** A full socket, or the TIME_WAIT that is left of it. */
export interface Child {
  readonly kind: 'child'
  readonly socket: Socket
  /** Its place in the accept queue, 0 is the head; absent once accept() has returned it. */
  readonly place?: number
  readonly of?: number
}

export type ServerObject = None | Request | Child

export interface Server {
  readonly object: ServerObject
  /** Places in the accept queue of children that died there: they still take up room. */
  readonly dead: readonly number[]
  /** How many requests have been made; each has an initial sequence number of its own. */
  readonly made: number
  /** The number that its last request began with, where a TIME_WAIT chose it. linux: tcp_tw_isn */
  readonly iss?: Seq
  /** What the last cookie sent to this client stands for. */
  readonly cookie?: Cookie
  /** The one before it for the same SYN, where a minute between them has changed the number: it is honoured as well. linux: check_tcp_syn_cookie */
  readonly earlierCookie?: Cookie
  /** What the host knows of the client's, whatever connection it is. */
  readonly peer?: Peer
  /** What the end of its listener has still to send and count: it buried all that waited there at one stroke. */
  readonly owes?: Pick<Reaction<unknown>, 'send' | 'count'>
}

export interface Peer {
  /** Where its segments come from: behind one NAT many clients have one address. */
  readonly address?: string
  /** Its RTT is known from an earlier connection. linux: tcp_peer_is_proven */
  readonly proven?: true
  /** No host at that address: what is sent there is lost. */
  readonly absent?: true
}
