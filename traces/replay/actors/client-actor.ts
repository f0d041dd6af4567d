/** The client, as the model lets it behave. */
import {
  closed,
  connect,
  isClosed,
  receive,
  receiveWithoutRoom,
  renumberSocket,
  type Socket,
  type Stack,
  stateName,
  withholdAck,
} from '../../../model/index.ts'
import { inventing } from '../inventions.ts'
import { emissionsOf } from './emissions.ts'
import { otherFinWait2 } from './fin-wait2.ts'
import { heldBackOf } from './held-back.ts'
import { hiddenMovesOf } from './hidden-moves.ts'
import { type Actor, counting } from './hypothesis.ts'
import { ProfileReads } from './profile-reads.ts'
import {
  acknowledgedUpTo,
  receivedUpTo,
  sequenceBoundsOf,
  withoutLengths,
  withoutOldestAck,
} from './sequence-bounds.ts'

export const clientActor = (kernel: Stack): Actor<Socket> => {
  const traits = new ProfileReads(kernel)
  return { side: 'client', traits, ...clientOf(traits.stack) }
}

const clientOf = (stack: Stack): Omit<Actor<Socket>, 'side' | 'traits'> => ({
  start: closed('never opened'),
  arrive: (socket, segment) => {
    const r = receive(socket, segment, stack)
    const { to, send, count } = r
    const withheld = withholdAck(socket, r, segment)
    const done = { to, send, cost: 0, ...counting(count), ...(withheld && { waiting: withheld }) }
    return [
      done,
      ...heldBackOf(socket, r, segment, stack, 'client'),
      ...otherFinWait2(socket, r, segment, stack, 'client'),
    ]
  },
  arriveWithoutRoom: (socket, segment) => {
    const { to, send, count } = receiveWithoutRoom(socket, segment, stack)
    return [{ to, send, cost: 0, ...counting(count) }]
  },
  hiddenMoves: (socket, rest) => hiddenMovesOf(socket, stack, 'client', rest),
  emissions: (socket, o) => {
    if (!isClosed(socket) || o.flags !== 'S' || o.seq === undefined) return emissionsOf(socket, o, stack)
    const r = connect(o.seq, stack)
    const another = o.analysis?.synRetransmission ? inventing('opens-anew') : { cost: 0 }
    return [{ to: r.to, send: r.send, ...another, ...counting(r.count) }]
  },
  renumbered: (socket, by) => withoutLengths(renumberSocket(socket, by)),
  acknowledgedUpTo,
  withoutOldestAck,
  receivedUpTo,
  segment: (s) => s,
  standing: sequenceBoundsOf,
  name: stateName,
})
