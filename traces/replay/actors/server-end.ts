/** A server as the search knows it: its object, and what no capture shows of its listener. */
import { type Child, type Reaction, type Server, type Socket, withSocket } from '../../../model/index.ts'
import { counting, type Move } from './hypothesis.ts'

export interface ServerEnd {
  readonly server: Server
  readonly listening: boolean
  /** The accept queue is full. */
  readonly full: boolean
  /** tcp_abort_on_overflow is set. */
  readonly aborts: boolean
}

/** What a move invents, and what that costs. */
export type Priced = Pick<Move<ServerEnd>, 'cost' | 'invents' | 'astray'>

export const become = (end: ServerEnd, r: Reaction<Server>, priced: Priced = FREE): Move<ServerEnd> => ({
  to: { ...end, server: accepted(r.to) },
  send: r.send,
  ...priced,
  ...counting(r.count),
})

export const FREE = { cost: 0 }

/** accept() leaves no trace on the wire: a child counts as accepted at once. */
const accepted = (server: Server): Server =>
  server.object.kind === 'child' && server.object.place !== undefined
    ? { ...server, object: { kind: 'child', socket: server.object.socket } }
    : { ...server, dead: [] }

export const withChild = (end: ServerEnd, child: Child, m: Move<Socket>): Move<ServerEnd> => {
  const { to } = withSocket(end.server, child, { to: m.to, send: [], count: [] })
  const { waiting: _, ...move } = m
  return { ...move, to: { ...end, server: accepted(to) } }
}
