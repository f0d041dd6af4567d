/** Processes: which calls they may make, and when. */
import type { Stack } from '../config.ts'
import type { Reaction } from '../reaction.ts'
import { add, distance, type Seq } from '../sequence.ts'
import { abort, type Call, close, crash, recv, send, shutdown } from '../socket/calls.ts'
import { isTcb, type Socket } from '../socket/socket.ts'
import type { Behaviour } from './setting.ts'

/** What a process does with its socket, once. */
export const perform = (
  call: Call,
  socket: Socket,
  b: Behaviour,
  iss: Seq,
  stack: Stack,
): Reaction<Socket> | undefined => {
  switch (call) {
    case 'send':
      return written(socket, iss) < b.writes ? send(socket, 1, stack) : undefined
    case 'recv':
      return recv(socket)
    case 'shutdown':
      return shutdown(socket, stack)
    case 'SHUT_RD':
    case 'SHUT_RDWR':
      return shutdown(socket, stack, call)
    case 'close':
      return b.closesAfterPeer && socket.state === 'ESTABLISHED' ? undefined : close(socket, stack)
    case 'abort':
      return abort(socket)
    case 'crash':
      return crash(socket)
  }
}

/** Bytes written so far, in segments of one byte. */
const written = (socket: Socket, iss: Seq): number => (isTcb(socket) ? distance(add(iss, 1), socket.snd.end) : 0)
