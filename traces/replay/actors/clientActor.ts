/** The client, as the model lets it behave. */
import { closed, connect, isClosed, receive, renumberSocket, type Socket, type Stack, stateName } from '../../../model/index.ts'
import { type Actor, counting } from './hypothesis.ts'
import { silentSocket } from './silence.ts'
import { ackWithheld, socketActs } from './socketActs.ts'
import { standingOf, withoutLengths } from './standing.ts'
import { Traits } from './traits.ts'

export const clientActor = (kernel: Stack): Actor<Socket> => {
  const traits = new Traits(kernel)
  return { side: 'client', traits, ...clientOf(traits.stack) }
}

const clientOf = (stack: Stack): Omit<Actor<Socket>, 'side' | 'traits'> => ({
  start: closed('never opened'),
  arrive: (socket, segment) => {
    const r = receive(socket, segment, stack)
    const { to, send, count } = r
    const withheld = ackWithheld(socket, r, segment)
    return [{ to, send, cost: 0, ...counting(count), ...(withheld && { waiting: withheld }) }]
  },
  silently: (socket, rest) => silentSocket(socket, stack, 'client', rest),
  acts: (socket, o) => {
    if (!isClosed(socket) || o.flags !== 'S' || o.seq === undefined) return socketActs(socket, o, stack)
    const r = connect(o.seq, stack)
    const another = o.again
      ? { cost: 2, invents: 'the client opens anew, by chance with the same number, or has more patience' }
      : { cost: 0 }
    return [{ to: r.to, send: r.send, ...another, ...counting(r.count) }]
  },
  renumbered: (socket, by) => withoutLengths(renumberSocket(socket, by)),
  segment: (s) => s,
  standing: standingOf,
  name: stateName,
})
