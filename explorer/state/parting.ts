/** Two worlds taken through the same events until they part. */
import { canonicalKey } from '../../checker/index.ts'
import { type Event, isTcb, notation, type Step, type World } from '../../model/index.ts'
import { clientState, serverState } from '../../traces/writers/facts.ts'
import { type Bench, type Taken, take } from './run.ts'

export interface Parting {
  /** The step that told them apart, from 1. */
  readonly step: number
  /** `impossible`: the second world has no such event; `effects`: other segments or counters; `states`: another look afterwards. */
  readonly by: 'impossible' | 'effects' | 'states'
}

export interface SideBySide {
  readonly other: Taken
  readonly parting?: Parting
}

export const sideBySide = (one: Taken, other: Bench, path: readonly Event[], before?: Taken): SideBySide => {
  const taken = take(other, path, before)
  const at = one.steps.findIndex((step, i) => differs(step, taken.steps[i]) !== undefined)
  if (at < 0) return { other: taken }
  return { other: taken, parting: { step: at + 1, by: differs(one.steps[at]!, taken.steps[at])! } }
}

const differs = (a: Step, b: Step | undefined): Parting['by'] | undefined => {
  if (b === undefined) return 'impossible'
  if (canonicalKey([...a.effects].sort()) !== canonicalKey([...b.effects].sort())) return 'effects'
  return canonicalKey(look(a.world)) === canonicalKey(look(b.world)) ? undefined : 'states'
}

/** What both ends, the queues and the wire look like from outside. */
const look = ({ shared, groups }: World) => ({
  queues: [shared.listener.acceptQueue, shared.listener.requests],
  groups: groups.map(({ client, server, up, down }) => [
    clientState(client),
    serverState(server),
    server.object.kind === 'child' && isTcb(server.object.socket) ? server.object.socket.rcv.nxt : 0,
    up.map(({ segment }) => notation(segment)),
    down.map(({ segment }) => notation(segment)),
  ]),
})
