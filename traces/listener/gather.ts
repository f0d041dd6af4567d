/** Gathers, connection by connection, what a capture tells of each listener. */
import type { Sysctls } from '../../model/index.ts'
import { type Capture, type Connection, endpointText } from '../capture.ts'
import type { Replayed } from '../replay/connection.ts'
import { type Tap, tapOfAll } from '../replay/tap.ts'
import { concludeListener, type ListenerConclusion } from './conclude.ts'
import { factsOf, type ListenerFacts } from './facts.ts'

export interface GatherOptions {
  readonly tap?: Tap
  readonly backlog?: number
  readonly sysctls?: Partial<Sysctls>
}

export interface Listener {
  readonly conclusion: ListenerConclusion
  readonly facts: readonly ListenerFacts[]
}

/** @returns `take` each replayed connection, in any order; `conclude` when all are */
export const gatherListeners = (capture: Capture, options: GatherOptions) => {
  const until = capture.connections.reduce(
    (last, { packets }) => Math.max(last, packets.at(-1)?.time ?? last),
    Number.NEGATIVE_INFINITY,
  )
  const groups = new Map<string, { tap: Tap; facts: ListenerFacts[]; timed: boolean }>()
  for (const [listener, connections] of byListener(capture.connections))
    groups.set(listener, { tap: options.tap ?? tapOfAll(ofHost(capture, connections)), facts: [], timed: true })
  return {
    take: (replayed: Replayed, { server }: Connection): void => {
      const group = groups.get(endpointText(server))!
      const facts = factsOf(replayed, { tap: group.tap, until, ...(options.sysctls && { sysctls: options.sysctls }) })
      if (facts === undefined) group.timed = false
      else group.facts.push(facts)
    },
    conclude: (): Listener[] =>
      [...groups]
        .filter(([, { facts, timed }]) => timed && facts.length > 1)
        .map(([listener, { tap, facts }]) => ({
          facts,
          conclusion: concludeListener(listener, facts, tap === 'server', options.backlog),
        })),
  }
}

const ofHost = ({ connections }: Capture, [first]: readonly Connection[]): Connection[] =>
  connections.filter(({ server }) => server.address === first?.server.address)

const byListener = (connections: readonly Connection[]): Map<string, Connection[]> => {
  const groups = new Map<string, Connection[]>()
  for (const c of connections) {
    const listener = endpointText(c.server)
    const group = groups.get(listener)
    if (group) group.push(c)
    else groups.set(listener, [c])
  }
  return groups
}
