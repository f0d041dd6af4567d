/** The parts of a world and how they begin. */
import { type Listener, listen } from '../listener/listener.ts'
import { newServer, type Server } from '../listener/server.ts'
import { closed, type Socket } from '../socket/socket.ts'
import type { Budget } from '../wire/budget.ts'
import type { Channel } from '../wire/channel.ts'
import type { Setting } from './setting.ts'

export interface Client {
  readonly socket: Socket
  /** How often connect() has been called: the number of the present incarnation. */
  readonly connects: number
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

const newConnection = ({ wire }: Setting): Connection => ({
  client: { socket: closed('never opened'), connects: 0 },
  server: newServer,
  up: [],
  down: [],
  wire: { loss: wire.loss, duplication: wire.duplication, reordering: wire.reordering, forgery: wire.forgery },
})

export const initialWorld = (setting: Setting): World => ({
  shared: {
    listener: { ...listen(setting.backlog, setting.serverStack), acceptQueue: setting.alreadyQueued },
    connecting: 0,
  },
  groups: setting.clients.map(() => newConnection(setting)),
})
