/** Gathers, connection by connection, what a capture tells of each listener. */
import type { Sysctls } from '../../model/index.ts'
import { type Capture, type Connection, endpointText } from '../capture.ts'
import type { Replayed } from '../replay/connection.ts'
import { observationsOf } from '../replay/observation.ts'
import { type Tap, tapOf, waysOf } from '../replay/tap.ts'
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

/** Where all of them were taken: many short ways tell together what one leaves open. */
const tapOfAll = (connections: readonly Connection[]): Tap => {
  const told = connections.map((c) => tapOf(observationsOf(c))).filter((tap) => tap !== 'unknown')
  const count = (tap: Tap): number => told.filter((t) => t === tap).length
  const most = told.reduce<Tap>((best, tap) => (count(tap) > count(best) ? tap : best), 'unknown')
  if (most !== 'middle') return most
  const ratios = connections
    .flatMap((c) => waysOf(observationsOf(c)) ?? [])
    .map(({ toServer, toClient }) => toServer / toClient)
  const middle = ratios.sort((a, b) => a - b)[ratios.length >> 1]
  if (middle === undefined || ratios.length < MANY) return most
  return middle > CLEAR ? 'client' : middle < 1 / CLEAR ? 'server' : most
}

/** Handshakes that tell more together than one alone, and how much longer one way is than the other then. */
const MANY = 3
const CLEAR = 3
