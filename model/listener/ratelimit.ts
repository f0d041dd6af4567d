/** Whether a request may answer is a matter of time: an answer that has just been given holds back the next. */
import type { Stack } from '../config.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import type { Seq } from '../sequence.ts'
import type { Server } from './object.ts'
import { arrive } from './server.ts'

/**
 * A segment arrives at a request less than tcp_invalid_ratelimit after it has answered another: the same, without the answer.
 * Undefined where it answers all the same, or is no request afterwards. linux: __tcp_oow_rate_limited
 * For a caller that knows no durations: it remembers nothing of the answer.
 */
export const arriveTooSoon = (server: Server, s: Segment, iss: Seq, stack: Stack): Reaction<Server> | undefined => {
  const { object } = server
  if (object.kind !== 'request') return undefined
  const waiting: Server = { ...server, object: { ...object, quiet: 1 } }
  const { to, send, count } = arrive(waiting, s, { answer: 'done' }, iss, stack)
  if (send.length > 0 || to.object.kind !== 'request') return undefined
  const { quiet: _, ...request } = to.object
  return { to: { ...to, object: request }, send, count }
}
