/** Clients that back off: after an attempt that failed they wait, each time twice as long. */
import type { Ending } from '../socket/socket.ts'
import type { Client } from './parts.ts'

export const isFailure = (because: Ending): boolean =>
  because === 'timed out' || because === 'reset' || because === 'refused' || because === 'unreachable'

/** The client after its attempt: one that failed begins to wait. */
export const backedOff = (c: Client): Client => {
  const { socket, backsOff, connects } = c
  const failed = socket.state === 'CLOSED' && isFailure(socket.because)
  return failed && backsOff !== undefined ? { ...c, pause: backsOff * 2 ** (connects - 1) } : c
}

/** `time` passes. */
export const pauseElapse = ({ pause, ...c }: Client, time: number): Client =>
  pause !== undefined && pause > time ? { ...c, pause: pause - time } : c
