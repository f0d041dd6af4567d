/** What no capture shows of an end whose own FIN is acknowledged: what TCP_LINGER2 and tcp_fin_timeout say, and whether its socket is a full one. */
import { byFullFinWait2, type Reaction, receive, type Segment, type Socket, type Stack } from '../../../model/index.ts'
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
): Move<Socket>[] => {
  const full = byFullFinWait2(before, s, { ...done, count: done.count ?? [] })
  return [
    ...resetsAtOnce(before, done, s, stack, side),
    ...(full ? [told(full, inventing('full-FIN_WAIT2', { side }))] : []),
  ]
}

/** The ACK of the FIN ends the connection with a RST. */
const resetsAtOnce: typeof otherFinWait2 = (before, done, s, stack, side) => {
  if (before.state !== 'FIN_WAIT1' || !before.orphan || done.to.state === 'CLOSED' || done.to.state === 'FIN_WAIT1')
    return []
  const r = receive(before, s, withoutFinWait2(stack))
  return r.to.state === 'CLOSED' ? [told(r, inventing('no-FIN_WAIT2', { side }))] : []
}

const told = ({ to, send, count }: Reaction<Socket>, price: ReturnType<typeof inventing>): Move<Socket> => ({
  to,
  send,
  ...price,
  ...counting(count),
})
