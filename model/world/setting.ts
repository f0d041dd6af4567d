/** A bounded world: its hosts, what they may do, and what the wire may do to them. */
import type { Stack } from '../config.ts'
import type { Icmp } from '../icmp.ts'
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
  /** When it may connect again: after its own TIME_WAIT only, after any end, or also while TIME_WAIT lasts, where the kernel lets it. */
  readonly again: 'after TIME_WAIT' | 'after any end' | 'over TIME_WAIT'
  /** Part of a flood: its SYN is on its way when the world begins, from an address without a host. */
  readonly spoofs?: true
  /** Where the server sees it: behind one NAT many clients have one address. */
  readonly address?: string
  /** What its clock for timestamps says, where its stack has them. */
  readonly clock?: number
  /** It chooses its port itself, with bind(): then connect() may take over a TIME_WAIT of any age. */
  readonly binds?: true
  /** After an attempt that failed it waits: so many ticks, and after each further one twice as long. */
  readonly backsOff?: number
}

/** The server's process. */
export interface ServerBehaviour extends Behaviour {
  readonly accepts: boolean
  /** It connects from the listening port, once: at any time, or only back to a client whose SYN it has heard. */
  readonly connects?: 'at any time' | 'in answer to a SYN'
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
    /** No listener when the world begins. */
    readonly absent?: true
    /** It calls listen() again, with this backlog. */
    readonly relistens?: number
    /** It ends: by close(), or by shutdown(), after which the socket may listen again. */
    readonly ends?: 'close' | 'shutdown'
    /** After its end a process listens again: on a new socket after close(), on the same one after shutdown(). */
    readonly returns?: true
    /** Sysctls of its host that are changed at some moment. */
    readonly sysctls?: Partial<Sysctls>
  }
  /** The server's process: may it accept, and what may it do with what it has accepted. */
  readonly server: ServerBehaviour
  /** Any number of connections share the listener, of the kinds that `clients` has: these are not all that may fill its SYN queue. */
  readonly anyNumber?: true
  /** Several CPUs: between the question whether the accept queue has room and the answer's use others may ask it, too. */
  readonly smp?: true
  /** The wire of each connection. */
  readonly wire: Budget & {
    /** Segments per connection and direction. */
    readonly capacity: number
    readonly expiry: 'delivered in time' | 'may die'
    /** What a stranger may put on the wire towards the server, as far as `forgery` goes. */
    readonly forged: readonly Segment[]
    /** What routers, real or forged, may say to either end, as far as `forgery` goes. */
    readonly icmp?: readonly Icmp[]
  }
  /** Initial sequence numbers; each further incarnation (or request) lies `isnStep` higher, 0 is the worst case. */
  readonly iss: { readonly client: Seq; readonly server: Seq; readonly isnStep: number }
  /** At most so many clients connect at a time; absent: any number. */
  readonly connectingAtOnce?: number
  /** Segments carry the incarnation that sent them. */
  readonly history: boolean
}
