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
}

export interface Shared {
  readonly listener: Listener
  readonly wire: Budget
  /** Clients between connect() and its end; counted only where they limit their rate. */
  readonly connecting: number
}

export interface World {
  readonly shared: Shared
  readonly groups: readonly Connection[]
}

const newConnection: Connection = {
  client: { socket: closed('never opened'), connects: 0 },
  server: newServer,
  up: [],
  down: [],
}

export const initialWorld = (setting: Setting): World => {
  const { loss, duplication, reordering, forgery } = setting.wire
  return {
    shared: {
      listener: { ...listen(setting.backlog, setting.serverStack), acceptQueue: setting.alreadyQueued },
      wire: { loss, duplication, reordering, forgery },
      connecting: 0,
    },
    groups: setting.clients.map(() => newConnection),
  }
}
