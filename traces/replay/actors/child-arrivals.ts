/** A segment arrives at a child, or at what is left of one: what it does for sure, and what else it may do. */
import { type Child, closed, type Segment, type Socket, type Stack, withholdAck } from '../../../model/index.ts'
import { otherFinWait2 } from './fin-wait2.ts'
import { heldBackOf } from './held-back.ts'
import type { Move } from './hypothesis.ts'
import { type ServerEnd, withChild } from './server-end.ts'

/** @param done what it does as far as the capture tells */
export const childArrivals = (
  end: ServerEnd,
  child: Child,
  done: Move<ServerEnd>,
  s: Segment,
  stack: Stack,
): Move<ServerEnd>[] => {
  const before = child.socket
  const after = done.to.server.object
  const to: Socket = after.kind === 'child' ? after.socket : closed('closed')
  const reaction = { ...done, to }
  const others = [
    ...heldBackOf(before, done, s, stack, 'server'),
    ...otherFinWait2(before, reaction, s, stack, 'server'),
  ].map((m) => withChild(end, child, m))
  const withheld = after.kind === 'child' ? withholdAck(before, reaction, s) : undefined
  return withheld === undefined
    ? [done, ...others]
    : [{ ...done, waiting: withChild(done.to, child, { to: withheld, send: [], cost: 0 }).to }, ...others]
}
