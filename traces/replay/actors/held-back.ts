/** Answers that a socket owes to what it cannot take, and withholds: it or its host has given too many of late. */
import {
  type Reaction,
  receiveTooSoon,
  receiveUnchallenged,
  type Segment,
  type Socket,
  type Stack,
} from '../../../model/index.ts'
import { inventing } from '../inventions.ts'
import type { Side } from '../packets/side.ts'
import { counting, type Move } from './hypothesis.ts'

/** @param done what the socket does where nothing is withheld */
export const heldBackOf = (
  socket: Socket,
  done: Pick<Move<Socket>, 'send' | 'count'>,
  s: Segment,
  stack: Stack,
  side: Side,
): Move<Socket>[] => {
  const [answer, ...more] = done.send
  if (answer === undefined || more.length > 0 || answer.flags !== '.' || answer.len > 0) return []
  const challenges = done.count?.includes('TCPChallengeACK') ?? false
  if (s.len > 0 && !s.flags.includes('S') && !challenges) return [] // no part of an ACK loop
  const tooSoon = receiveTooSoon(socket, s, stack)
  const unchallenged = challenges ? receiveUnchallenged(socket, s, stack) : undefined
  return [
    ...(tooSoon ? [withheld(tooSoon, inventing('ack-ratelimited', { side }))] : []),
    ...(unchallenged ? [withheld(unchallenged, inventing('challenges-used-up', { side }))] : []),
  ]
}

const withheld = ({ to, count }: Reaction<Socket>, price: ReturnType<typeof inventing>): Move<Socket> => ({
  to,
  send: [],
  ...price,
  ...counting(count),
})
