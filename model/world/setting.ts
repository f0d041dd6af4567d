/** A bounded world: who is there, what they may do, and what the wire may do to them. */
import type { Stack } from '../config.ts'
import type { Segment } from '../segment.ts'
import type { Seq } from '../sequence.ts'
import type { Call } from '../socket/calls.ts'
import type { Sysctls } from '../sysctl.ts'
import type { Budget } from '../wire/budget.ts'

/** What a process may do with its connection, in any order and at any time. */
export interface Behaviour {
  readonly calls: readonly Call[]
  /** Segments' worth of text it may write, one byte each. */
  readonly writes: number
  /** It closes only when it has received the peer's FIN. */
  readonly closesAfterPeer?: true
}

export interface ClientBehaviour extends Behaviour {
  /** Clients of one name are interchangeable. */
  readonly name: string
  /** How often it may connect: more than once makes incarnations of one 4-tuple. */
  readonly connects: number
  /** When it may connect again: after its own TIME_WAIT only, or after any end. */
  readonly again: 'after TIME_WAIT' | 'after any end'
}

export interface Setting {
  readonly clientStack: Stack
  readonly serverStack: Stack
  readonly clients: readonly ClientBehaviour[]
  /** listen()'s second argument. */
  readonly backlog: number
  /** Children of other clients that already sit in the accept queue when the world begins. */
  readonly alreadyQueued: number
  /** What may become of the listener while the world runs; nothing, if absent. */
  readonly listener?: {
    /** It calls listen() again, with this backlog. */
    readonly relistens?: number
    /** It is closed. */
    readonly closes?: true
    /** Sysctls of its host that are changed at some moment. */
    readonly sysctls?: Partial<Sysctls>
  }
  /** The server's process: may it accept, and what may it do with what it has accepted. */
  readonly server: Behaviour & { readonly accepts: boolean }
  /** The wire of each connection. */
  readonly wire: Budget & {
    /** Segments per connection and direction. */
    readonly capacity: number
    readonly expiry: 'delivered in time' | 'may die'
    /** What a stranger may put on the wire towards the server, as far as `forgery` goes. */
    readonly forged: readonly Segment[]
  }
  /** Initial sequence numbers; each further incarnation (or request) lies `isnStep` higher, 0 is the worst case. */
  readonly iss: { readonly client: Seq; readonly server: Seq; readonly isnStep: number }
  /** At most so many clients connect at a time; absent: any number. */
  readonly connectingAtOnce?: number
  /** Segments carry the incarnation that sent them. */
  readonly history: boolean
}
