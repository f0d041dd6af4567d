/** What the services do with a connection of the model: the same that the applications of a real target do. */
import {
  abort,
  close,
  type Reaction,
  recv,
  type Socket,
  type Stack,
  send,
  shutdown,
  type Tcb,
} from '../../../model/index.ts'
import type { Service } from '../target.ts'

type Call = (socket: Socket, stack: Stack) => Reaction<Socket> | undefined

const LINE = 20
const MUCH = 4_000

const reads: Call = (s) => recv(s)
const closes: Call = (s, stack) => close(s, stack)
const writes =
  (bytes: number): Call =>
  (s, stack) =>
    send(s, bytes, stack)

const takesAll = (t: Tcb): readonly Call[] => (t.rcv.unread > 0 ? [reads] : t.state === 'CLOSE_WAIT' ? [closes] : [])

/** The calls that are made now, in their order. `fresh`: accept() has just returned the connection. */
export const applications: Readonly<Record<Service, (t: Tcb, fresh: boolean) => readonly Call[]>> = {
  echo: (t) => (t.rcv.unread > 0 ? [reads, writes(t.rcv.unread)] : t.state === 'CLOSE_WAIT' ? [closes] : []),
  discard: takesAll,
  daytime: (_, fresh) => (fresh ? [writes(LINE), closes] : []),
  chargen: (t) => (t.state === 'CLOSE_WAIT' ? [closes] : t.snd.una === t.snd.end ? [writes(MUCH)] : []),
  hold: () => [],
  half: (t, fresh) => (fresh ? [(s, stack) => shutdown(s, stack)] : takesAll(t)),
  abort: (t) => (t.rcv.unread > 0 ? [(s) => abort(s)] : []),
  unread: (t) => (t.rcv.unread > 0 ? [closes] : []),
  dial: (t) => takesAll(t),
}
