/** The parts of a world and how they begin. */
import { listen } from '../listener/listener.ts'
import type { Server } from '../listener/object.ts'
import { newServer } from '../listener/server.ts'
import type { Listener } from '../listener/types.ts'
import { syn } from '../segment.ts'
import type { Seq } from '../sequence.ts'
import { closed, type Socket } from '../socket/socket.ts'
import type { Budget } from '../wire/budget.ts'
import type { Channel } from '../wire/channel.ts'
import type { ClientBehaviour, Setting } from './setting.ts'

export interface Client {
  readonly socket: Socket
  /** How often connect() has been called: the number of the present incarnation. */
  readonly connects: number
  /** What its clock for timestamps says. */
  readonly clock?: number
  /** The number that it connected with, where a TIME_WAIT chose it. linux: tcp_twsk_unique */
  readonly iss?: Seq
  /** How long it waits after its first attempt that fails. */
  readonly backsOff?: number
  /** It still waits so long before it connects again. */
  readonly pause?: number
}

/** One connection: two ends and the two directions between them. */
export interface Connection {
  readonly client: Client
  readonly server: Server
  /** From client to server. */
  readonly up: Channel
  /** From server to client. */
  readonly down: Channel
  /** What the wire between them may still do. */
  readonly wire: Budget
}

export interface Shared {
  readonly listener: Listener
  /** Clients between connect() and its end; counted only where they limit their rate. */
  readonly connecting: number
}

export interface World {
  readonly shared: Shared
  readonly groups: readonly Connection[]
}

const newConnection = ({ wire, iss }: Setting, behaviour: ClientBehaviour): Connection => ({
  client: newClient(behaviour),
  server: { ...newServer, ...knownOf(behaviour) },
  up: behaviour.spoofs ? [{ segment: syn(iss.client), age: 0 }] : [],
  down: [],
  wire: { loss: wire.loss, duplication: wire.duplication, reordering: wire.reordering, forgery: wire.forgery },
})

const newClient = ({ clock, backsOff }: ClientBehaviour): Client => ({
  socket: closed('never opened'),
  connects: 0,
  ...(clock === undefined ? {} : { clock }),
  ...(backsOff === undefined ? {} : { backsOff }),
})

/** What the server's host sees of it. */
const knownOf = ({ address, spoofs }: ClientBehaviour): Pick<Server, 'peer'> =>
  address === undefined && !spoofs
    ? {}
    : { peer: { ...(address === undefined ? {} : { address }), ...(spoofs && { absent: true as const }) } }

export const initialWorld = (setting: Setting): World => ({
  shared: {
    listener: {
      ...listen(setting.backlog, setting.serverStack),
      acceptQueue: setting.alreadyQueued,
      ...(setting.listener?.absent && { closed: true }),
    },
    connecting: 0,
  },
  groups: setting.clients.map((behaviour) => newConnection(setting, behaviour)),
})
