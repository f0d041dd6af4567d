/** What a connection has to ask of what its host shares: room in a queue, challenge ACKs, the memory of peers' clocks. */
import type { Stack } from '../config.ts'
import type { Segment } from '../segment.ts'
import { receive } from '../socket/receive.ts'
import { isTimeWait } from '../socket/socket.ts'
import { countsChallenges } from './challenges.ts'
import type { Child, Server } from './object.ts'
import type { Question } from './types.ts'

/** A SYN asks for room; where TIME_WAIT is recycled, it says where it comes from and what the clock is there. */
export const admission = ({ peer }: Server, s: Segment, approved: boolean, stack: Stack): Question => ({
  ask: 'admit',
  approved,
  ...(peer?.proven ? { proven: true } : {}),
  ...(stack.sysctls.tcp_tw_recycle === 1 ? { from: { address: peer?.address ?? '', ...clockOf(s) } } : {}),
})

const clockOf = ({ options }: Segment): { clock?: number } =>
  options?.timestamp === undefined ? {} : { clock: options.timestamp.val }

/** A child asks for what its host shares: challenge ACKs, where they are counted, and its peer's clock, where it is kept. */
export const questionOfChild = (server: Server, c: Child, s: Segment, stack: Stack): Question => {
  const counted = countsChallenges(stack)
  if (!counted && stack.sysctls.tcp_tw_recycle === 0) return { ask: 'nothing' }
  const r = receive(c.socket, s, stack)
  if (counted && r.count.includes('TCPChallengeACK')) return { ask: 'challenge' }
  if (!isTimeWait(r.to) || r.to.recent === undefined || stack.dialect.recycledSyn === 'not judged')
    return { ask: 'nothing' }
  return { ask: 'remember', address: server.peer?.address ?? '', clock: r.to.recent }
}
