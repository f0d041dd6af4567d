/** What no capture shows of an end whose own FIN is acknowledged: what TCP_LINGER2 and tcp_fin_timeout say, and whether its socket is a full one. */
import { type Reaction, receive, type Segment, type Socket, type Stack, stateName } from '../../../model/index.ts'
import { inventing } from '../inventions.ts'
import type { Side } from '../packets/side.ts'
import { counting, type Move } from './hypothesis.ts'

/** With a negative TCP_LINGER2: no FIN_WAIT2 without a process. linux: tcp_rcv_state_process, __tcp_close */
export const withoutFinWait2 = (stack: Stack): Stack => ({ ...stack, linger2: -1 })

/** @param done what the socket does with the segment as far as the capture tells */
export const otherFinWait2 = (
  before: Socket,
  done: Pick<Reaction<Socket>, 'to' | 'send'> & { readonly count?: Reaction<Socket>['count'] },
  s: Segment,
  stack: Stack,
  side: Side,
): Move<Socket>[] => [...resetsAtOnce(before, done, s, stack, side), ...asFullSocket(before, done, s, side)]

/** The ACK of the FIN ends the connection with a RST. */
const resetsAtOnce: typeof otherFinWait2 = (before, done, s, stack, side) => {
  if (before.state !== 'FIN_WAIT1' || !before.orphan || done.to.state === 'CLOSED' || done.to.state === 'FIN_WAIT1')
    return []
  const { to, send, count } = receive(before, s, withoutFinWait2(stack))
  return to.state === 'CLOSED' ? [{ to, send, ...counting(count), ...inventing('no-FIN_WAIT2', { side }) }] : []
}

/**
 * Text that comes in FIN_WAIT2 is reset by a mini-socket and by a full one, which counts it: a process holds it that has shut
 * reading down as well, or FIN_WAIT2 is to last longer than TIME_WAIT. linux: tcp_rcv_state_process, tcp_timewait_state_process
 */
const asFullSocket = (
  before: Socket,
  { to, send, count = [] }: Parameters<typeof otherFinWait2>[1],
  s: Segment,
  side: Side,
): Move<Socket>[] =>
  before.state === 'TIME_WAIT' &&
  stateName(before) === 'FIN_WAIT2' &&
  s.len > 0 &&
  !s.flags.includes('S') &&
  send.some(({ flags }) => flags.includes('R'))
    ? [{ to, send, ...counting([...count, 'TCPAbortOnData']), ...inventing('full-FIN_WAIT2', { side }) }]
    : []
